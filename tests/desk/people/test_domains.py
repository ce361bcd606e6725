"""Look-alike domains: everything a slip away is seen, nothing of the authority's own ever is."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.desk.people.domains import (
    Alike,
    belongs,
    check_domains,
    domain_of,
    free_mail,
    look_alike,
    normal,
    problem_of,
    skeleton,
    slips,
)
from sagwan.record.errors import InvalidValue

ENDINGS = ("go.kr", "mil.kr", "gov.uk", "com", "kr", "police.uk", "de")
LABELS = st.from_regex(r"[a-z][a-z0-9]{1,10}(-[a-z0-9]{1,6})?", fullmatch=True)
DOMAINS = st.builds(lambda *parts: ".".join(parts), LABELS, st.sampled_from(ENDINGS))
SIGNS = string.ascii_lowercase + string.digits + "-."


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, str]:
    """(vetted domain, the same with one sign put in, left out, changed, or swapped with the next)."""
    own = draw(DOMAINS)
    place = draw(st.integers(0, len(own) - 1))
    sign = draw(st.sampled_from(SIGNS))
    edited = draw(
        st.sampled_from(
            [
                own[:place] + sign + own[place:],
                own[:place] + own[place + 1 :],
                own[:place] + sign + own[place + 1 :],
                own[:place] + own[place : place + 2][::-1] + own[place + 2 :],
            ]
        )
    )
    return own, edited


@given(edits())
def test_every_single_edit_of_a_vetted_domain_is_seen(pair: tuple[str, str]) -> None:
    own, edited = pair
    if problem_of(edited) or belongs(normal(edited), own):
        return
    like = look_alike(edited, [own, "unrelated-ministry.example"])
    assert like is not None and like.of == own


@given(st.lists(DOMAINS, min_size=1, max_size=5, unique=True), st.lists(LABELS, max_size=3), st.data())
def test_own_domains_and_what_is_below_them_are_never_seen(
    vetted: list[str], below: list[str], data: st.DataObject
) -> None:
    own = data.draw(st.sampled_from(vetted))
    domain = ".".join([*below, own])
    for written in (domain, domain.upper(), domain + "."):
        assert look_alike(written, vetted) is None


@given(edits(), LABELS)
def test_what_stands_before_the_edited_name_hides_nothing(pair: tuple[str, str], before: str) -> None:
    own, edited = pair
    if problem_of(edited) or belongs(normal(edited), own):
        return
    assert look_alike(f"{before}.{edited}", [own]) is not None


@pytest.mark.parametrize(
    ("domain", "how"),
    [
        ("poIice.go.kr", Alike.SIGNS),  # a capital i; lower case makes it poiice
        ("p0lice.go.kr", Alike.SIGNS),
        ("роlice.go.kr", Alike.SIGNS),  # Cyrillic р and о
        ("xn--lice-45dl.go.kr", Alike.SIGNS),
        ("pоlісе.go.kr", Alike.SIGNS),
        ("mail.pólice.go.kr", Alike.SIGNS),
        ("ｐｏｌｉｃｅ１.go.kr", Alike.SLIP),  # full width, and a 1 behind
        ("polcie.go.kr", Alike.SLIP),
        ("policee.go.kr", Alike.SLIP),
        ("policego.kr", Alike.SLIP),
        ("police.go.kr.example.com", Alike.INSIDE),
        ("police-go-kr.com", Alike.INSIDE),
        ("policegokr.net", Alike.INSIDE),
        ("police.com", Alike.ENDING),
        ("police.co.kr", Alike.ENDING),
        ("mail.police.or.kr", Alike.ENDING),
        ("police-kr.com", Alike.WORDS),
        ("secure-police.org", Alike.WORDS),
        ("policekorea.com", Alike.WORDS),
        ("gov-police.go.kr", Alike.WORDS),
        ("mypolice.net", Alike.WORDS),
        ("police112-request.org", Alike.WORDS),
        ("p0lice-kr.com", Alike.WORDS),
        ("p0lice.com", Alike.ENDING),
        ("рolice-go-kr.net", Alike.INSIDE),
    ],
)
def test_each_way_of_looking_like_another(domain: str, how: Alike) -> None:
    like = look_alike(domain, ["police.go.kr", "spo.go.kr"])
    assert like is not None and (like.of, like.how) == ("police.go.kr", how)


@pytest.mark.parametrize(
    "domain",
    [
        "notice.go.kr",
        "naver.com",
        "moj.go.kr",
        "kakao.com",
        "policy.gov.uk",
        "seoul.go.kr",
        "go.kr",
        "korea.kr",
        "police.gov.sg",
        "policeball.example",
    ],
)
def test_an_unrelated_domain_is_no_look_alike(domain: str) -> None:
    assert look_alike(domain, ["police.go.kr", "spo.go.kr", "scourt.go.kr"]) is None


def test_two_slips_count_in_a_long_name_only() -> None:
    assert look_alike("prosecutlonofice.go.kr", ["prosecutionoffice.go.kr"]) is not None
    assert look_alike("notice.go.kr", ["police.go.kr"]) is None


def test_another_vetted_domain_is_not_the_first_ones_look_alike() -> None:
    vetted = ["nis.go.kr", "nts.go.kr"]
    assert look_alike("nts.go.kr", vetted) is None
    assert look_alike("nbs.go.kr", vetted) is not None


def test_one_form_for_each_domain() -> None:
    assert normal("POLICE.go.KR.") == "police.go.kr" == normal("ｐｏｌｉｃｅ.go.kr")
    assert normal("경찰.한국") == "xn--289ak01d.xn--3e0b707e"
    assert domain_of("Hong <x>@Police.GO.kr") == "police.go.kr" and domain_of("nobody") == ""
    assert skeleton("rnoj.go.kr") == skeleton("moj.go.kr")


@given(st.text(max_size=40))
def test_any_text_has_a_form_and_a_verdict(text: str) -> None:
    problem_of(text)
    assert normal(normal(text)) == normal(text)
    look_alike(text, ["police.go.kr"])


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_slips_are_a_distance(one: str, other: str) -> None:
    assert slips(one, other, 9) == slips(other, one, 9)
    assert (slips(one, other, 9) == 0) == (one == other)
    assert slips(one, other, 1) == min(slips(one, other, 9), 2)


def test_free_mail_is_known_with_who_gives_it() -> None:
    assert free_mail("naver.com") == "Naver" and free_mail("Gmail.com.") == "Google"
    assert free_mail("police.go.kr") == "" and free_mail("navers.com") == ""


@pytest.mark.parametrize(
    ("domain", "message"),
    [
        ("go.kr", "ending that many share"),
        ("naver.com", "free mail"),
        ("police", "no domain"),
        ("police..kr", "no domain"),
        ("a@police.go.kr", "no domain"),
        ("192.168.0.1", "no domain"),
        ("-police.go.kr", "no domain"),
        ("", "no domain"),
    ],
)
def test_a_domain_that_is_nobodys_alone_is_refused(domain: str, message: str) -> None:
    with pytest.raises(InvalidValue, match=message):
        check_domains([domain])


def test_domains_are_kept_once_in_one_form() -> None:
    assert check_domains(["Police.go.kr.", "police.go.kr", "a.police.go.kr"]) == (
        "a.police.go.kr",
        "police.go.kr",
    )
