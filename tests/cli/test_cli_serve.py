"""Servers answer, stop with Ctrl-C, and witnesses cosign what is sealed."""

import json
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sagwan.cli.serve import folder_server
from tests.cli.conftest import make_home, ok, received, run
from tests.cli.test_cli_publish import log_key, publish


@contextmanager
def serving(
    *words: object, stop: signal.Signals = signal.SIGINT
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A `sagwan` process that serves; gives the address it tells."""
    command = [sys.executable, "-u", "-c", "from sagwan.cli.main import main; main()", *map(str, words)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("http://"), process.stderr.read() if process.stderr else ""
        try:
            yield line.split()[0], process
        finally:
            process.send_signal(stop)
            _, said = process.communicate(timeout=10)
        assert "Traceback" not in said


def test_the_desk_says_that_it_is_well_and_stops_with_ctrl_c(home: Path) -> None:
    with serving("serve", "--port", 0) as (url, process):
        for _ in range(3):
            with urllib.request.urlopen(f"{url}healthz", timeout=5) as answer:  # noqa: S310
                assert json.load(answer) == {"status": "ok"}
        with urllib.request.urlopen(url, timeout=5) as page:  # noqa: S310
            assert page.url == f"{url}sign-in/"
        port = url.split(":")[2].split("/")[0]
        taken = run("serve", "--port", port)
        assert taken.code == 2 and "cannot be used" in taken.err
    assert process.returncode == 130


def test_the_desk_stops_gracefully_when_systemd_says_so(home: Path) -> None:
    with serving("serve", "--port", 0, stop=signal.SIGTERM) as (_, process):
        pass
    assert process.returncode == 0


def test_published_files_are_served_as_tlog_tiles_asks(tmp_path: Path) -> None:
    log = ("kakao/log/checkpoint", "kakao/log/tile/0/000", "kakao/log/tile/entries/000.p/3")
    for path in (*log, "index.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"x")
    with folder_server(tmp_path, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        types = {}
        for path in (*log, ""):
            with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/{path}") as answer:
                types[path] = answer.headers["Content-Type"]
                assert answer.headers["Cache-Control"] == "no-cache"
        server.shutdown()
    assert list(types.values()) == [
        "text/plain; charset=utf-8", "application/octet-stream", "application/octet-stream", "text/html",
    ]  # fmt: skip


def test_a_witness_cosigns_what_is_sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vkey = ok("witness", "init", "w", "--name", "witness.example/ngo").out.strip()
    assert run("witness", "init", "w", "--name", "witness.example/ngo").code == 2
    make_home(tmp_path / "home")
    monkeypatch.setenv("SAGWAN_HOME", str(tmp_path / "home"))
    assert ok("seal", "--json").json["entries"] == 0
    key = _log_key(tmp_path / "home")
    ok("witness", "add", key, "--folder", "w")
    assert run("witness", "add", "nonsense", "--folder", "w").code == 2
    with serving("witness", "serve", "--folder", "w", "--port", 0) as (url, _):
        config = tmp_path / "home" / "sagwan.toml"
        config.write_text(witnessed(config.read_text("utf-8"), url, vkey), "utf-8")
        for day in (2, 3):
            received(case=f"가상-{day}", at=f"2016-03-{day:02}T10:00:00+09:00")
            sealed = ok("seal", "--at", f"2016-03-{day:02}T20:00:00+09:00", "--json").json
            assert sealed["not-witnessed"] == [] and sealed["size"] == day - 1
        assert "witness.example/ngo" in (tmp_path / "home" / "log" / "checkpoint").read_text()
        ok("seal", "--at", "2016-07-02T09:00:00+09:00")
        out = tmp_path / "out"
        assert publish(out).code == 0
    assert ok("witness", "list", "--folder", "w", "--json").json[0]["origin"] == "demo.invalid/kakao"
    shown = ok("witness", "show", "demo.invalid/kakao", "--folder", "w").out
    assert shown.startswith("demo.invalid/kakao\n") and "witness.example/ngo" in shown
    assert run("witness", "show", "nobody.example", "--folder", "w").code == 1
    policy = tmp_path / "policy"
    policy.write_text(f"log {key}\nwitness ngo {vkey}\nquorum ngo\n")
    ran = run("verify", out, "--policy", policy, "--no-memory", "--json")
    checks = {check["number"]: check["status"] for check in ran.json["checks"]}
    assert checks[1] == "holds", ran.out
    assert vkey in (out / "key").read_text() and log_key(out) == key
    # The witness is gone: the log goes on, and says what it lacks.
    received(case="가상-9", at="2016-07-03T10:00:00+09:00")
    ran = ok("seal", "--at", "2016-07-03T20:00:00+09:00")
    assert "not witnessed: " in ran.out
    ok("fsck")


def test_a_witness_that_saw_another_history_stops_the_log(tmp_path: Path, monkeypatch) -> None:
    import shutil  # noqa: PLC0415

    vkey = ok("witness", "init", "w", "--name", "witness.example/ngo").out.strip()
    make_home(tmp_path / "home")
    ok("witness", "add", _log_key(tmp_path / "home"), "--folder", "w")
    with serving("witness", "serve", "--folder", "w", "--port", 0) as (url, _):
        config = tmp_path / "home" / "sagwan.toml"
        config.write_text(witnessed(config.read_text("utf-8"), url, vkey), "utf-8")
        shutil.copytree(tmp_path / "home", tmp_path / "twin")
        for name, case in (("home", "가상-1"), ("twin", "가상-2")):
            monkeypatch.setenv("SAGWAN_HOME", str(tmp_path / name))
            received(case=case)
        monkeypatch.setenv("SAGWAN_HOME", str(tmp_path / "home"))
        ok("seal", "--at", "2016-03-02T20:00:00+09:00")
        monkeypatch.setenv("SAGWAN_HOME", str(tmp_path / "twin"))
        stopped = run("seal", "--at", "2016-03-02T20:00:00+09:00")
        assert stopped.code == 1 and "witness" in stopped.err, stopped.out
        assert not (tmp_path / "twin" / "log" / "checkpoint").exists()


def witnessed(config: str, url: str, vkey: str) -> str:
    """The config with a witness, and with cover, so that a quiet day has a checkpoint too."""
    return config.replace("batch_floor = 0", "batch_floor = 1") + f'"{url}" = "{vkey}"\n'


def test_witnesses_need_a_checkpoint_on_quiet_days(home: Path) -> None:
    config = home / "sagwan.toml"
    config.write_text(config.read_text("utf-8") + '"http://127.0.0.1:1" = "w+1+x"\n', "utf-8")
    ran = run("list")
    assert ran.code == 2 and "batch_floor is 0" in ran.err


def _log_key(home: Path) -> str:
    from sagwan.cli.wiring import open_office  # noqa: PLC0415

    return str(open_office(home).log_key().verifier)


def test_a_witness_that_lost_its_memory_never_signs_again(tmp_path: Path) -> None:
    folder = Path(_witness())
    (folder / "witness.db").unlink()
    for command in (("serve",), ("list",), ("add", "example.com/log+1f2e3d4c+AUpk")):
        ran = run("witness", *command, "--folder", folder)
        assert ran.code == 2
    assert "lost its memory" in run("witness", "serve", "--folder", folder).err
    assert not (folder / "witness.db").exists()


def test_ctrl_c_ends_cleanly(home: Path) -> None:
    with serving("witness", "serve", "--folder", _witness()) as (_, process):
        time.sleep(0.1)
    assert process.returncode == 130


def _witness() -> str:
    ok("witness", "init", "w2", "--name", "witness.example/two")
    return "w2"
