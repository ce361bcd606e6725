"""The handovers of a log's keys as its provider keeps them, in `keys/` of the log's folder, and what follows:
which earlier keys signed what is there, and whether a key may still sign."""

from collections.abc import Sequence
from itertools import count

from sagwan.formats import paths
from sagwan.formats.errors import FormatError
from sagwan.formats.handover import SignedHandover, parse_handover
from sagwan.seal.errors import SealError
from sagwan.seal.files import read_if_there
from sagwan.seal.log_folder import LogFolder
from sagwan.tlog import VerifierKey


def handover_file(number: int) -> str:
    """Where handover `number` lies in the log's folder."""
    return paths.handover(number).removeprefix(paths.LOG)


def handovers_of(log: LogFolder) -> list[SignedHandover]:
    """The handovers from 1 on; raise SealError where one cannot be read."""
    found: list[SignedHandover] = []
    for number in count(1):
        file = log.folder / handover_file(number)
        data = read_if_there(file)
        if data is None:
            break
        try:
            found.append(parse_handover(data))
        except FormatError as error:
            raise SealError(f"{file}: {error}", hint="restore it from a copy of what is published") from None
    return found


def keys_at(handovers: Sequence[SignedHandover], key: VerifierKey, size: int) -> list[VerifierKey]:
    """The provider's own log keys whose checkpoint of that size is its own: `key`, and those before it that
    had not given way by then."""
    keys, newest = [key], key
    for one in reversed(handovers):
        handover = one.handover
        if handover.new == newest:
            newest = handover.old
            if size <= handover.size:
                keys.append(newest)
    return keys


def require_current(log: LogFolder, key: VerifierKey) -> None:
    """Raise SealError where the key has given way: a handover that stopped half-way must be ended first."""
    for one in handovers_of(log):
        handover = one.handover
        if handover.old == key:
            raise SealError(
                f"handover {handover.number} says that the key +{key.key_id.hex()} gave way to "
                f"+{handover.new.key_id.hex()}, but it is still the one in keys/{handover.use}.key",
                hint=f"end what was begun: sagwan key rotate {handover.use} (or sagwan key stolen)",
            )
