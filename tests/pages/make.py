"""Reports to make pages of: a plain one, and strategies for any."""

from typing import Any

from hypothesis import strategies as st

from sagwan.formats.report import Report, Restated
from sagwan.formats.tally import BASE_MEASURES
from sagwan.pages import Labels
from sagwan.record.vocabulary import Mark, WithheldReason

LABELS = Labels(
    instruments={"search-and-seizure-warrant": {"ko": "압수·수색영장", "en": "Search and seizure warrant"}},
    reasons={"retention-expired": {"ko": "보관 기간 지남", "en": "Retention had run out"}},
)
WARRANT = ("kakao", "KR", "search-and-seizure-warrant")


def counts(**given: int) -> dict[str, int]:
    named = {name.replace("_", "-"): count for name, count in given.items()}
    return {**dict.fromkeys(BASE_MEASURES, 0), **named}


def report(**changes: Any) -> Report:
    values: dict[str, Any] = {
        "provider": "kakao",
        "names": {"ko": "카카오", "en": "Kakao"},
        "service_names": {
            "kakao": {"ko": "카카오톡", "en": "KakaoTalk"},
            "daum": {"ko": "다음", "en": "Daum"},
        },
        "origin": "demo.invalid/kakao",
        "period": "2016H1",
        "time_zone": "Asia/Seoul",
        "batch_interval_hours": 24,
        "synthetic": False,
        "first": 0,
        "cut": 4064,
        "rows": {
            WARRANT: counts(
                requested=2255, processed=1809, complied=1809, no_data=446, accounts_disclosed=261884
            )
            | {"reason.retention-expired": 446, "received.emergency": 3, "resolved.emergency": 2},
            ("daum", "KR", "search-and-seizure-warrant"): counts(
                requested=1932, processed=1295, complied=1295
            ),
        },
        "withheld": dict.fromkeys(map(str, WithheldReason), 0),
        "stated": {},
    }
    return Report(**(values | changes))


slugs = st.from_regex(r"[a-z0-9-]{1,12}", fullmatch=True)
texts = st.text(max_size=20)
numbers = st.integers(0, 10**12)
names = st.fixed_dictionaries({"ko": texts, "en": texts})
extra = st.sampled_from(
    [
        *(f"received.{mark}" for mark in Mark),
        *(f"resolved.{mark}" for mark in Mark),
        "reason.retention-expired",
        "reason.x",
    ]
)
rows = st.dictionaries(
    st.tuples(slugs, st.sampled_from(["KR", "EU"]), slugs),
    st.builds(
        lambda base, more: base | more,
        st.fixed_dictionaries(dict.fromkeys(BASE_MEASURES, numbers)),
        st.dictionaries(extra, st.integers(1, 10**6), max_size=4),
    ),
    max_size=5,
)
restated = st.builds(
    Restated,
    st.sampled_from(["2014H2", "2015H1"]),
    st.tuples(slugs, st.just("KR"), slugs),
    st.sampled_from([*BASE_MEASURES, "reason.x", "received.emergency"]),
    numbers,
    numbers,
)
reports = st.builds(
    report,
    names=names,
    service_names=st.dictionaries(slugs, names, max_size=3),
    origin=texts,
    period=st.sampled_from(["2015H1", "2015H2", "2016H1"]),
    synthetic=st.booleans(),
    rows=rows,
    withheld=st.fixed_dictionaries({str(reason): st.integers(0, 9) for reason in WithheldReason}),
    restated=st.lists(restated, max_size=2).map(tuple),
    stated=st.dictionaries(slugs, st.none() | st.integers() | st.floats(0, 99), max_size=2),
)
