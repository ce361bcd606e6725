"""What can go wrong between a log and its witnesses."""

from sagwan.record.errors import SagwanError


class WitnessError(SagwanError):
    """Base of what a witness, or asking one, can raise."""


class WitnessUnavailable(WitnessError):
    """No usable answer: no connection, a time-out, a busy or broken server. Try again later."""


class WitnessRefused(WitnessError):
    """The witness does not take the checkpoint as sent: malformed, unknown origin, or not signed."""


class WitnessAtSize(WitnessError):
    """The witness last cosigned another size than was sent as the old one; `size` is what it says."""

    def __init__(self, message: str, size: int) -> None:
        super().__init__(message, hint="build the consistency proof from that size and ask again")
        self.size = size


class WitnessAlarm(WitnessError):
    """The witness holds a history that this checkpoint does not continue. Stop sealing, and keep both sides.

    `request` and `answer` are the bytes that were exchanged: the evidence.
    """

    def __init__(self, message: str, request: bytes, answer: bytes) -> None:
        super().__init__(
            message, hint="stop sealing, keep this request and answer, and compare both histories"
        )
        self.request = request
        self.answer = answer


class WitnessAhead(WitnessAlarm):
    """The witness says that it has cosigned a larger `size` than the checkpoint's. It is an alarm unless the
    log itself has that size by now, and asks for an older checkpoint."""

    def __init__(self, message: str, request: bytes, size: int) -> None:
        super().__init__(message, request, b"%d\n" % size)
        self.size = size


class WitnessStoreError(WitnessError):
    """What a witness remembers could not be read or written; it cosigns nothing then."""
