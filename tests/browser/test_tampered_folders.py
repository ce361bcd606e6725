"""The browser's verifier says of every tampered folder what the Python code says."""

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sagwan.pages.refusals import known, told
from sagwan.record.errors import SagwanError
from sagwan.verify import Trust, Verdict, verify
from tests.support.folder import H1, ORIGIN, Half, build, received
from tests.verify import conftest, test_handovers, test_verdict
from tests.verify import test_random_folders as random_folders
from tests.verify.differential import all_tests, places, statuses, tell_lies
from tests.verify.tampered import TAMPERED

from .modules import Modules, Refused, opened_modules, reader, untraced

pytestmark = pytest.mark.browser

MODULES = (*TAMPERED, test_handovers)
keys, trust = conftest.keys, conftest.trust
folder = test_verdict.folder
rotated = test_handovers.rotated
sound = random_folders.sound
halves, KEYS, TRUST = random_folders.halves, random_folders.KEYS, random_folders.TRUST
globals().update(all_tests(MODULES))


@pytest.fixture(scope="module")
def modules(browser, tmp_path_factory):
    with opened_modules(browser, tmp_path_factory.mktemp("modules")) as opened:
        yield opened


STRAY = "no manifest lists this file"
"""A folder's files can be listed, an address's cannot: there Python says of the same address what it says."""

EXACT = 2**53
"""Beyond it a JavaScript number is not exact, nor is the index of a failure there; no log is that large."""


def in_browser(modules: Modules, base: str, brought: dict, period: str = "") -> dict:
    """The verdict's document by the browser's modules; raise Refused."""
    return modules.call("verify.js", "document", base, {"reader": brought, "period": period})


def same(python: Verdict, browser: dict) -> None:
    """The same statuses, figures and exit code, and failures at the same places.

    How often a check says something of one place is each side's own: of a table of many wrong cells the
    browser names one line of the CSV.
    """
    checks = browser["checks"]
    assert [check["status"] for check in checks] == statuses(python), (checks, python.checks)
    for number, check in enumerate(checks, 1):
        found = {(failure["file"], failure["index"]) for failure in check["failures"]}
        assert exact(found) == exact(places(python, number)), (number, found, places(python, number))
    document = json.loads(python.to_json())
    for one in document["periods"]:
        del one["stated-promises"]
    assert browser["periods"] == document["periods"]
    for member in ("exit-code", "origin", "anchor", "size", "synthetic"):
        assert browser[member] == document[member] or document[member] >= EXACT


def korean(modules: Modules, browser: dict) -> None:
    """All that is said of failures has its Korean on a Korean page, the same as Python's."""
    failures = [failure for check in browser["checks"] for failure in check["failures"]]
    texts = [failure[name] for failure in failures for name in ("message", "expected", "found")]
    assert modules.told(texts) == [told(text, "ko") for text in texts]
    assert [failure["message"] for failure in failures if not known(failure["message"])] == []


def exact(found: Iterable[tuple[str, int | None]]) -> set[tuple[str, int | None]]:
    return {("beyond", None) if index and index >= EXACT - 1 else (file, index) for file, index in found}


def beside(modules: Modules):
    """A `verify` that lets the browser judge the same folder first, and gives back Python's verdict."""

    def both(source, *, trust: Trust = Trust(), period=None, **options) -> Verdict:  # noqa: B008
        if not Path(source).is_dir():
            return verify(source, trust=trust, period=period, **options)
        brought = reader(trust, ORIGIN)
        with modules.served(Path(source)) as base:
            try:
                mine = verify(source, trust=trust, period=period, **options)
            except SagwanError:
                if period is None:  # one that is named is looked for where nothing can be listed
                    with pytest.raises(Refused):
                        in_browser(modules, base, brought)
                raise
            strays = any(failure.message == STRAY for failure in mine.checks[3].failures)
            assert not (strays and trust.memory)
            meant = verify(base, trust=trust, period=period) if strays else mine
            found = in_browser(modules, base, brought, period or "")
            same(meant, found)
            with untraced():
                korean(modules, found)
        return mine

    return both


@pytest.fixture(autouse=True)
def _in_the_browser_too(monkeypatch, modules):
    both = beside(modules)
    for module in MODULES:
        monkeypatch.setattr(module, "verify", both)


def test_a_partial_tile_below_a_full_one_is_not_read(modules, tmp_path):
    """Where the two rightly differ: such a tile may be gone, and no root rests on it.

    The command reads it all the same; a browser's request costs more than that is worth.
    """
    build(tmp_path, Half(H1, [received(f"r{n}") for n in range(300)], batches=3))
    partial, needed = (tmp_path / "log/tile/0" / one for one in ("000.p/100", "001.p/44"))
    for tile, both in ((partial, False), (needed, True)):
        before = tile.read_bytes()
        tile.write_bytes(bytes(32) + before[32:])
        with modules.served(tmp_path) as base:
            document = in_browser(modules, base, reader(TRUST, ORIGIN))
        assert statuses(verify(tmp_path, trust=TRUST))[1] == "failed"
        assert (document["checks"][1]["status"] == "failed") is both
        tile.write_bytes(before)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(halves())
def test_random_sound_folders(modules, years):
    with tempfile.TemporaryDirectory() as root:
        build(Path(root), *years, keys=KEYS)
        assert beside(modules)(root, trust=TRUST).exit_code == 0


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(halves(), st.data())
def test_random_lies(modules, years, data):
    tell_lies(years, data)
    with tempfile.TemporaryDirectory() as root:
        build(Path(root), *years, keys=KEYS)
        beside(modules)(root, trust=TRUST)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_changed_byte_fails(modules, sound, data):
    root, files = sound
    file = data.draw(st.sampled_from(files))
    before = file.read_bytes()
    if not before:
        return
    after = bytearray(before)
    after[data.draw(st.integers(0, len(before) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        file.write_bytes(after)
        with modules.served(root) as base:
            assert in_browser(modules, base, reader(TRUST, ORIGIN))["exit-code"] == 1
    finally:
        file.write_bytes(before)
