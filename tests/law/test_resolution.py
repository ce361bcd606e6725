"""Outcome, reason and data: what may stand together, and what the refusal to accept it names."""

from datetime import date

import pytest

from sagwan.law.errors import NotInForce, ResolutionNotAllowed, UnknownInstrument
from sagwan.law.pack import Pack
from sagwan.record.vocabulary import DataCategory, Outcome

IN_2016 = date(2016, 3, 3)
WARRANT, SUBSCRIBER = "search-and-seizure-warrant", "subscriber-information"
CONTENT = (DataCategory.CONTENT,)


@pytest.mark.parametrize(
    ("instrument", "outcome", "reason", "data"),
    [
        (WARRANT, Outcome.COMPLIED, None, CONTENT),
        (WARRANT, Outcome.COMPLIED, "-", CONTENT),
        (WARRANT, Outcome.PARTIAL, "scope-narrowed", CONTENT),
        (WARRANT, Outcome.PARTIAL, "partly-expired", CONTENT),
        (WARRANT, Outcome.REFUSED, "document-defective", ()),
        (WARRANT, Outcome.NO_DATA, "retention-expired", ()),
        (WARRANT, Outcome.NO_DATA, "account-closed", ()),
        (WARRANT, Outcome.NO_DATA, "identifier-insufficient", ()),
        (WARRANT, Outcome.WITHDRAWN, "withdrawn-by-authority", ()),
        (SUBSCRIBER, Outcome.REFUSED, "no-legal-obligation", ()),
    ],
)
def test_what_may_be(kr: Pack, instrument: str, outcome: Outcome, reason: str | None, data):
    kr.check_resolution(instrument, outcome, reason, data, IN_2016)


@pytest.mark.parametrize(
    ("instrument", "outcome", "reason", "data", "says"),
    [
        (WARRANT, Outcome.COMPLIED, "scope-narrowed", CONTENT, "complied has no reason"),
        (WARRANT, Outcome.COMPLIED, None, (), "names no data"),
        (WARRANT, Outcome.PARTIAL, None, CONTENT, "scope-narrowed, partly-expired"),
        (WARRANT, Outcome.PARTIAL, "scope-narrowed", (), "names no data"),
        (WARRANT, Outcome.REFUSED, "no-legal-obligation", (), "document-defective"),
        (WARRANT, Outcome.REFUSED, "retention-expired", (), "document-defective"),
        (WARRANT, Outcome.REFUSED, "because", (), "'because' is not a reason"),
        (WARRANT, Outcome.NO_DATA, "-", (), "no reason is given"),
        (WARRANT, Outcome.NO_DATA, "retention-expired", CONTENT, "no-data discloses nothing"),
        (SUBSCRIBER, Outcome.COMPLIED, None, CONTENT, "only subscriber"),
    ],
)
def test_what_may_not_be(kr: Pack, instrument: str, outcome: Outcome, reason: str | None, data, says: str):
    with pytest.raises(ResolutionNotAllowed, match=says):
        kr.check_resolution(instrument, outcome, reason, data, IN_2016)


def test_every_instrument_has_a_reason_for_every_outcome_but_complied(kr: Pack):
    today = date(2026, 10, 10)
    for instrument in kr.instruments:
        for outcome in set(Outcome) - {Outcome.COMPLIED}:
            slugs = [reason.slug for reason in kr.reasons_for(instrument.slug, outcome, today)]
            assert slugs and len(set(slugs)) == len(slugs), (instrument.slug, outcome)
        assert kr.reasons_for(instrument.slug, Outcome.COMPLIED, today) == ()


def test_preserving_names_what_is_kept(kr: Pack):
    """An opening line of a request that was complied with names its data; here it is what is kept."""
    today = date(2026, 10, 10)
    kr.check_resolution("preservation-request", Outcome.COMPLIED, None, CONTENT, today)
    with pytest.raises(ResolutionNotAllowed, match="names no data") as refused:
        kr.check_resolution("preservation-request", Outcome.COMPLIED, None, (), today)
    assert refused.value.hint.startswith("name what was kept")


def test_a_reason_holds_from_its_day(kr: Pack):
    restriction = "communication-restriction"
    kr.check_resolution(restriction, Outcome.REFUSED, "not-real-time", (), date(2016, 10, 13))
    with pytest.raises(ResolutionNotAllowed):
        kr.check_resolution(restriction, Outcome.REFUSED, "not-real-time", (), date(2016, 10, 12))


def test_no_such_instrument_or_not_yet(kr: Pack):
    with pytest.raises(UnknownInstrument):
        kr.check_resolution("subpoena", Outcome.COMPLIED, None, CONTENT, IN_2016)
    with pytest.raises(NotInForce):
        kr.check_resolution("preservation-request", Outcome.COMPLIED, None, CONTENT, IN_2016)
