"""A process that is killed leaves nothing half-done: no clear byte, no disclosure without its package."""

import os
import traceback
from collections.abc import Callable

import pytest
from django.db import connections

from sagwan.desk.casework.queries import story
from sagwan.desk.setup import Desk, current, open_desk
from sagwan.desk.vault.productions import queries, store
from tests.desk.vault.make import approved, blobs, leftovers, package, put, release, to_key

KILLED = 77


def killed_in(work: Callable[[], object]) -> int:
    """Run `work` in a process of its own, which may end itself with `os._exit`; its status."""
    connections.close_all()
    home = current().home.path
    child = os.fork()
    if child == 0:
        try:
            # A child has no event loop of a browser's driver; without it Django keeps connections elsewhere.
            open_desk(home)
            work()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("station", ["packaged", "encrypted", "kept", "recorded", "committed"])
def test_a_release_that_is_killed_happened_wholly_or_not_at_all(desk: Desk, station: str) -> None:
    number = approved(desk)
    put(desk, number, data=b"words")
    identity, locking = to_key()

    def die(name: str) -> None:
        if name == station:
            os._exit(KILLED)

    assert killed_in(lambda: release(desk, number, locking=locking, step=die)) == KILLED
    assert leftovers(desk)
    store.sweep(desk.home)
    assert leftovers(desk) == []
    assert list(queries.amiss(desk)) == []
    went_out = story(desk, number).progress.state.stages
    assert went_out == (1 if station == "committed" else 0)
    if not went_out:
        assert len(blobs(desk)) == 1  # the staged file
        release(desk, number, locking=locking)
    assert package(desk, identity)["files/talk.zip"] == b"words"


def test_who_works_just_now_is_not_swept(desk: Desk) -> None:
    with store.working(desk.home) as place:
        (place / "clear").write_bytes(b"words")
        assert store.sweep(desk.home) == 0
        assert (place / "clear").read_bytes() == b"words"
    assert not place.exists()


def test_clear_bytes_are_overwritten_before_they_are_unlinked(desk: Desk) -> None:
    with store.working(desk.home) as place:
        (place / "clear").write_bytes(b"words")
        seen = (place / "clear").open("rb")
    with seen:
        assert seen.read() == bytes(5)


def test_an_error_in_the_middle_leaves_no_clear_file(desk: Desk) -> None:
    with pytest.raises(RuntimeError), store.working(desk.home) as place:
        (place / "clear").write_bytes(b"words")
        raise RuntimeError("stop")
    assert leftovers(desk) == []
