"""What a filing takes and what it refuses, with a message that says which field and why."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.record.errors import InvalidValue, SagwanError
from sagwan.record.request import MAX_TEXT, TARGET_KINDS, Target, clean
from sagwan.record.vocabulary import DataCategory

from .make import ACCESS, CONTENT, accounts, filing


def test_a_sound_filing_is_taken_as_it_is() -> None:
    taken = filing(officials=("경위 가상", "경감 가상"), emergency=True, channel="portal")
    assert (taken.channel, taken.emergency, taken.accounts) == ("portal", True, 3)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"service": "Kakao"}, "service 'Kakao' is not a slug"),
        ({"service": ""}, "service '' is not a slug"),
        ({"service": "-"}, "service '-' is not a slug"),
        ({"instrument": "warrant\n"}, "instrument .* is not a slug"),
        ({"channel": "e mail"}, "channel 'e mail' is not a slug"),
        ({"jurisdiction": "kr"}, "not two capitals"),
        ({"jurisdiction": "K1"}, "not two capitals"),
        ({"jurisdiction": "KOR"}, "not two capitals"),
        ({"jurisdiction": "한국"}, "not two capitals"),
        ({"data": ()}, "no data category"),
        ({"data": (CONTENT, ACCESS)}, "alphabetical"),
        ({"data": (ACCESS, ACCESS)}, "each once"),
        ({"data": ("location",)}, "'location' is not known"),
        ({"accounts": -1}, "accounts is -1"),
        ({"accounts": 10**13}, "at most 1,000,000,000,000"),
        ({"accounts": 2.0}, "whole number"),
        ({"accounts": True}, "whole number"),
        ({"targets": accounts("a", "a")}, "named twice"),
        ({"authority": ""}, "authority is empty"),
        ({"authority": " 가상 "}, "blanks around"),
        ({"authority": "가상\n경찰서"}, "authority has more than one line"),
        ({"authority": "가" * 501}, "authority has 501 characters"),
        ({"case_number": "1\t2"}, "case number holds a control character"),
        ({"case_number": "1\x852"}, "control character"),
        ({"case_number": "1\u20282"}, "control character"),
        ({"officials": ("",)}, "official is empty"),
        ({"officials": ("a\ud800",)}, "control character"),
        ({"officials": ("가상",) * 101}, "101 officials"),
        ({"paper": {"Issued On": "2016-01-01"}}, "document item 'Issued On' is not a slug"),
        ({"paper": {"issuer": "a\x00"}}, "document item issuer holds a control character"),
        ({"paper": {"scope": "가" * 5_001}}, "document item scope has 5,001 characters"),
        ({"paper": {f"item-{n}": "" for n in range(101)}}, "101 document items"),
        ({"text": "가" * (MAX_TEXT + 1)}, "text has 100,001 characters"),
        ({"text": "\x1b[31m"}, "text holds a control character"),
    ],
)
def test_bad_filings_say_what_is_wrong(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidValue, match=says):
        filing(**changes)


def test_too_many_targets_for_one_request() -> None:
    many = tuple(Target("account", str(number)) for number in range(100_001))
    with pytest.raises(InvalidValue, match="100,001 targets"):
        filing(targets=many)


@pytest.mark.parametrize("kind", sorted(TARGET_KINDS))
def test_targets_of_every_kind(kind: str) -> None:
    assert Target(kind, "무엇이든 하나").kind == kind


@pytest.mark.parametrize(
    ("kind", "value", "says"),
    [
        ("user", "a", "'user' is not a kind of target"),
        ("account", "", "target is empty"),
        ("account", "  ", "target is empty"),
        ("account", " a", "blanks around"),
        ("account", "a\tb", "control character"),
        ("account", "a\nb", "more than one line"),
        ("account", "a" * 501, "501 characters"),
        ("account", "a\u202eb", "cannot be kept"),
    ],
)
def test_bad_targets(kind: str, value: str, says: str) -> None:
    with pytest.raises(InvalidValue, match=says):
        Target(kind, value)


def test_line_ends_are_kept_as_lf_where_lines_are_wanted() -> None:
    assert clean(" a\r\nb ", "text", lines=True) == "a\nb"


@given(st.text(max_size=60), st.booleans())
def test_cleaned_text_can_be_kept_and_is_clean(text: str, lines: bool) -> None:
    try:
        kept = clean(text, "text", longest=50, required=False, lines=lines)
    except InvalidValue:
        return
    assert clean(kept, "text", longest=50, required=False, lines=lines) == kept
    assert kept.encode().decode() == kept
    assert len(kept) <= 50 and "\t" not in kept and (lines or "\n" not in kept)


@given(st.text(alphabet="가a1 -_.@", min_size=1, max_size=30).filter(lambda text: text == text.strip()))
def test_ordinary_names_are_taken(text: str) -> None:
    assert filing(authority=text, case_number=text).authority == text


def test_an_error_shows_its_hint() -> None:
    assert str(SagwanError("It broke", hint="mend it")) == "It broke (mend it)"
    assert str(SagwanError("It broke")) == "It broke"


def test_the_vocabulary_is_alphabetical_so_that_lines_are() -> None:
    assert list(DataCategory) == sorted(DataCategory)
