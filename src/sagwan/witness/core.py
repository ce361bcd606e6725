"""What a witness decides, without clock, network or disk (C2SP tlog-witness, add-checkpoint).

A witness promises one thing: of each log it cosigns one history only, each checkpoint an extension of the
last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from sagwan.tlog import (
    EMPTY_ROOT,
    HASH_SIZE,
    Checkpoint,
    FormatError,
    Note,
    ProofError,
    SignatureError,
    SigningKey,
    VerifierKey,
    cosign,
    parse_checkpoint,
    parse_note,
    verify_consistency,
    verify_note,
)
from sagwan.tlog.encoding import decode_base64, decode_decimal, encode_base64

TEXT = "text/plain; charset=utf-8"
SIZE = "text/x.tlog.size"
"""Content type of the 409 that tells the size to prove from."""

MAX_PROOF_LINES = 63


@dataclass(frozen=True, slots=True)
class Cosigned:
    """What a witness remembers of a log: the last checkpoint that it cosigned, and that cosigned note."""

    size: int
    root: bytes
    note: bytes


@dataclass(frozen=True, slots=True)
class AddCheckpoint:
    """A log's request: its checkpoint, and the proof (32-byte hashes) that it continues `old_size`."""

    old_size: int
    proof: tuple[bytes, ...]
    note: Note
    checkpoint: Checkpoint


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer."""

    status: HTTPStatus
    body: bytes
    content_type: str = TEXT


def encode_request(note: bytes, old_size: int, proof: Sequence[bytes]) -> bytes:
    """The body of an add-checkpoint request."""
    lines = (f"old {old_size}", *map(encode_base64, proof), "", "")
    return "\n".join(lines).encode() + note


def parse_request(body: bytes) -> AddCheckpoint:
    """Read the body of an add-checkpoint request. Raises FormatError."""
    head, blank, data = body.partition(b"\n\n")
    if not blank:
        raise FormatError("no blank line divides the proof from the checkpoint")
    try:
        first, *lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise FormatError("not ASCII before the checkpoint") from None
    if not first.startswith("old "):
        raise FormatError(f"the first line is {first!r}, must be `old` and a size")
    if len(lines) > MAX_PROOF_LINES:
        raise FormatError(f"the proof has {len(lines)} lines, at most {MAX_PROOF_LINES} are taken")
    note = parse_note(data)
    return AddCheckpoint(
        decode_decimal(first.removeprefix("old "), "old size"),
        tuple(decode_base64(line, f"proof line {n}", HASH_SIZE) for n, line in enumerate(lines)),
        note,
        parse_checkpoint(note.text),
    )


def add_checkpoint(
    request: AddCheckpoint,
    log: VerifierKey | None,
    last: Cosigned | None,
    witness: Sequence[SigningKey],
    time: int,
) -> tuple[Answer, Cosigned | None]:
    """The answer, and what to remember from now on if it is a cosignature, else None.

    `log` is the key that the witness trusts for the checkpoint's origin, None for an unknown origin; `last`
    is what it cosigned last for it; `witness` are its keys, each of which signs; `time` is now, in POSIX
    seconds. The new state must be on disk before the answer leaves, and nothing may have been cosigned for
    that origin in between.
    """
    refusal = _check_signer(request, log) or _check_history(request, last)
    if refusal is not None or log is None:
        return refusal or _unknown(request), None
    lines = [cosign(request.note.text, key, time) for key in witness]
    # Lines that nobody here has verified are not passed on.
    by_log = [s for s in request.note.signatures if (s.name, s.key_id) == (log.name, log.key_id)]
    note = Note(request.note.text, (*by_log, *lines))
    cosigned = Cosigned(request.checkpoint.size, request.checkpoint.root, bytes(note))
    return Answer(HTTPStatus.OK, "".join(map(str, lines)).encode()), cosigned


def refuse(status: HTTPStatus, why: str) -> Answer:
    """An answer that says why not."""
    return Answer(status, f"{why}\n".encode())


def _check_signer(request: AddCheckpoint, log: VerifierKey | None) -> Answer | None:
    if log is None:
        return _unknown(request)
    try:
        verify_note(request.note, [log])
    except SignatureError as error:
        return refuse(HTTPStatus.FORBIDDEN, str(error))
    return None


def _check_history(request: AddCheckpoint, last: Cosigned | None) -> Answer | None:
    new = request.checkpoint
    if request.old_size > new.size:
        return refuse(HTTPStatus.BAD_REQUEST, f"old size {request.old_size} is more than size {new.size}")
    size, root = (last.size, last.root) if last else (0, EMPTY_ROOT)
    if request.old_size != size:
        return Answer(HTTPStatus.CONFLICT, b"%d\n" % size, SIZE)
    try:
        verify_consistency(request.proof, old_size=size, new_size=new.size, old_root=root, new_root=new.root)
    except ProofError as error:
        return refuse(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
    return None


def _unknown(request: AddCheckpoint) -> Answer:
    return refuse(HTTPStatus.NOT_FOUND, f"origin {request.checkpoint.origin!r} is not witnessed here")
