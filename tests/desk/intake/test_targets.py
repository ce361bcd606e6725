"""Lists of targets: each of a kind, in one form, once; every other line accounted for."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.desk.intake import targets as module
from sagwan.desk.intake.errors import UnusableFile
from sagwan.desk.intake.target_rules import WORDS, Setting, luhn
from sagwan.desk.intake.targets import Repeat, parse_targets, read_target
from sagwan.record.errors import InvalidValue
from sagwan.record.request import TARGET_KINDS, Target

READ = {
    "account:raven-001": "account:raven-001",
    "계정: 가상 계정": "account:가상 계정",
    "ID\traven": "account:raven",
    "Someone@Example.ORG": "e-mail:Someone@example.org",
    "이메일:가상@예시.한국": "e-mail:가상@예시.한국",
    "+82 10-1234-5678": "phone:+821012345678",
    "+82 (0)10-1234-5678": "phone:+821012345678",
    "010-1234-5678": "phone:+821012345678",
    "전화번호: 02-123-4567": "phone:+8221234567",
    "phone:1588-1234": "phone:+8215881234",
    "203.0.113.7": "ip-address:203.0.113.7",
    "203.0.113.7:0443": "ip-address:203.0.113.7:443",
    "203.0.113.7 port 443": "ip-address:203.0.113.7:443",
    "203.0.113.7:443 2016-03-02T10:00:00+09:00": "ip-address:203.0.113.7:443 2016-03-02T01:00:00Z",
    "203.0.113.7 2016-03-02 10:00 KST": "ip-address:203.0.113.7 2016-03-02T01:00:00Z",
    "203.0.113.7 2016-03-02T10:00Z/2016-03-02T11:00Z":
        "ip-address:203.0.113.7 2016-03-02T10:00:00Z/2016-03-02T11:00:00Z",
    "2001:DB8:0:0::1": "ip-address:2001:db8::1",
    "[2001:db8::1]:443": "ip-address:[2001:db8::1]:443",
    "ip:198.51.100.0/24": "ip-address:198.51.100.0/24",
    "490154203237518": "device:490154203237518",
    "imei:49-015420-323751-8": "device:490154203237518",
    "02-00-5E-10-00-01": "device:02:00:5e:10:00:01",
    "mac:0200.5e10.0001": "device:02:00:5e:10:00:01",
    "imsi:450 05 1234567890": "other:imsi:450051234567890",
    "{123E4567-E89B-12D3-A456-426614174000}": "other:123e4567-e89b-12d3-a456-426614174000",
    "HTTPS://Example.ORG:443/A?b#C": "url:https://example.org/A?b#C",
    "대화방:회의": "room:회의",
    "성명: 홍  길동": "name:홍 길동",
    "other:anything at all": "other:anything at all",
}  # fmt: skip


@pytest.mark.parametrize("line", READ)
def test_a_line_is_read_and_put_into_one_form(line: str) -> None:
    target = read_target(line)
    assert f"{target.kind}:{target.value}" == READ[line]
    again = read_target(
        f"{'imsi' if 'imsi' in target.value else target.kind}:{target.value.removeprefix('imsi:')}"
    )
    assert again == target, "the form it is kept in is read as itself"


WRONG = {
    "raven-001": "cannot be told",
    "account:": "no value",
    "e-mail:someone@example": "not an e-mail",
    "e-mail:a..b@example.org": "not an e-mail",
    "phone:12": "not a phone number",
    "phone:+123456": "has 6 digits",
    "ip:203.0.113.700": "not an IP address",
    "ip:203.0.113.7:70000": "not a port",
    "203.0.113.7 2016-03-02T10:00": "cannot be told",
    "ip:203.0.113.7 2016-03-02T10:00": "no time zone",
    "ip:203.0.113.7 2016-03-02+09:00": "no time of the day",
    "ip:203.0.113.7 soon": "not a time",
    "ip:203.0.113.7 2016-03-02T11:00Z/2016-03-02T10:00Z": "ends before",
    "imei:490154203237519": "wrong check digit",
    "imei:4901542": "not an IMEI",
    "mac:02:00": "not a MAC",
    "uuid:1": "not a UUID",
    "imsi:12": "not an IMSI",
    "url:example.org": "not a URL",
    "url:https://[::1": "not a URL",
    "url:javascript:alert(1)": "not a URL",
    "a" * 501: "501 characters",
}


@pytest.mark.parametrize("line", WRONG)
def test_a_line_that_cannot_be_used_says_why_and_what_to_do(line: str) -> None:
    with pytest.raises(InvalidValue, match=WRONG[line]) as caught:
        read_target(line)
    assert caught.value.hint


def test_a_list_is_accounted_for_line_by_line() -> None:
    found = parse_targets("# note\naccount:a\n\r\n010-1234-5678\nID:a\nnothing\n+821012345678\n")
    assert found.targets == (Target("account", "a"), Target("phone", "+821012345678"))
    assert found.repeats == (Repeat(5, 2), Repeat(7, 4)) and found.repeated == 2
    assert [(fault.line, fault.text) for fault in found.faults] == [(6, "nothing")]
    assert (found.wrong, dict(found.kinds)) == (1, {"account": 1, "phone": 1})


def test_a_kind_may_be_that_of_the_whole_list() -> None:
    found = parse_targets("raven\nhttp://x\nphone:010-1234-5678", kind="account")
    assert [target.kind for target in found.targets] == ["account", "account", "phone"]
    with pytest.raises(InvalidValue, match="not a kind"):
        parse_targets("a", kind="nickname")


def test_a_time_without_zone_takes_the_one_that_is_set_and_numbers_their_country() -> None:
    seoul = Setting(zone=ZoneInfo("Asia/Seoul"))
    assert (
        read_target("203.0.113.7 2016-03-02 10:00", setting=seoul).value == "203.0.113.7 2016-03-02T01:00:00Z"
    )
    assert read_target("phone:0171-1234567", setting=Setting("49")).value == "+491711234567"
    with pytest.raises(InvalidValue):
        read_target("phone:010-1234-5678", setting=Setting(None))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_uploaded_lists_are_decoded(encoding: str) -> None:
    assert parse_targets("계정:가상\n".encode(encoding)).targets == (Target("account", "가상"),)


def test_lists_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnusableFile, match="line 3: more than 2 different"):
        parse_targets("ID:a\nID:b\nID:c", limit=2)
    assert parse_targets("ID:a\nID:b\nID:a", limit=2).repeated == 1
    monkeypatch.setattr(module, "MAX_LINES", 2)
    with pytest.raises(UnusableFile, match="2 lines"):
        parse_targets("ID:a\n\n\n")
    monkeypatch.setattr(module, "MAX_BYTES", 2)
    with pytest.raises(UnusableFile, match="larger"):
        parse_targets("ID:a")
    with pytest.raises(UnusableFile, match="no text"):
        parse_targets(b"\xff")


def test_100_000_targets_with_as_many_repeats_are_taken() -> None:
    half = [f"account:가상-{n}" for n in range(99_000)] + ["wrong"] * 1_000
    found = parse_targets("\n".join(half + half))
    assert (len(found.targets), found.repeated, found.wrong) == (99_000, 99_000, 2_000)
    assert len(found.faults) == len(found.repeats) == 1_000


def test_every_kind_has_a_word_and_every_word_a_kind() -> None:
    assert WORDS.keys() >= TARGET_KINDS
    assert {kind for kind, _ in WORDS.values()} <= TARGET_KINDS


@given(st.integers(0, 10**14 - 1))
def test_exactly_one_check_digit_passes(number: int) -> None:
    assert sum(luhn(f"{number:014}{digit}") for digit in range(10)) == 1


@given(st.text() | st.lists(st.sampled_from([*READ, *WRONG, "\n", ":", "\t", "\u2028"])).map("".join))
def test_any_text_is_read_and_every_target_can_be_kept(text: str) -> None:
    found = parse_targets(text)
    assert all(isinstance(target, Target) for target in found.targets)
    assert len(set(found.targets)) == len(found.targets)
