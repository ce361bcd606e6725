"""Why the sealer stops."""

from collections.abc import Mapping

from sagwan.record.errors import SagwanError


class SealError(SagwanError):
    """The sealer stopped before it signed anything it could not stand by."""


class Ahead(SealError):
    """Something outside knows more of the log than the database: it was restored from an older backup."""


class LogDiffers(SealError):
    """Bytes that are already in the log are not those that belong there."""


class Unanswered(SealError):
    """A witness gave no usable answer: it can be asked again."""


class AnotherHistory(SealError):
    """A witness holds, or says that it holds, another history of this log. Nothing more may be signed.

    `evidence` are the bytes that were exchanged, by what they are.
    """

    def __init__(self, message: str, evidence: Mapping[str, bytes], hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.evidence = dict(evidence)


class Passed(AnotherHistory):
    """A witness says that it has cosigned `size`, more than the checkpoint has that it is asked for: it takes
    no smaller one any more. Another history only if the log never had that size."""

    def __init__(self, message: str, evidence: Mapping[str, bytes], size: int) -> None:
        super().__init__(message, evidence)
        self.size = size
