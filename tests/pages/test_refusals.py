"""What is refused, in Korean: every text finds its own entry, whatever values it has."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.pages import refusals
from sagwan.pages.particles import fill
from sagwan.pages.refusals import said, told
from sagwan.record.errors import InvalidValue, SagwanError

ENTRIES = refusals.table().entries
AWKWARD = (
    "'서울마포'",
    "'a (b): c'",
    "'{0}'",
    "'it.'",
    '"it\'s"',
    "1,809",
    "2016-03-02",
    "'%(n)s\\n'",
    "'\\\\1'",
)


def filled(template: str, values: list[str]) -> str:
    return template.format(*values)


def count(template: str) -> int:
    return len(set(re.findall(r"\{(\d+)\}", template)))


def test_every_filled_template_is_told_by_its_own_entry():
    for entry, start in product(ENTRIES, range(len(AWKWARD))):
        values = [AWKWARD[(start + place) % len(AWKWARD)] for place in range(count(entry.template))]
        # By the words alone: of two templates that give one text either will do.
        expected = fill(entry.korean, {f"v{place}": value for place, value in enumerate(values)})
        assert told(filled(entry.template, values), "ko") == expected, entry.template


@given(st.data())
def test_values_are_kept_whole(data):
    entry = data.draw(st.sampled_from([entry for entry in ENTRIES if entry.weight >= 20]))
    quoted = st.text(st.characters(exclude_categories=["Cs", "Cc", "L"]), max_size=12).map(repr)
    values = [data.draw(quoted) for _ in range(count(entry.template))]
    korean = told(filled(entry.template, values), "ko")
    for value in values:
        assert value in korean


def test_every_text_without_values_is_told_as_it_stands_in_the_file():
    whole = refusals.table().whole
    assert {english: told(english, "ko") for english in whole} == whole


def test_english_stays_to_the_letter():
    error = InvalidValue("'x' is not a date", hint="check the year")
    assert said(error, "en") == str(error)
    assert told("'x' is not a date", "en") == "'x' is not a date"


def test_an_error_is_told_with_what_to_do_in_brackets():
    error = SagwanError("there is no authority 'x'", hint="sagwan authority list shows them")
    assert said(error, "ko") == "'x' 기관이 없습니다 (sagwan authority list가 보여 줍니다)"
    assert said(SagwanError("no such request"), "ko") == "그런 요청이 없습니다"


def test_particles_follow_the_value():
    assert told("'서울'  is not a slug".replace("  ", " "), "ko") == "'서울'은 슬러그가 아닙니다"
    assert told("'마포' is not a slug", "ko") == "'마포'는 슬러그가 아닙니다"


def test_the_template_that_says_most_is_taken():
    text = "counsel.kim proposed the decision and cannot release what it grants"
    assert told(text, "ko").endswith("결정을 제안한 사람이므로 그 자료를 제공할 수 없습니다")


def test_the_place_before_a_text_that_was_passed_on_stays():
    assert told("row 7: note is empty", "ko") == "row 7: 메모가 비어 있습니다"


def test_a_value_that_is_a_text_itself_is_told_in_korean_too():
    assert (
        told("counsel.kim may not approve a vetting", "ko") == "counsel.kim은 할 수 없습니다: 기관 검증 승인"
    )


def test_slugs_get_the_names_that_the_reader_gives_them():
    def name(slug: str) -> str:
        return {"under-review": "검토 중"}.get(slug, slug)

    text = "disclose is not possible while the request is under-review"
    assert told(text, "ko", name) == "요청이 검토 중 상태일 때는 할 수 없는 일입니다: disclose"


def test_what_nobody_translated_stays_english():
    for text in ("nobody ever wrote such a sentence", "a horse is a horse, of course", "", ": ", "a: b: c"):
        assert told(text, "ko") == text
        assert not refusals.known(text)


def test_a_text_that_is_too_long_to_be_compared_stays_english():
    fits, too_long = ("'" + "x" * length + "' is not a date" for length in (100, refusals.LONGEST))
    assert told(fits, "ko") != fits
    assert told(too_long, "ko") == too_long


def test_only_so_many_places_before_a_text_are_looked_behind():
    def placed(times: int) -> str:
        return "place: " * times + "no such request"

    assert told(placed(refusals.STARTS), "ko").endswith("그런 요청이 없습니다")
    assert told(placed(refusals.STARTS + 1), "ko") == placed(refusals.STARTS + 1)


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        (
            "no checkpoint can be read: signature line of 'a.invalid/b': 'x:y' is not base64",
            "체크포인트를 읽을 수 없습니다: 'a.invalid/b'의 서명 줄: 'x:y'는 base64가 아닙니다",
        ),
        (
            "checkpoint of 'a.invalid/b': root: 'x' is not base64",
            "'a.invalid/b'의 체크포인트: 루트: 'x'는 base64가 아닙니다",
        ),
        (
            "note: no signature by a known key; signed by a.invalid+01, known are none; "
            "signed by another key of the same name, +01; "
            "no handover leads to it from the key that you trust: ask the provider in another way",
            "서명 문서(note): 알려진 키의 서명이 없습니다. 서명한 키: a.invalid+01, 알려진 키: 없음. "
            "이름이 같은 다른 키 +01의 서명입니다. 신뢰하는 키에서 그 키로 이어지는 승계 문서가 없습니다. "
            "다른 경로로 사업자에게 물으십시오",
        ),
    ],
)
def test_a_text_within_a_text_is_told_and_so_is_what_it_stands_in(english: str, korean: str) -> None:
    assert refusals.told(english, "ko") == korean


def test_a_column_keeps_its_name_though_the_word_has_a_korean_one():
    told_all = told("t, line 1: not the header of a claims table: lacks note; has twice value", "ko")
    assert told_all.endswith("없는 열: note; 두 번 있는 열: value")


def test_a_folder_without_a_report_is_told_in_a_sentence_of_its_own():
    assert told("/etc holds no report", "ko") == "/etc에 보고서가 없습니다"
    assert told("/etc holds no report of 2016H1", "ko") == "/etc에 2016H1 보고서가 없습니다"
