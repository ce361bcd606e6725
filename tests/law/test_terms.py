"""How long and how often: the law's numbers on holds, notice put off, and what an emergency may give."""

from dataclasses import replace
from datetime import date

import pytest

from sagwan.law import terms
from sagwan.law.errors import LawPackError, TermNotAllowed
from sagwan.law.library import pack_bytes
from sagwan.law.model import ProviderNotice
from sagwan.law.pack import Pack
from sagwan.law.parse import load_pack
from sagwan.record.vocabulary import DataCategory

TODAY = date(2026, 10, 10)
PRESERVE = "preservation-request"


def test_a_first_term_and_one_extension(kr: Pack):
    instrument = kr.instrument_on(PRESERVE, TODAY)
    terms.check_hold(instrument, TODAY, date(2026, 12, 8))  # sixty days, the first and the last included
    with pytest.raises(TermNotAllowed, match="longer than 60 days") as refused:
        terms.check_hold(instrument, TODAY, date(2026, 12, 9))
    assert "2026-12-08" in refused.value.hint and "215-2" in refused.value.message
    terms.check_extension(instrument, date(2026, 12, 8), date(2027, 1, 7))
    with pytest.raises(TermNotAllowed, match="longer than 30 days"):
        terms.check_extension(instrument, date(2026, 12, 8), date(2027, 1, 8))


def test_other_packs_can_say_ninety_and_ninety(kr: Pack):
    instrument = kr.instrument_on(PRESERVE, TODAY)
    assert instrument.hold is not None
    longer = replace(instrument, hold=replace(instrument.hold, days=90, extension=90))
    terms.check_hold(longer, TODAY, date(2027, 1, 7))
    terms.check_extension(longer, date(2027, 1, 7), date(2027, 4, 7))
    none = replace(instrument, hold=replace(instrument.hold, extension=0))
    with pytest.raises(TermNotAllowed) as refused:
        terms.check_extension(none, date(2026, 12, 8), date(2026, 12, 9))
    assert refused.value.hint == "this law knows no extension"


def test_only_a_request_to_preserve_has_a_hold(kr: Pack):
    with pytest.raises(TermNotAllowed, match="asks for no hold"):
        terms.check_hold(kr.instrument_on("search-and-seizure-warrant", TODAY), TODAY, TODAY)


def test_the_hold_is_as_long_as_the_longest_period_on_paper(kr: Pack):
    """Two rules say the same of one article; they must not come apart."""
    instrument = kr.instrument_on(PRESERVE, TODAY)
    limits = {limit.item: limit.days for limit in instrument.limits}
    assert instrument.hold is not None
    assert limits == {
        "preservation-period": instrument.hold.days, "extension-period": instrument.hold.extension
    }  # fmt: skip


def test_notice_is_put_off_on_the_laws_grounds_only(kr: Pack):
    instrument = kr.instrument_on("subscriber-information", TODAY)
    with pytest.raises(TermNotAllowed, match="'mood' is no ground") as refused:
        terms.check_deferral(instrument, "mood", TODAY, ())
    assert "justice" in refused.value.hint
    with pytest.raises(TermNotAllowed, match="no ground"):
        terms.check_deferral(kr.instrument_on("search-and-seizure-warrant", TODAY), "life", TODAY, ())


def test_notice_is_put_off_twice_three_months_at_most(kr: Pack):
    instrument = kr.instrument_on("subscriber-information", TODAY)
    first, second = date(2027, 1, 10), date(2027, 4, 10)
    terms.check_deferral(instrument, "justice", first, ())
    with pytest.raises(TermNotAllowed, match="until 2027-01-11"):
        terms.check_deferral(instrument, "justice", date(2027, 1, 11), ())
    terms.check_deferral(instrument, "justice", second, (("justice", first),))
    with pytest.raises(TermNotAllowed, match="put off 2 times"):
        terms.check_deferral(
            instrument, "justice", date(2027, 5, 1), (("justice", first), ("justice", second))
        )
    terms.check_deferral(instrument, "security", date(2030, 1, 1), (("justice", first),))  # no number there


@pytest.mark.parametrize(
    ("instrument", "day"),
    [
        ("search-and-seizure-warrant", TODAY),
        ("communication-restriction", TODAY),
        ("subscriber-information", date(2016, 3, 3)),
        (PRESERVE, TODAY),
    ],
)
def test_the_provider_tells_nobody_unless_the_pack_says_so(kr: Pack, instrument: str, day: date):
    found = kr.instrument_on(instrument, day)
    with pytest.raises(TermNotAllowed, match="does not tell"):
        terms.check_provider_notice(found)
    with pytest.raises(TermNotAllowed, match="says nothing"):
        terms.check_provider_notice(replace(found, notice=()))
    for word in (ProviderNotice.MAY, ProviderNotice.MUST):
        terms.check_provider_notice(replace(found, notice=(replace(found.notice[0], provider=word),)))


def test_an_emergency_gives_what_its_variant_says_until_the_paper_comes(kr: Pack):
    found = kr.instrument_on("communication-confirmation", TODAY)
    access, traffic = DataCategory.ACCESS, DataCategory.TRAFFIC
    assert found.emergency is not None
    terms.check_emergency(found, (access, traffic), paper_came=False)  # the act makes no difference
    narrow = replace(found, emergency=replace(found.emergency, data=(access,)))
    terms.check_emergency(narrow, (access,), paper_came=False)
    with pytest.raises(TermNotAllowed, match="traffic data may not go out in an emergency") as refused:
        terms.check_emergency(narrow, (access, traffic), paper_came=False)
    assert "permission" in refused.value.hint
    terms.check_emergency(narrow, (access, traffic), paper_came=True)


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2026, 10, 10), 3, date(2027, 1, 10)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
    ],
)
def test_months_end_with_the_month(day: date, months: int, last: date):
    assert terms.add_months(day, months) == last


def test_a_reason_is_named_for_a_part(kr: Pack):
    partly = kr.partly("search-and-seizure-warrant", TODAY)
    assert partly["retention-expired"] == "partly-expired"
    assert partly["scope-narrowed"] == "scope-narrowed"
    assert "document-defective" not in partly
    assert "part-not-covered" in partly.values()


def changed(before: str, after: str) -> bytes:
    text = pack_bytes("kr").decode()
    assert before in text
    return text.replace(before, after, 1).encode()


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('partly = "partly-expired"', 'partly = "expired"', r"reason\[\d+\]\.partly: 'expired' is no reason"),
        ('paper = "permit-cover"', 'paper = "cover"', "'cover' is not a document item"),
        ('paper = "permit-cover"\n', "", "paper: is missing from a clock of kind hours met by paper"),
        ('met_by = "hold"', 'met_by = "luck"', "'luck' is unknown"),
        ('met_by = "hold"', 'met_by = "hold"\npaper = "scope"', "does not go with a clock .* met by hold"),
        ("extension = 30", "extension = -1", "must be a whole number"),
        ("times = 2, months = 3", "times = 2, weeks = 3", "weeks"),
    ],
)
def test_new_keys_are_read_strictly(before: str, after: str, says: str):
    with pytest.raises(LawPackError, match=says):
        load_pack(changed(before, after))
