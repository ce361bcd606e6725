"""Only what our own receiving server says of a mail is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.desk.people.mailcheck import Verdict, mail_check

OWN = "mx.kakao.example"
GOOD = (
    "mx.kakao.example 1; spf=pass (sender; is (nested) fine) smtp.mailfrom=hong@police.go.kr;\r\n"
    " dkim=pass header.d=police.go.kr header.s=k1; dmarc=pass (p=reject) header.from=police.go.kr"
)


def test_our_servers_word_is_read() -> None:
    check = mail_check([GOOD], OWN)
    assert check is not None
    assert [check.verdict(method) for method in ("spf", "dkim", "dmarc")] == [Verdict.PASS] * 3
    assert check.failed == () and check.vouches_for("police.go.kr")


def test_a_strangers_word_is_not() -> None:
    forged = GOOD.replace(OWN, "mx.evil.example")
    assert mail_check([forged], OWN) is None
    assert mail_check([GOOD], "") is None
    assert mail_check([], OWN) is None
    failed = f"{OWN}; dmarc=fail header.from=police.go.kr"
    check = mail_check([forged, failed], OWN)
    assert check is not None and check.failed == ("dmarc",)


def test_the_topmost_of_our_headers_counts() -> None:
    check = mail_check([f"{OWN}; spf=fail", GOOD], OWN)
    assert check is not None and check.failed == ("spf",)


def test_a_comment_cannot_bring_in_a_verdict() -> None:
    header = f"{OWN}; spf=fail (a; dmarc=pass \\) ; dkim=pass) smtp.mailfrom=x@y.example"
    check = mail_check([header], OWN)
    assert check is not None and check.failed == ("spf",) and check.verdict("dmarc") is Verdict.NONE


@pytest.mark.parametrize(
    ("word", "verdict"),
    [
        ("softfail", "fail"),
        ("policy", "fail"),
        ("permerror", "error"),
        ("temperror", "error"),
        ("reject", "error"),
        ("neutral", "none"),
        ("none", "none"),
    ],
)
def test_each_verdict_of_the_standard(word: str, verdict: str) -> None:
    check = mail_check([f"{OWN}; dkim={word}"], OWN)
    assert check is not None and check.verdict("dkim") == verdict


def test_one_good_signature_of_several_is_enough_and_for_whom_is_kept() -> None:
    check = mail_check([f"{OWN}; dkim=fail header.d=a.example; dkim=pass header.d=list.example"], OWN)
    assert check is not None and check.failed == ()
    assert check.vouches_for("list.example") and not check.vouches_for("police.go.kr")


@given(st.lists(st.text(max_size=200), max_size=3), st.text(max_size=20))
def test_nothing_that_comes_in_breaks_it(headers: list[str], own: str) -> None:
    mail_check(headers, own)
    mail_check([f"{OWN}; {text}" for text in headers], OWN)
