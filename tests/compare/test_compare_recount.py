from sagwan.compare import Exact, Source, SourceKind, Status, compare, recount

from .make import claim, own

SOURCE = Source("acme", "2016H1", "https://acme.example/report/2016H1.json", "Acme", "2016-07-20")
KEY = ("mail", "KR", "search-and-seizure-warrant")
COUNTS = {"requested": 2255, "processed": 1809, "refused": 3, "accounts-disclosed": 261884, "follow-ups": 0}


def test_a_recount_is_preferred_over_all() -> None:
    result = compare([own(1909), claim(1909)], recounts=[recount({KEY: COUNTS}, SOURCE, synthetic=False)])
    figure = result.by_key[own(0).figure]
    assert (figure.status, figure.value) == (Status.DISPUTED, Exact(1809))
    assert figure.preferred is not None
    assert figure.preferred.source_kind is SourceKind.RECOUNTED
    assert figure.badges == ()


def test_a_synthetic_one_takes_no_part_and_is_shown_beside() -> None:
    claims = [own(1909), claim(1909)]
    taken = recount({KEY: COUNTS}, SOURCE, synthetic=True)
    assert taken.claims == ()
    without, beside = compare(claims), compare(claims, recounts=[taken])
    assert [f.figure for f in without.figures] == [f.figure for f in beside.figures]
    for plain, badged in zip(without.figures, beside.figures, strict=True):
        assert (plain.status, plain.value, plain.rivals) == (badged.status, badged.value, badged.rivals)
    [badge] = beside.by_key[own(0).figure].badges
    assert (badge.count, badge.label("en"), badge.label("ko")) == (
        1809,
        "recounted (synthetic)",
        "재집계(가상 자료)",
    )


def test_with_entries_withheld_the_counts_are_floors_and_no_claims() -> None:
    taken = recount({KEY: COUNTS}, SOURCE, synthetic=False, withheld=2)
    assert taken.claims == ()
    assert {badge.standing for badge in taken.badges} == {"recounted-floor"}


def test_follow_ups_are_counted_apart() -> None:
    counts = COUNTS | {"follow-ups": 4, "follow-up-accounts": 31}
    taken = recount({KEY: counts}, SOURCE, synthetic=False)
    values = {(c.metric, c.part): c.read for c in taken.claims}
    assert values["processed", ""] == Exact(1809)
    assert values["processed", "stage=follow-up"] == Exact(4)
    assert values["accounts", "stage=follow-up"] == Exact(31)
    plain = recount({KEY: COUNTS}, SOURCE, synthetic=False)
    assert not any(c.part for c in plain.claims)


def test_outcomes_and_reasons_are_counted_too() -> None:
    counts = COUNTS | {"no-data": 4, "withdrawn": 0, "reason.not-a-member": 3, "reason.defective-document": 0}
    taken = recount({KEY: counts}, SOURCE, synthetic=False)
    values = {(c.metric, c.part): c.read for c in taken.claims}
    assert values["no-data", ""] == Exact(4)
    assert values["withdrawn", ""] == Exact(0)
    assert values["reasons", "reason=not-a-member"] == Exact(3)
    assert ("reasons", "reason=defective-document") not in values
