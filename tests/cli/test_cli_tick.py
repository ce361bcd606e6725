"""`sagwan tick` in a shell: what falls due is done, said, and said beforehand."""

from pathlib import Path

from sagwan.desk.journal.locks import ticking
from tests.cli.conftest import ok, run
from tests.cli.conftest import received as any_received

AT = ("--at", "2017-01-02T09:00:00+09:00")
"""After the last day of the warrant's validity."""


def received() -> str:
    """A warrant that holds until the last day of 2016."""
    return any_received("--paper", "valid-until=2016-12-31")


def test_it_says_what_it_would_do_and_does_it_once(home: Path) -> None:
    number = received()
    ok("seal", "--at", "2016-06-01T09:00:00+09:00")
    planned = ok("tick", "--dry-run", "--json", *AT).json
    kinds = [(one["subject"], one["kind"], one["what"]) for one in planned["done"]]
    assert kinds == [(number, "Reminded", "execute-by"), (number, "FellDue", "execute-by")]
    assert planned["seal"] is True, "a half-year is to be closed"
    assert ok("tick", "--dry-run", "--json", *AT).json == planned, "nothing was done by it"
    done = ok("tick", "--json", *AT).json
    assert done["done"] == planned["done"]
    assert done["sealed"]["closed"] == ["2016H1", "2016H2"]
    again = ok("tick", "--json", *AT).json
    assert (again["done"], again["sealed"], again["failed"]) == ([], None, [])
    assert "nothing was due" in ok("tick", *AT).out
    assert "nothing is due" in ok("tick", "--dry-run", *AT).out


def test_it_says_in_words_what_it_did(home: Path) -> None:
    number = received()
    text = ok("tick", "--dry-run", *AT).out
    assert number in text and "FellDue" in text and "a batch to seal" in text
    text = ok("tick", *AT).out
    assert number in text and "kim" in text and "entries sealed" in text


def test_sealing_can_be_left_to_its_own_timer(home: Path) -> None:
    received()
    assert ok("tick", "--no-seal", "--json", *AT).json["sealed"] is None
    (home / "keys" / "log.key").unlink()
    assert ok("tick", "--json", *AT).json["sealed"] is None


def test_another_run_is_no_error(home: Path) -> None:
    from sagwan.desk.setup import open_desk  # noqa: PLC0415

    received()
    with ticking(open_desk(home).home):
        busy = run("tick", *AT)
    assert busy.code == 0 and "another run" in busy.err


def test_what_cannot_be_done_is_said_and_fails(home: Path) -> None:
    received()
    (home / "keys" / "log.key").write_text("not a key")
    broken = run("tick", *AT)
    assert broken.code == 2 and "log.key" in broken.err


def test_an_instant_is_named_in_synthetic_homes_only(home: Path) -> None:
    config = home / "sagwan.toml"
    config.write_text(config.read_text("utf-8").replace("synthetic = true", "synthetic = false"), "utf-8")
    refused = run("tick", *AT)
    assert refused.code == 2 and "only for synthetic homes" in refused.err
