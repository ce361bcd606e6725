"""A scenario that cannot be played is refused with the place and the reason."""

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.demo.scenario import ScenarioError, load

TEXT = files("sagwan.demo").joinpath("scenario.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("synthetic = true", "synthetic = false", "does not say that it is synthetic"),
        ("seed = 201601", "", "lacks the key 'seed'"),
        ('period = "2016H1"', 'period = "2016"', "not a half-year"),
        ('"Asia/Seoul"', '"Asia/Pyongtaek"', "cannot be read.*Pyongtaek"),
        ("processed = 1809", "processed = 2256", "kakao search-and-seizure-warrant: 2,256 of 2,255"),
        ("accounts = 261884", "accounts = 1808", "1,808 accounts for 1,809 processed"),
        (
            'service = "daum"\ninstrument = "communication-r',
            'service = "kakao"\ninstrument = "communication-r',
            "twice",
        ),
        ('services = ["naver"]', "services = []", "no provider runs this service"),
        ("share = 0.46", "share = 0.5", "add up to 1.04, not to 1"),
        ("share = 0.06 }", "share = 1.06 }", "partial is 1.17, not a share"),
        ('outcome = "no-data"', 'outcome = "partial"', "not_processed holds an outcome that discloses"),
        ('outcome = "no-data"', 'outcome = "lost"', "'lost' is not a valid Outcome"),
        ("emergency = 0.02", "emergency = -0.02", "emergency is -0.02"),
        ("heavy_tail = 300", "heavy_tails = 300", "heavy_tails"),
        ("requests = 9", "requests = 16", "more blinded or followed up than processed"),
        ("requests = 9", "requests = 3", "more blinded or followed up than processed"),
        ('close = "18:30"', 'close = "17:00"', "do not follow each other"),
        ("answer = [1, 5]", "answer = [5, 1]", "answer is 5 to 1"),
        ("가상 은하경찰서", "은하경찰서", "could be taken for a real one"),
        ('does = ["approve"] },\n]\nnaver', 'does = ["nap"] },\n]\nnaver', "does something unknown"),
        ('{ key = "kuk-raon", name = "국라온", does = ["approve"] },', "", "two who approve"),
        ("[invented.texts]", "[invented.words]", "lacks the key 'texts'"),
        ("[invented.instruments.subscriber-information]", "[invented.instruments.x]", "no such instrument"),
    ],
)
def test_slips_are_named(old: str, new: str, says: str) -> None:
    assert old in TEXT
    with pytest.raises(ScenarioError, match=says):
        load(TEXT.replace(old, new, 1).encode())


@given(st.integers(0, len(TEXT) - 1), st.sampled_from(['"', "[", "x", "9", "\n", "="]))
def test_whatever_is_mistyped_is_played_or_refused(place: int, typed: str) -> None:
    try:
        scenario = load((TEXT[:place] + typed + TEXT[place + 1 :]).encode())
    except ScenarioError as error:
        assert "scenario" in str(error) or ":" in str(error)
    else:
        assert scenario.published


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(ScenarioError, match="cannot be read"):
        load(b"\xff")


def test_the_file_says_what_is_invented() -> None:
    comments = " ".join(re.findall(r"^# (.*)$", TEXT, re.MULTILINE))
    assert "All under `invented` is invented" in comments
    tables = set(re.findall(r"^\[+([a-z_]+)", TEXT, re.MULTILINE))
    assert tables == {"providers", "published", "invented"}
