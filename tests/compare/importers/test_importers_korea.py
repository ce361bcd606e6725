import json

import pytest

from sagwan.compare import Exact, SourceKind
from sagwan.compare.value import State

from .make import some, take, the

WARRANT = "Search and seizure\n         warrant"


def report(
    corp: str, category: str, requests: object, processes: object, accounts: object, etc: object = None
):
    return {
        "serviceCorp": corp,
        "category": category,
        "enCategory": category,
        "year": "2016",
        "halfYear": "상반기",
        "numberOfRequests": requests,
        "numberOfProcesses": processes,
        "numberOfAccounts": accounts,
        "etc": etc,
    }


def kakao(*reports: object) -> str:
    document = {"success": True, "data": {"year": "2016", "halfYear": "first", "reports": list(reports)}}
    return json.dumps(document, ensure_ascii=False)


def test_kakao_s_rows_by_service_and_category() -> None:
    taken = take(
        kakao(
            report("다음", WARRANT, 1932, 1295, 20876), report("카카오", "Comm. user information", 76, 0, 0)
        ),
        "h1.json",
    )
    assert (taken.format, taken.periods, taken.jurisdictions) == ("kakao", ("2016H1",), ("KR",))
    daum = some(taken, service="daum", category="search-and-seizure-warrant")
    assert {(c.metric, c.read, c.unit) for c in daum} == {
        ("requested", Exact(1932), "requests"),
        ("processed", Exact(1295), "requests"),
        ("accounts", Exact(20876), "accounts"),
    }
    assert {c.provider for c in taken.claims} == {"kakao"}
    assert the(taken, category="subscriber-information", metric="processed").read.code is State.ZERO


def test_a_number_in_brackets_is_the_follow_up() -> None:
    taken = take(kakao(report("카카오", "Comm. \n restricting measure", 15, 15, 15, "(4)")), "h1.json")
    follow = the(taken, part="stage=follow-up")
    assert (follow.metric, follow.value, follow.read) == ("processed", "(4)", Exact(4))
    odd = take(kakao(report("카카오", "Comm. \n restricting measure", 15, 15, 15, "four")), "h1.json")
    assert the(odd, part="stage=follow-up").read.code is State.UNREADABLE
    assert len(odd.unread) == 1


def test_null_is_not_zero_and_true_is_no_number() -> None:
    taken = take(kakao(report("카카오", WARRANT, None, True, 12.5)), "h1.json")
    assert [(c.value, c.read.code) for c in taken.claims] == [
        ("", State.NOT_REPORTED),
        ("True", State.UNREADABLE),
        ("12.5", State.UNREADABLE),
    ]


def test_a_category_and_a_service_that_are_new_are_kept() -> None:
    taken = take(kakao(report("멜론", "Cookies", 1, 1, 1)), "h1.json")
    assert {c.category for c in taken.claims} == {"cookies"}
    [service] = {c.service for c in taken.claims}
    assert (
        service.startswith("x-")
        and service != take(kakao(report("벅스", WARRANT, 1, 1, 1)), "h1.json").claims[0].service
    )
    assert [w.code for w in taken.warnings] == ["category"]


def naver(**fields: object) -> str:
    row = {
        "id": 1,
        "year": 2016,
        "period": "상반기",
        "warrantRequestCount": "3,975",
        "warrantRate": "85",
        **fields,
    }
    return json.dumps({"id": 74, "specificAreaJson": {"statistics": [row]}}, ensure_ascii=False)


def test_naver_s_texts_and_dashes() -> None:
    taken = take(
        naver(warrantProcessingCount="3387", commDataProvideCount="-", commRestrictionAverageCount="22"),
        "n.json",
    )
    assert (taken.format, taken.periods) == ("naver", ("2016H1",))
    assert the(taken, category="search-and-seizure-warrant", metric="requested").read == Exact(3975)
    assert the(taken, metric="compliance-percent").read == Exact(85)
    dash = the(taken, category="subscriber-information", metric="accounts")
    assert (dash.value, dash.read.code) == ("-", State.NOT_REPORTED)
    assert the(taken, metric="accounts-per-processed").unit == "average"


def test_a_half_that_is_none_leaves_its_row_unread() -> None:
    taken = take(naver(period="봄"), "n.json")
    assert (taken.claims, len(taken.unread)) == ((), 1)


def test_a_prepared_table_wide() -> None:
    taken = take(
        "service,period,category,requested,processed,accounts,compliance_percent,follow_up\n"
        '카카오,2016년 상반기,압수·수색영장,"2,255",1809,261884,80%,\n'
        "카카오,2016H1,통신제한조치,15,15,15,,4\n"
    )
    assert (taken.format, taken.periods, taken.unread, taken.warnings) == ("korea-table", ("2016H1",), (), ())
    warrants = some(taken, category="search-and-seizure-warrant")
    assert {(c.metric, c.read) for c in warrants} == {
        ("requested", Exact(2255)),
        ("processed", Exact(1809)),
        ("accounts", Exact(261884)),
        ("compliance-percent", Exact(80)),
    }
    assert the(taken, part="stage=follow-up").read == Exact(4)


def test_a_prepared_table_in_cp949() -> None:
    text = "service,period,category,requested\n네이버,2016년 상반기,통신자료,373\n"
    taken = take(text.encode("cp949"))
    assert the(taken, provider="naver", category="subscriber-information").read == Exact(373)
    assert [w.code for w in taken.warnings] == ["encoding"]


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_long_table(form: str) -> None:
    columns = ["platform", "service", "period", "category", "metric", "unit", "value"]
    rows = [
        ["Kakao", "Daum", "2016-H1", "seizure_warrant", "requests", "count", 1932],
        ["Naver", "", "2016-H1", "comm_restriction", "processed_rate", "percent", 100],
        ["Naver", "", "2016-H1", "comm_restriction", "accounts_per_processed", "average", 2.5],
    ]
    text = (
        json.dumps({"coverage": "2016-H1", "columns": columns, "rows": rows})
        if form == "json"
        else "\n".join(",".join(map(str, row)) for row in [columns, *rows])
    )
    taken = take(text, f"t.{form}")
    assert [(c.service, c.category, c.metric, c.unit, c.value) for c in taken.claims] == [
        ("daum", "search-and-seizure-warrant", "requested", "requests", "1932"),
        ("naver", "communication-restriction", "compliance-percent", "percent", "100"),
        ("naver", "communication-restriction", "accounts-per-processed", "average", "2.5"),
    ]


MINISTRY = (
    "period,category,authority,medium,documents,numbers,operators,source_url,source_publisher,source_date,note\n"
    '2016년 상반기,통신자료,,,"574,769","4,468,184",162,https://example.kr/1,"MSIP",2016-11-01,'
    "first release\n"
    "2016년 상반기,통신자료,경찰,,400000,3000000,,,,,\n"
    "2016년 상반기,통신자료,검찰,,174769,1468184,,,,,\n"
    "2016년 상반기,통신제한조치,국정원,인터넷,49,1579,,,,,\n"
)


def test_the_ministry_s_release() -> None:
    taken = take(MINISTRY)
    assert (taken.format, taken.warnings, taken.periods) == ("ministry", (), ("2016H1",))
    total = the(taken, category="subscriber-information", metric="documents", part="")
    assert (total.read, total.unit, total.source_kind) == (Exact(574769), "documents", SourceKind.MINISTRY)
    assert (total.source_url, total.source_publisher, total.source_date, total.note) == (
        "https://example.kr/1",
        "MSIP",
        "2016-11-01",
        "first release",
    )
    assert the(taken, part="authority=police", metric="numbers").requester == "police"
    assert the(taken, part="authority=nis;medium=internet", metric="numbers").read == Exact(1579)
    assert the(taken, metric="operators").read == Exact(162)


def test_a_column_that_no_table_may_hold_is_left_out_and_said_so() -> None:
    taken = take(MINISTRY.replace("2016-11-01", "last autumn"))
    assert {c.source_date for c in taken.claims} == {"2016-06-30"}
    assert {w.code for w in taken.warnings} == {"left-out"}


def test_authorities_that_do_not_add_up_are_warned_of() -> None:
    [warning] = take(MINISTRY.replace("400000,", "400001,")).warnings
    assert "574,769" in warning.text and "574,770" in warning.text


def test_minus_one_is_no_count_and_other_numbers_are_not_dropped() -> None:
    row = {**report("카카오", WARRANT, 273, 231, -1), "numberOfRooms": 7}
    taken = take(kakao(row), "h1.json")
    claim = the(taken, metric="accounts")
    assert (claim.value, claim.read.code) == ("-1", State.NOT_REPORTED)
    assert [(one.printed, one.spot.column) for one in taken.unread] == [("7", "numberOfRooms")]


def test_a_row_without_one_of_the_numbers_keeps_the_others_and_documents_may_stand_in_a_list() -> None:
    row = report("다음", WARRANT, 1, 2, 3)
    del row["numberOfRequests"]
    both = f"[{kakao(row, report('카카오', WARRANT, 4, 5, 6))}, {kakao(report('멜론', WARRANT, 7, 8, 9))}]"
    taken = take(both, "all.json")
    assert {claim.value for claim in taken.claims} == set("23456789")


def test_naver_s_new_fields_are_not_dropped_and_more_processed_than_asked_is_said() -> None:
    taken = take(
        naver(commDataRequestCount="0", commDataProcessingCount="6469", warrantLateCount="3"), "n.json"
    )
    assert [one.spot.column for one in taken.unread] == ["warrantLateCount"]
    [warning] = taken.warnings
    assert (warning.code, "6,469" in warning.text) == ("exceeds", True)
