"""Nobody but the targets can be named from what goes out; the same person stays the same."""

import json
import unicodedata
from urllib.parse import quote

from hypothesis import assume, given
from hypothesis import strategies as st

from sagwan.desk.vault.blinding import PSEUDONYM, Blinder, pseudonym

KEY, OTHER = b"k" * 32, b"o" * 32
_LETTERS = 'abкimMSüé가나다민수철홍길동李@._- 0123456789&<"%'
IDS = st.text(_LETTERS, min_size=2, max_size=12).map(lambda text: unicodedata.normalize("NFC", text.strip()))
IDS = IDS.filter(lambda text: len(text) >= 2)
TEXT = st.text("abc ,.!?가나다의는 \n~%", max_size=30)


def folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()


@given(st.lists(IDS, min_size=2, max_size=6, unique_by=folded), st.data())
def test_no_id_of_another_is_left_in_any_form(ids: list[str], data: st.DataObject) -> None:
    target, *others = ids
    blinder = Blinder(KEY, {target}, dict.fromkeys(ids, ()))
    made = " ".join(pseudonym(KEY, each) for each in others)
    for each in others:
        # An id within the target's own id, or by chance within a pseudonym's digits, cannot be told apart.
        assume(folded(each) not in folded(target) and folded(target) not in folded(each))
        assume(folded(each) not in made)
    forms = st.sampled_from(others).flatmap(
        lambda each: st.sampled_from(
            [each, each.upper(), quote(each, safe=""), unicodedata.normalize("NFD", each)]
        )
    )
    pieces = data.draw(st.lists(st.one_of(TEXT, forms), max_size=8))
    gone = blinder.text("|".join(pieces))
    for each in others:
        if len(each.upper().lower()) == len(each):
            assert folded(each) not in folded(gone)


@given(st.lists(IDS, min_size=1, max_size=5, unique_by=folded), TEXT)
def test_what_holds_nobody_stays_as_it_is(ids: list[str], text: str) -> None:
    assume(not any(folded(form) in folded(text) for each in ids for form in (each, quote(each, safe=""))))
    blinder = Blinder(KEY, (), dict.fromkeys(ids, ()))
    assert blinder.text(text) == unicodedata.normalize("NFC", text)


@given(IDS, TEXT, TEXT)
def test_targets_are_untouched(target: str, before: str, after: str) -> None:
    text = unicodedata.normalize("NFC", f"{before}|{target}|{after}")
    assert Blinder(KEY, {target}, {target: ("별명",)}).text(text) == text


@given(IDS)
def test_one_person_has_one_pseudonym_and_two_requests_have_two(member: str) -> None:
    made = Blinder(KEY, (), {member: ()}).member(member)
    assert PSEUDONYM.fullmatch(made)
    assert made == pseudonym(KEY, unicodedata.normalize("NFD", member))
    assert made != pseudonym(OTHER, member)
    assert member not in made or len(member) < 8


def test_a_nickname_stands_for_its_person_also_before_a_particle() -> None:
    blinder = Blinder(KEY, {"t-1"}, {"t-1": ("철수",), "minsu77": ("민수",)})
    assert blinder.text("민수야, 철수야") == f"{pseudonym(KEY, 'minsu77')}야, 철수야"
    assert blinder.others == 1


def test_a_nickname_that_two_people_share_is_nobodys_in_particular() -> None:
    blinder = Blinder(KEY, (), {"a-1": ("같은이름",), "b-2": ("같은이름",)})
    gone = blinder.text("같은이름")
    assert PSEUDONYM.fullmatch(gone)
    assert gone not in (pseudonym(KEY, "a-1"), pseudonym(KEY, "b-2"))


def test_a_name_of_one_character_is_found_where_it_stands_alone() -> None:
    blinder = Blinder(KEY, (), {"z": ()})
    assert blinder.text("z: zebra, @z") == f"{pseudonym(KEY, 'z')}: zebra, @{pseudonym(KEY, 'z')}"


def test_json_is_blinded_through_all_its_depths_and_keys() -> None:
    blinder = Blinder(KEY, {"t-1"}, {"minsu77": (), "20161234567": ()})
    value = {"minsu77": [1, True, None, {"by": "t-1 and minsu77"}], "n": 20161234567}
    gone = blinder.value(value)
    text = json.dumps(gone)
    assert "minsu77" not in text
    assert "20161234567" not in text
    assert "t-1 and" in text
    assert gone[pseudonym(KEY, "minsu77")][:3] == [1, True, None]
