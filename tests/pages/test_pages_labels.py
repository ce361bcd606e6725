"""Words: every closed vocabulary has one, and a law pack's names are those of the day."""

from datetime import date

import pytest

from sagwan.formats.tally import BASE_MEASURES
from sagwan.law.library import builtin_pack
from sagwan.pages import Labels
from sagwan.pages.labels import MEANINGS, WITHHELD, WORDS
from sagwan.pages.lawnames import labels_on
from sagwan.publish.pages import DEFINED
from sagwan.record.vocabulary import Mark, Outcome, WithheldReason


def test_every_word_of_the_vocabularies_is_named():
    assert {*BASE_MEASURES, *map(str, Outcome), *map(str, Mark)} <= WORDS.keys()
    assert WITHHELD.keys() == set(map(str, WithheldReason))
    assert set(DEFINED) <= MEANINGS.keys()


def test_an_unknown_slug_is_shown_as_it_is():
    labels = Labels(instruments={"a": {"ko": "가"}})
    assert (labels.instrument("a", "ko"), labels.instrument("a", "en"), labels.reason("b", "en")) == (
        "가",
        "a",
        "b",
    )


@pytest.mark.parametrize(
    ("day", "name"), [(date(2016, 6, 30), "통신자료"), (date(2026, 6, 30), "통신이용자정보")]
)
def test_an_instrument_has_the_name_of_its_day(day, name):
    labels = labels_on(builtin_pack("kr"), day)
    assert labels.instrument("subscriber-information", "ko") == name
    assert labels.reason("no-legal-obligation", "en") == "the law does not oblige the provider"
