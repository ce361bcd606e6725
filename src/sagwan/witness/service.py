"""A witness: its key, its clock and what it remembers, brought to each request."""

import logging
import time
from collections.abc import Callable
from http import HTTPStatus

from sagwan.tlog import FormatError, SigningKey
from sagwan.witness.core import Answer, Cosigned, add_checkpoint, parse_request, refuse
from sagwan.witness.errors import WitnessError
from sagwan.witness.store import WitnessStore

_log = logging.getLogger(__name__)


def _now() -> int:
    return int(time.time())


class Witness:
    """Cosigns, for the logs that its store follows, one history each.

    `keys` are of types 0x04 and 0x06, and all sign; `clock` gives POSIX seconds. Raises WitnessError if there
    is none, or one of another type.
    """

    def __init__(self, store: WitnessStore, *keys: SigningKey, clock: Callable[[], int] = _now) -> None:
        for key in keys:
            if not key.type.is_witness:
                raise WitnessError(f"key {key.name!r} is of type {key.type:#04x}, no witness's")
        if not keys:
            raise WitnessError("a witness without a key")
        self._store = store
        self._keys = keys
        self._clock = clock

    def add_checkpoint(self, body: bytes) -> Answer:
        """Answer an add-checkpoint request. What was cosigned is on disk when this returns.

        Raises WitnessStoreError if it cannot be; then nothing was cosigned.
        """
        try:
            request = parse_request(body)
        except FormatError as error:
            return refuse(HTTPStatus.BAD_REQUEST, str(error))
        origin = request.checkpoint.origin
        log = self._store.log_key(origin)

        def decide(last: Cosigned | None) -> tuple[Answer, Cosigned | None]:
            return add_checkpoint(request, log, last, self._keys, self._clock())

        # Strangers' requests must not take the write lock.
        answer = decide(None)[0] if log is None else self._store.update(origin, decide)
        if answer.status == HTTPStatus.UNPROCESSABLE_ENTITY and log is not None:
            # The log signed this: it may be the proof of its misbehaviour.
            _log.warning(
                "checkpoint of %r was not cosigned: %s\n%s", origin, answer.body.decode(), body.decode()
            )
        return answer

    def checkpoint(self, identifier: str) -> Answer:
        """The last cosigned checkpoint of the log of that `origin_id`, or 404."""
        cosigned = self._store.cosigned(identifier)
        if cosigned is None:
            return refuse(HTTPStatus.NOT_FOUND, "nothing was cosigned for that origin")
        return Answer(HTTPStatus.OK, cosigned.note)
