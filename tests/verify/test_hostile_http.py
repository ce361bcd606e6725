"""A server that lies, stalls, changes its files meanwhile, or says one thing and does another."""

import datetime
import gzip
import http.server
import socket
import ssl
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from sagwan.formats import paths
from sagwan.verify import SourceError, verify
from sagwan.verify.http import Http
from tests.support.folder import H1, Half, Publisher, build, first_half, received, second_half

from .helpers import failed
from .test_http import Handler, announce, misbehaving, serve  # noqa: F401  (a fixture)

PATIENCE = 0.4
"""Seconds that a reader waits here, instead of the half minute."""


@pytest.mark.parametrize(
    ("answer", "match"),
    [
        (lambda h: h.answer(b"x", status=206), "answers 206"),
        (lambda h: h.answer(b"", status=304), "answers 304"),
        (lambda h: h.answer(b"", ("Location", "http://[/"), status=302), "Invalid IPv6"),
        (lambda h: h.answer(b"", ("Location", "file:///etc/passwd"), status=302), "another host"),
        (lambda h: h.answer(b"", ("Location", "https://127.0.0.1/key"), status=307), "another host"),
        (lambda h: h.answer(b"", ("Location", ""), status=308), "redirected more than"),
        (lambda h: h.answer(b"x", ("X-Long", "x" * 70_000)), "header line"),
        (lambda h: h.answer(b"x", *[(f"X-{n}", "x") for n in range(200)]), "headers"),
        (lambda h: h.answer(b"zz\r\nnot a chunk", ("Transfer-Encoding", "chunked")), "Incomplete|invalid"),
        (lambda h: h.wfile.write(b"this is not HTTP\r\n\r\n"), "this is not HTTP"),
        (lambda h: h.answer(b"no gzip at all", ("Content-Encoding", "gzip")), "incorrect header"),
    ],
    ids=[
        "part", "not-modified", "no-address", "a-file", "tls", "nowhere", "long-header", "many-headers",
        "chunks", "no-http", "no-gzip",
    ],
)  # fmt: skip
def test_answers_that_are_none(tmp_path, trust, serve, answer, match):  # noqa: F811
    build(tmp_path, first_half())
    with pytest.raises(SourceError, match=match):
        verify(serve(misbehaving(paths.KEY, answer)), trust=trust, period="2016H1")


def test_a_length_that_is_too_short_cuts_the_file_and_fails_the_verdict(tmp_path, trust, serve):  # noqa: F811
    build(tmp_path, first_half())
    file = paths.openings(H1, 0)
    data = (tmp_path / file).read_bytes()
    lie = misbehaving(file, lambda h: h.answer(data, ("Content-Length", str(len(data) - 40))))
    assert failed(verify(serve(lie), trust=trust, period="2016H1")) == [4, 5, 7]


def drip(handler, body, pause=PATIENCE / 8):
    """One byte at a time, each soon enough for a reader that only waits for the next."""
    for byte in body:
        try:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(pause)


@pytest.mark.parametrize(
    "stall",
    [
        lambda h: time.sleep(20 * PATIENCE),
        lambda h: drip(h, b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n" + b"X-Slow: 1\r\n" * 9 + b"\r\nabc"),
        lambda h: (h.answer(b"", ("Content-Length", "900")), drip(h, b"x" * 900)),
        lambda h: h.answer(b"abc", ("Content-Length", "900")) or time.sleep(20 * PATIENCE),
    ],
    ids=["silence", "slow-head", "slow-body", "half-a-body"],
)
def test_a_server_that_stalls_is_left(tmp_path, serve, stall):  # noqa: F811
    with (
        Http(serve(misbehaving(paths.KEY, stall)), timeout=PATIENCE) as source,
        pytest.raises(SourceError, match=f"{paths.KEY}: the server stalls|timed out"),
    ):
        source.fetch([paths.KEY], 1_000)


def test_the_mirror_is_removed_when_the_reader_gives_up(tmp_path, serve):  # noqa: F811
    """Ctrl-C while a server says nothing."""
    address = serve(misbehaving(paths.KEY, lambda h: time.sleep(60)))
    program = (
        "import os, signal, sys, tempfile, threading\n"
        f"tempfile.tempdir = {str(tmp_path)!r}\n"
        "from sagwan.verify.http import Http\n"
        "with Http(sys.argv[1]) as source:\n"
        "    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "    source.fetch(['key', 'key/none'], 1000)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, address], check=False, capture_output=True, text=True, timeout=50
    )
    assert "KeyboardInterrupt" in done.stderr and not list(tmp_path.glob("sagwan-verify-*"))


def growing(tmp_path, keys, when):
    """A sound folder of one half-year; the second one is published when `when` is asked for."""
    publisher = Publisher(tmp_path, keys)
    publisher.publish(Half(H1, [received(f"r{n}") for n in range(300)], batches=3))
    announce(tmp_path, "2016H1")
    grown = threading.Event()

    def grow(handler):
        if handler.path == f"/{when}" and not grown.is_set():
            grown.set()
            publisher.publish(second_half())
            announce(tmp_path, "2016H1", "2016H2")
        return False

    return publisher, grow, grown


@pytest.mark.parametrize(
    "when", [paths.CHECKPOINT, paths.report_json(H1), paths.openings(H1, 0), "log/tile/entries/000"]
)
def test_an_honest_log_that_grows_meanwhile_is_not_accused(tmp_path, keys, trust, serve, when):  # noqa: F811
    _, grow, grown = growing(tmp_path, keys, when)
    verdict = verify(serve(grow), trust=trust)
    assert grown.is_set() and verdict.exit_code == 0, verdict.checks
    assert verdict.periods[0].period == "2016H1"


def test_partial_tiles_may_be_cleaned_away_meanwhile(tmp_path, keys, trust, serve):  # noqa: F811
    """C2SP tlog-tiles: a partial tile may go once the full one is there, also below a reader."""
    publisher = Publisher(tmp_path, keys)
    publisher.publish(Half(H1, [received(f"r{n}") for n in range(300)], batches=3))
    announce(tmp_path, "2016H1")
    done = threading.Event()

    def clean(handler):
        if handler.path.startswith("/log/tile") and not done.is_set():
            done.set()
            publisher.seal([b"sealed later %d" % n for n in range(600)])
            for partial in (tmp_path / "log/tile").rglob("*.p"):
                full = partial.with_suffix("")
                if full.is_file():
                    for file in partial.iterdir():
                        file.unlink()
        return False

    verdict = verify(serve(clean), trust=trust)
    assert done.is_set() and verdict.exit_code == 0, verdict.checks


def test_a_file_that_changes_between_manifest_and_reading_fails(tmp_path, trust, serve):  # noqa: F811
    build(tmp_path, first_half())
    file = tmp_path / paths.report_csv(H1)

    def change(handler):
        if handler.path == f"/{paths.manifest(H1)}":
            file.write_bytes(file.read_bytes().replace(b"warrant,3", b"warrant,4"))
        return False

    assert failed(verify(serve(change), trust=trust, period="2016H1")) == [4, 7]


def test_each_file_is_read_once_so_that_all_checks_see_the_same(tmp_path, trust, serve):  # noqa: F811
    build(tmp_path, first_half())
    asked = []
    address = serve(lambda handler: asked.append(handler.path))
    assert verify(address, trust=trust, period="2016H1").exit_code == 0
    assert len(asked) == len(set(asked))


def test_a_bomb_of_many_gzips_stays_within_its_limit(tmp_path, serve):  # noqa: F811
    bomb = gzip.compress(bytes(300_000_000), 1)
    with Http(
        serve(misbehaving(paths.KEY, lambda h: h.answer(bomb, ("Content-Encoding", "gzip"))))
    ) as source:
        with pytest.raises(SourceError, match="more than the 1,000,000 bytes"):
            source.fetch([paths.KEY], 1_000_000)
        kept = sum(file.stat().st_size for file in source.root.rglob("*") if file.is_file())
        assert kept <= 1_000_000


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_an_address_of_version_6(tmp_path, trust):
    build(tmp_path, first_half())

    class Server(http.server.ThreadingHTTPServer):
        address_family = socket.AF_INET6

    with Server(("::1", 0), partial(Handler, directory=tmp_path)) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        verdict = verify(f"http://[::1]:{server.server_port}", trust=trust, period="2016H1")
        server.shutdown()
    assert verdict.exit_code == 0


def certificate(folder: Path) -> Path:
    """A certificate for localhost that nobody but itself vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def test_a_certificate_that_does_not_hold_is_said(tmp_path):
    build(tmp_path / "public", first_half())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tmp_path))
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Handler, directory=tmp_path / "public")
    ) as server:
        server.handle_error = lambda *arguments: None
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        with pytest.raises(SourceError, match="certificate does not hold"):
            verify(f"https://localhost:{server.server_port}")
        server.shutdown()


def test_tls_where_there_is_none(tmp_path, serve):  # noqa: F811
    with pytest.raises(SourceError, match=r"(?i)ssl|record"):
        verify(serve().replace("http://", "https://"))
