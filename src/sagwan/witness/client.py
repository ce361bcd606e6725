"""Asking a witness for its cosignature (C2SP tlog-witness, the log's side)."""

import http.client
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from sagwan.tlog import (
    FormatError,
    Note,
    Signature,
    TlogError,
    VerifierKey,
    parse_checkpoint,
    parse_note,
    parse_signature,
    verify_note,
)
from sagwan.tlog.encoding import decode_decimal
from sagwan.witness.core import SIZE, TEXT, encode_request
from sagwan.witness.errors import (
    WitnessAhead,
    WitnessAlarm,
    WitnessAtSize,
    WitnessError,
    WitnessRefused,
    WitnessUnavailable,
)
from sagwan.witness.store import origin_id

MAX_ANSWER = 100_000
"""Bytes in the largest answer that is read."""

_REFUSALS = (HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    content_type: str
    body: bytes


def request_cosignature(
    url: str,
    note: bytes,
    old_size: int,
    proof: Sequence[bytes],
    timeout: float,
    *,
    keys: Iterable[VerifierKey],
) -> list[Signature]:
    """The lines by which a witness cosigned this signed checkpoint, verified against its known `keys`.

    `url` is the witness's submission prefix, `old_size` the size that it cosigned last, `proof` the
    consistency proof from there, `timeout` in seconds for the whole answer. Raises WitnessAtSize if
    it cosigned another size last, WitnessAlarm if it holds another history, WitnessRefused or
    WitnessUnavailable.
    """
    body = encode_request(note, old_size, proof)
    reply = _exchange(url, "POST", "add-checkpoint", body, timeout)
    if reply.status == HTTPStatus.OK:
        return _cosignatures(url, note, reply.body, keys)
    said = f"witness {url} answered {reply.status}: {_shown(reply.body)}"
    if reply.status == HTTPStatus.CONFLICT and reply.content_type == SIZE:
        size = _size(url, reply.body)
        if size != old_size:
            raise WitnessAtSize(f"witness {url} cosigned size {size} last, not {old_size}", size)
    if reply.status in (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY):
        raise WitnessAlarm(f"{said}; it does not see its history continued", body, reply.body)
    if reply.status in _REFUSALS:
        raise WitnessRefused(said)
    raise WitnessUnavailable(said, hint="try again later")


def cosign_with(
    url: str,
    note: bytes,
    prove: Callable[[int], Sequence[bytes]],
    old_size: int,
    timeout: float,
    *,
    keys: Iterable[VerifierKey],
) -> list[Signature]:
    """`request_cosignature`, asked once more from the size that the witness names if it is not `old_size`.

    `prove(size)` gives the consistency proof from that size to the checkpoint's. Raises as
    `request_cosignature` does, and WitnessAhead, an alarm, if the witness has cosigned more than this
    checkpoint holds.
    """
    known = list(keys)
    new_size = parse_checkpoint(parse_note(note).text).size
    try:
        return request_cosignature(url, note, old_size, prove(old_size), timeout, keys=known)
    except WitnessAtSize as other:
        if other.size > new_size:
            request = encode_request(note, old_size, prove(old_size))
            raise WitnessAhead(
                f"witness {url} has cosigned size {other.size}, this log has {new_size}: it was set back",
                request,
                other.size,
            ) from None
        return request_cosignature(url, note, other.size, prove(other.size), timeout, keys=known)


def latest_checkpoint(url: str, origin: str, timeout: float) -> bytes | None:
    """The last checkpoint of `origin` that a witness cosigned, as it serves it; None if it knows none.

    Raises WitnessUnavailable. What it says is not verified here.
    """
    reply = _exchange(url, "GET", f"{origin_id(origin)}/checkpoint", None, timeout)
    if reply.status == HTTPStatus.NOT_FOUND:
        return None
    if reply.status != HTTPStatus.OK:
        raise WitnessUnavailable(f"witness {url} answered {reply.status}: {_shown(reply.body)}")
    return reply.body


def _cosignatures(url: str, note: bytes, body: bytes, keys: Iterable[VerifierKey]) -> list[Signature]:
    """The lines of the answer that known keys made; others are ignored, as the specification asks."""
    known = {(key.name, key.key_id): key for key in keys}
    try:
        text = body.decode("utf-8")
        if not text.endswith("\n"):
            raise FormatError("the last line does not end in a line feed")
        lines = [parse_signature(line + "\n") for line in text[:-1].split("\n")]
        ours = [line for line in lines if (line.name, line.key_id) in known]
        verify_note(Note(parse_note(note).text, tuple(ours)), known.values())
    except (TlogError, UnicodeDecodeError) as error:
        raise WitnessUnavailable(f"witness {url} sent no cosignature of its key: {error}") from error
    return ours


def _shown(body: bytes) -> str:
    """The beginning of a witness's words, as safe to print as our own."""
    return ascii(body[:300].decode("utf-8", "replace").strip())


def _size(url: str, body: bytes) -> int:
    try:
        text = body.decode("ascii")
        if not text.endswith("\n"):
            raise FormatError("the size does not end in a line feed")
        return decode_decimal(text[:-1], "size")
    except (TlogError, UnicodeDecodeError) as error:
        raise WitnessUnavailable(f"witness {url} named no size to prove from: {error}") from error


def _exchange(url: str, method: str, what: str, body: bytes | None, timeout: float) -> _Reply:
    """Ask the witness. Redirections are not followed: a witness is where its operator says it is."""
    connection, path = _connection(url, timeout)
    headers = {} if body is None else {"Content-Type": TEXT}
    try:
        connection.connect()
        with _hung_up_after(timeout, connection.sock) as late:
            connection.request(method, f"{path}/{what}", body, headers)
            with connection.getresponse() as response:
                answer = response.read(MAX_ANSWER + 1)
        if late():
            raise TimeoutError(f"the whole answer was not there within {timeout:g} seconds")
        content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    except (OSError, http.client.HTTPException) as error:
        raise WitnessUnavailable(
            f"witness {url} did not answer: {error!r}", hint="try again later"
        ) from error
    finally:
        connection.close()
    if len(answer) > MAX_ANSWER:
        raise WitnessUnavailable(f"witness {url} answered more than {MAX_ANSWER} bytes")
    return _Reply(response.status, content_type, answer)


@contextmanager
def _hung_up_after(seconds: float, connected: socket.socket) -> Iterator[Callable[[], bool]]:
    """Let the connection end after that time, so that one byte now and then does not keep it for ever.

    Yields whether it came to that: what was read then may be cut.
    """

    def hang_up() -> None:
        late.set()
        with suppress(OSError):
            socket.socket.shutdown(connected, socket.SHUT_RDWR)  # below TLS: its own would wait

    late = threading.Event()
    timer = threading.Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield late.is_set
    finally:
        timer.cancel()


def _connection(url: str, timeout: float) -> tuple[http.client.HTTPConnection, str]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise WitnessError(f"{url!r} is not the address of a witness: {error}") from None
    if not host or parts.query or parts.fragment:
        raise WitnessError(f"{url!r} is not the address of a witness", hint="give its submission prefix")
    path = parts.path.rstrip("/")
    if parts.scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=timeout), path
    if parts.scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=timeout), path
    raise WitnessError(f"{url!r} is not the address of a witness", hint="it begins with https://")
