"""The malware scan, against a small server that speaks clamd's protocol as it is written down."""

import shutil
import socket
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sagwan.desk.intake.errors import Refused, UnusableSettings
from sagwan.desk.intake.findings import Code
from sagwan.desk.intake.scan import Clamd, Scan, Verdict, Why, findings, parse_clamd, require, scan
from sagwan.desk.intake.settings import IntakeSettings, intake_settings

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LIMIT = 300_000


class Peer:
    """clamd in small: INSTREAM with a size limit, one connection after the other, on a unix socket or TCP."""

    def __init__(self, listener: socket.socket, answer: bytes | None = None) -> None:
        self.heard: list[bytes] = []
        self._listener, self._answer = listener, answer
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as told:
                connection.sendall(self._reply(told) + b"\0" if self._answer is None else self._answer)

    def _reply(self, told) -> bytes:
        command = b"".join(iter(lambda: told.read(1), b"\0"))
        if command != b"zINSTREAM":
            return b"UNKNOWN COMMAND"
        data = b""
        while size := struct.unpack("!I", told.read(4))[0]:
            data += told.read(size)
            if len(data) > LIMIT:
                return b"INSTREAM size limit exceeded. ERROR"
        self.heard.append(data)
        return b"stream: Eicar-Test-Signature FOUND" if EICAR in data else b"stream: OK"

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()


@pytest.fixture
def peer(tmp_path: Path) -> Iterator[Callable[..., tuple[Peer, Clamd]]]:
    running: list[Peer] = []

    def start(kind: str = "unix", answer: bytes | None = None, seconds: float = 5.0) -> tuple[Peer, Clamd]:
        if kind == "unix":
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            listener.bind(str(tmp_path / "clamd"))
            listener.listen()
            clamd = parse_clamd(f"unix:{tmp_path / 'clamd'}")
        else:
            listener = socket.create_server(("127.0.0.1", 0))
            clamd = parse_clamd(f"tcp:127.0.0.1:{listener.getsockname()[1]}")
        running.append(Peer(listener, answer))
        return running[-1], Clamd(clamd.path, clamd.host, clamd.port, seconds)

    yield start
    for one in running:
        one.close()


@pytest.mark.parametrize("kind", ["unix", "tcp"])
def test_files_are_asked_about_whole(peer: Callable[..., tuple[Peer, Clamd]], kind: str) -> None:
    server, clamd = peer(kind)
    large = bytes(range(256)) * 1_000
    assert scan(large, clamd) == Scan(Verdict.CLEAN) and scan(b"", clamd).verdict is Verdict.CLEAN
    assert server.heard == [large, b""]
    seen = scan(b"x" * 70_000 + EICAR, clamd)
    assert seen == Scan(Verdict.FOUND, "Eicar-Test-Signature")
    (finding,) = findings(seen, "a.pdf")
    assert finding.code is Code.MALWARE and "Eicar-Test-Signature" in finding.sentence("ko")


def test_what_could_not_be_asked_is_told(peer: Callable[..., tuple[Peer, Clamd]], tmp_path: Path) -> None:
    assert scan(b"x", Clamd(path=str(tmp_path / "none"))).why is Why.UNREACHABLE
    _, clamd = peer()
    seen = scan(b"x" * (LIMIT * 40), clamd)
    assert (seen.verdict, seen.why) == (Verdict.NOT_ASKED, Why.TOO_LARGE)
    (finding,) = findings(seen, "a.pdf")
    assert finding.code is Code.NOT_SCANNED
    with pytest.raises(Refused):
        require(seen, "a.pdf", required=True)
    require(seen, "a.pdf", required=False)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"", Why.NO_ANSWER),
        (b"Command timed out. ERROR\0", Why.SCANNER_FAILED),
        (b"stream: Can't allocate memory ERROR\0", Why.SCANNER_FAILED),
        (b"HTTP/1.1 200 OK\r\n" * 1_000, Why.SCANNER_FAILED),
    ],
)
def test_an_answer_of_another_kind_never_means_clean(
    peer: Callable[..., tuple[Peer, Clamd]], answer: bytes, why: Why
) -> None:
    _, clamd = peer(answer=answer)
    seen = scan(b"x", clamd)
    assert seen.verdict is Verdict.NOT_ASKED and seen.why in (why, Why.NO_ANSWER)


def test_a_scanner_that_says_nothing_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        seen = scan(b"x", Clamd(host="127.0.0.1", port=silent.getsockname()[1], seconds=0.2))
    assert seen.why is Why.NO_ANSWER


def test_without_a_scanner_nothing_is_said_unless_one_is_required() -> None:
    assert scan(b"x", None) == Scan(Verdict.NOT_CONFIGURED) and findings(scan(b"x", None), "a") == ()
    with pytest.raises(Refused):
        require(scan(b"x", None), "a", required=True)


def test_the_settings_of_a_home(tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_bytes(b"pem")
    table = {
        "max_pages": 10, "seconds": 3, "trust_roots": ["root.pem"], "clamd": "tcp:[::1]:3310",
        "clamd_required": True,
    }  # fmt: skip
    found = intake_settings(table, tmp_path)
    assert (found.limits.pages, found.limits.seconds, found.trust_roots) == (10, 3, (b"pem",))
    assert found.clamd == Clamd(host="::1", port=3310) and found.clamd_required
    assert intake_settings({}, tmp_path) == IntakeSettings()


@pytest.mark.parametrize(
    "table",
    [
        {"colour": 1}, {"max_pages": 0}, {"max_pages": "10"}, {"seconds": True}, {"trust_roots": "a"},
        {"trust_roots": ["none.pem"]}, {"clamd": "clamd"}, {"clamd": "tcp:host:x"}, {"clamd": "unix:here"},
        {"clamd": 1}, {"clamd_required": True}, {"clamd_required": 1},
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_is_named(table: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(UnusableSettings) as caught:
        intake_settings(table, tmp_path)
    assert next(iter(table)) in caught.value.message


CLAMD = shutil.which("clamd")


@pytest.mark.extra
@pytest.mark.skipif(CLAMD is None, reason="needs ClamAV's clamd")
def test_the_real_clamd_is_understood(tmp_path: Path) -> None:
    """clamd itself, with one signature of our own in its database: EICAR's text, as hex."""
    database = tmp_path / "db"
    database.mkdir()
    (database / "own.ndb").write_text(f"Own.Test:0:*:{EICAR.hex()}\n", "ascii")
    config = tmp_path / "clamd.conf"
    config.write_text(
        f"DatabaseDirectory {database}\nLocalSocket {tmp_path}/clamd\nForeground yes\nStreamMaxLength 1M\n"
        f"TemporaryDirectory {tmp_path}\n",
        "ascii",
    )
    clamd = parse_clamd(f"unix:{tmp_path}/clamd")
    with subprocess.Popen([CLAMD or "", f"--config-file={config}"], stdout=subprocess.DEVNULL) as server:
        try:
            while scan(b"x", clamd).why is Why.UNREACHABLE:
                assert server.poll() is None, "clamd ended"
                time.sleep(0.05)
            assert scan(b"harmless" * 10_000, clamd) == Scan(Verdict.CLEAN)
            found = scan(b"before " + EICAR, clamd)
            assert found.verdict is Verdict.FOUND and found.name.startswith("Own.Test")
            assert scan(b"x" * 3_000_000, clamd).why is Why.TOO_LARGE
        finally:
            server.terminate()
