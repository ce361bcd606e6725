"""A home under a law that allows only bands, by its commands; docs/how-to/bands.md is the whole road."""

from pathlib import Path

import pytest

from tests.cli.conftest import make_home, ok, run

US = ("--jurisdiction", "US", "--time-zone", "America/New_York")


@pytest.mark.parametrize(("banded", "warned"), [("4", True), ("50", False)])
def test_the_preview_says_where_too_few_entries_tell_more_than_the_bands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, banded: str, warned: bool
) -> None:
    make_home(tmp_path / "home", *US, "--banded", banded)
    monkeypatch.setenv("SAGWAN_HOME", str(tmp_path / "home"))
    ok("seal", "--at", "2026-03-02T03:00:00-05:00")
    ok("seal", "--at", "2026-07-01T03:00:00-04:00")
    preview = ("publish", "2026H1", "out", "--preview", "--at", "2026-07-02T03:00:00-04:00")
    ran = ok(*preview)
    assert "National security letters (US), 2026H1, requested: 0-999" in ran.out
    assert ("fewer than the 50 that the bands need" in ran.err) == warned
    document = ok(*preview, "--json").json
    assert document["banded"]["per-batch"] == int(banded)


def test_without_room_such_a_request_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_home(tmp_path / "home", *US, "--banded", "0")
    monkeypatch.setenv("SAGWAN_HOME", str(tmp_path / "home"))
    ran = run(
        "receive", "--by", "kim", "--service", "kakao", "--instrument", "national-security-letter",
        "--data", "subscriber", "--authority", "Example Bureau", "--case", "1", "--target", "account:a",
        "--paper", "certified=yes", "--at", "2026-03-02T03:00:00-05:00",
    )  # fmt: skip
    assert ran.code == 2 and "banded_per_batch" in ran.err
