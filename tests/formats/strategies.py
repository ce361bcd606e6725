"""Generators of valid values for the tests of the formats."""

from hypothesis import strategies as st

from sagwan.formats.opening import Opening
from sagwan.formats.report import Report, Restated
from sagwan.formats.tally import BASE_MEASURES
from sagwan.record.vocabulary import DataCategory, LineKind, Mark, Outcome, WithheldReason

slugs = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True)
jurisdictions = st.sampled_from(["KR", "EU", "JP", "US"])
periods = st.builds(lambda y, h: f"{y:04d}H{h}", st.integers(2010, 2030), st.sampled_from([1, 2]))
counts = st.integers(0, 10**9)


def hexes(digits: int):
    return st.integers(0, 16**digits - 1).map(lambda n: f"{n:0{digits}x}")


def subsets(words):
    return st.sets(st.sampled_from(list(map(str, words)))).map(lambda s: tuple(sorted(s)))


@st.composite
def openings(draw) -> Opening:
    """Any line that the grammar allows."""
    kind = draw(st.sampled_from(list(LineKind)))
    common = {
        "salt": draw(hexes(32)),
        "kind": kind,
        "request": draw(hexes(16)),
        "period": draw(periods),
        "private": draw(hexes(64)),
    }
    if kind in (LineKind.COVER, LineKind.REPORT):
        instrument = "-" if kind is LineKind.COVER else draw(periods).lower()
        return Opening(
            **common, service="-", jurisdiction="-", instrument=instrument, outcome="-", reason="-", data=(),
            accounts=0, marks=(),
        )  # fmt: skip
    outcome = "-"
    if kind is LineKind.RESOLVED or (kind is LineKind.CORRECTED and draw(st.booleans())):
        outcome = draw(st.sampled_from(list(map(str, Outcome))))
    disclosed = outcome in ("-", "complied", "partial")
    data = draw(subsets(DataCategory)) if disclosed else ()
    if outcome in ("complied", "partial") and not data:
        data = ("access",)
    return Opening(
        **common,
        service=draw(slugs),
        jurisdiction=draw(jurisdictions),
        instrument=draw(slugs),
        outcome=outcome,
        reason="-" if outcome in ("-", "complied") else draw(slugs),
        data=data,
        accounts=draw(counts) if disclosed else 0,
        marks=draw(subsets(Mark)),
        supersedes=draw(st.integers(0, 10**17)) if kind is LineKind.CORRECTED else None,
    )


measure_names = st.builds("{}.{}".format, st.sampled_from(["reason", "received", "resolved"]), slugs)
row_counts = st.builds(
    lambda base, extra: {**dict(zip(BASE_MEASURES, base, strict=True)), **dict(sorted(extra.items()))},
    st.tuples(*[counts] * len(BASE_MEASURES)),
    st.dictionaries(measure_names, st.integers(1, 10**6), max_size=3),
)
row_keys = st.tuples(slugs, jurisdictions, slugs)
rows = st.dictionaries(row_keys, row_counts, max_size=4).map(lambda r: dict(sorted(r.items())))
names = st.fixed_dictionaries({"ko": st.text(max_size=8), "en": st.text(max_size=8)})
restated = st.builds(Restated, periods, row_keys, st.sampled_from(BASE_MEASURES), counts, counts)

reports = st.builds(
    Report,
    provider=slugs,
    names=names,
    service_names=st.dictionaries(slugs, names, max_size=2),
    origin=st.text(min_size=1, max_size=20),
    period=periods,
    time_zone=st.just("Asia/Seoul"),
    batch_interval_hours=st.integers(1, 168),
    synthetic=st.booleans(),
    first=counts,
    cut=counts,
    rows=rows,
    withheld=st.fixed_dictionaries({str(reason): counts for reason in WithheldReason}),
    restated=st.lists(restated, max_size=3).map(tuple),
    stated=st.dictionaries(slugs, st.none() | st.integers(0, 99) | st.floats(0, 99), max_size=3),
)
