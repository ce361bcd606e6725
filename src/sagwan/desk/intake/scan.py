"""Malware: ask ClamAV's clamd by its INSTREAM command, over a unix socket or TCP.

The protocol (clamd(8)): `zINSTREAM\\0`, then chunks, each its length in four bytes, big-endian, and its
bytes; a chunk of length 0 ends it. The answer is `stream: OK`, `stream: NAME FOUND` or `… ERROR`, and a NUL.
Nothing is written to disk on the way.
"""

import re
import socket
import struct
from dataclasses import dataclass
from enum import StrEnum

from sagwan.desk.intake.errors import Refused, UnusableSettings
from sagwan.desk.intake.findings import Code, Finding, found
from sagwan.law.citation import Label

CHUNK = 64 * 1024
MAX_ANSWER = 4_096


class Verdict(StrEnum):
    """`not-configured`: the home names no scanner."""

    CLEAN = "clean"
    FOUND = "found"
    NOT_ASKED = "not-asked"
    NOT_CONFIGURED = "not-configured"


class Why(StrEnum):
    """Why a file could not be asked about."""

    UNREACHABLE = "unreachable"
    NO_ANSWER = "no-answer"
    TOO_LARGE = "too-large"
    SCANNER_FAILED = "scanner-failed"


_WHY = {
    Why.UNREACHABLE: Label("검사기에 연결할 수 없음", "the scanner cannot be reached"),
    Why.NO_ANSWER: Label("검사기가 제때 답하지 않음", "the scanner gave no answer in time"),
    Why.TOO_LARGE: Label("검사기의 한도보다 큼", "larger than the scanner takes"),
    Why.SCANNER_FAILED: Label("검사기 오류", "the scanner reported an error"),
}


@dataclass(frozen=True, slots=True)
class Clamd:
    """Where clamd listens: a unix socket's path, or a host and port. `seconds` bounds each wait for it."""

    path: str = ""
    host: str = ""
    port: int = 0
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Scan:
    """What the scanner said; `name` is the malware's, `why` is set where it could not be asked."""

    verdict: Verdict
    name: str = ""
    why: Why | None = None


def parse_clamd(address: str) -> Clamd:
    """`unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`; raise UnusableSettings for anything else."""
    kind, _, rest = address.partition(":")
    if kind == "unix" and rest.startswith("/"):
        return Clamd(path=rest)
    host, _, port = rest.rpartition(":")
    if kind == "tcp" and host and port.isascii() and port.isdigit() and 0 < int(port) < 65536:
        return Clamd(host=host.strip("[]"), port=int(port))
    raise UnusableSettings(
        f"clamd = {address!r} is no address", hint="unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310"
    )


def scan(data: bytes, clamd: Clamd | None) -> Scan:
    """Have the bytes scanned. Never raises: what went wrong is in the answer."""
    if clamd is None:
        return Scan(Verdict.NOT_CONFIGURED)
    try:
        connection = _connected(clamd)
    except OSError:
        return Scan(Verdict.NOT_ASKED, why=Why.UNREACHABLE)
    try:
        with connection:
            return _read(_ask(connection, data))
    except OSError:
        return Scan(Verdict.NOT_ASKED, why=Why.NO_ANSWER)


def findings(scanned: Scan, name: str) -> tuple[Finding, ...]:
    """What the scan of the document `name` means to the one who reads it."""
    if scanned.verdict is Verdict.FOUND:
        return (found(Code.MALWARE, name=name, malware=scanned.name),)
    if scanned.verdict is Verdict.NOT_ASKED and scanned.why:
        return (found(Code.NOT_SCANNED, name=name, reason=_WHY[scanned.why]),)
    return ()


def require(scanned: Scan, name: str, *, required: bool) -> None:
    """Raise Refused where the document may not be taken in: `required` asks for a scan that was made."""
    if required and scanned.verdict in (Verdict.NOT_ASKED, Verdict.NOT_CONFIGURED):
        raise Refused(
            f"{name} could not be scanned for malware, and this home takes nothing in unscanned",
            hint="see that clamd runs, then try again",
        )


def _connected(clamd: Clamd) -> socket.socket:
    if clamd.path:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(clamd.seconds)
            connection.connect(clamd.path)
        except OSError:
            connection.close()
            raise
        return connection
    return socket.create_connection((clamd.host, clamd.port), timeout=clamd.seconds)


def _ask(connection: socket.socket, data: bytes) -> bytes:
    """The answer, without its NUL. clamd may answer, and hang up, before it has heard all."""
    try:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), CHUNK):
            chunk = data[start : start + CHUNK]
            connection.sendall(struct.pack("!I", len(chunk)) + chunk)
        connection.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass
    answer = b""
    while b"\0" not in answer and len(answer) < MAX_ANSWER:
        part = connection.recv(MAX_ANSWER)
        if not part:
            break
        answer += part
    return answer.partition(b"\0")[0]


def _read(answer: bytes) -> Scan:
    text = answer.decode("utf-8", "replace").strip()
    if not text:
        return Scan(Verdict.NOT_ASKED, why=Why.NO_ANSWER)
    if text == "stream: OK":
        return Scan(Verdict.CLEAN)
    named = re.fullmatch(r"stream: (.+) FOUND", text)
    if named:
        return Scan(Verdict.FOUND, name="".join(c for c in named[1] if c.isprintable())[:200])
    why = Why.TOO_LARGE if "size limit" in text else Why.SCANNER_FAILED
    return Scan(Verdict.NOT_ASKED, why=why)
