from sagwan.compare import Band, Exact

from .make import some, take, the


def test_received_and_disclosed_by_year_and_by_half() -> None:
    head = "type,count_requests_received,count_disclosed"
    year = take(f"year,{head}\r\n2025,cross-border request,92,22\r\n")
    half = take(f"year,half,{head}\n2025,1,cross-border request ,40,9\n")
    assert (year.format, year.periods, half.periods) == ("github", ("2025",), ("2025H1",))
    assert {c.category for c in (*year.claims, *half.claims)} == {"cross-border-request"}
    claim = the(half, metric="processed")
    assert (claim.read, claim.process, claim.jurisdiction) == (Exact(9), "cross-border request ", "")


def test_more_disclosed_than_received_is_a_warning_and_no_error() -> None:
    taken = take("year,type,count_requests_received,count_disclosed\n2021,criminal court order,94,170\n")
    [warning] = taken.warnings
    assert (warning.code, len(taken.claims)) == ("exceeds", 2)
    assert "170" in warning.text and "94" in warning.text


def test_governments_by_code() -> None:
    taken = take("year,half,government,government_iso2_code,count\n2025,1,Korea,KR,10\n2025,1,Poland,PL,5\n")
    assert {(c.jurisdiction, c.read) for c in taken.claims} == {("KR", Exact(10)), ("PL", Exact(5))}


def test_accounts_and_notifications() -> None:
    accounts = take("year,count_accounts_affected\n2025,1249\n")
    assert the(accounts, metric="accounts", category="all").read == Exact(1249)
    notices = take(
        "year,half,type,count\n2025,1,exigent circumstances,12\n2025,1,notification,15\n2025,1,"
        "gag order,262\n",
        "user_notifications.csv",
    )
    assert {(c.metric, c.value) for c in notices.claims} == {
        ("not-notified-exigent", "12"),
        ("notified", "15"),
        ("gagged", "262"),
    }


def test_national_security_in_bands_by_months() -> None:
    taken = take(
        "year,month_range,type,count\n2025,Jul-Dec,National security letters and orders received,0-249\n"
        "2025,Jul-Dec,Affected accounts,1000-1249\n"
    )
    asked = the(taken, metric="requested")
    assert (asked.read, asked.rule, asked.period) == (Band(0, 249), "50-usc-1874-250", "2025H2")
    assert (asked.jurisdiction, asked.process_class) == ("US", "national-security")
    assert some(taken, metric="accounts", unit="range")
