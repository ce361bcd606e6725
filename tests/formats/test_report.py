"""A report's JSON and CSV: round trip, one form only, and clear refusals."""

import json

import pytest
from hypothesis import given

from sagwan.formats.errors import FormatError
from sagwan.formats.report import (
    Report,
    Restated,
    decode_csv,
    decode_json,
    encode_csv,
    encode_json,
    encode_restated_csv,
)
from sagwan.formats.tally import BASE_MEASURES

from .strategies import reports, rows

ROW = ("kakao", "KR", "subscriber-information")
REPORT = Report(
    provider="kakao",
    names={"ko": "카카오", "en": "Kakao"},
    service_names={"kakao": {"ko": "카카오", "en": "Kakao"}},
    origin="demo.invalid/kakao",
    period="2016H1",
    time_zone="Asia/Seoul",
    batch_interval_hours=24,
    synthetic=True,
    first=0,
    cut=2,
    rows={
        ROW: {
            **dict.fromkeys(BASE_MEASURES, 0),
            "requested": 76,
            "refused": 76,
            "reason.no-legal-obligation": 76,
        }
    },
    withheld={"non-disclosure-order": 0, "banded": 0, "lost": 0},
)


@given(reports)
def test_json_round_trip(report):
    data = encode_json(report)
    assert decode_json(data) == report
    assert encode_json(decode_json(data)) == data


@given(rows)
def test_csv_round_trip(table):
    data = encode_csv(table)
    assert decode_csv(data) == table
    assert encode_csv(decode_csv(data)) == data


def test_a_row_without_a_measure_shows_0_in_the_csv():
    other = ("daum", *ROW[1:])
    table = {other: dict.fromkeys(BASE_MEASURES, 1), **REPORT.rows}
    lines = encode_csv(table).decode().splitlines()
    assert lines[0].endswith("follow-up-accounts,reason.no-legal-obligation")
    assert lines[1] == "daum,KR,subscriber-information," + ",".join(["1"] * len(BASE_MEASURES)) + ",0"


def test_restated_rows_as_csv():
    data = encode_restated_csv((Restated("2015H2", ROW, "requested", 3, 4),))
    assert data == (
        b"period,service,jurisdiction,instrument,measure,before,after\n"
        b"2015H2,kakao,KR,subscriber-information,requested,3,4\n"
    )


def edit(change) -> bytes:
    document = json.loads(encode_json(REPORT))
    change(document)
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda d: d.pop("origin"), "report.origin"),
        (lambda d: d.update(extra=1), "report.extra"),
        (lambda d: d.update(format="sagwan-report/2"), "report.format"),
        (lambda d: d.update(period="2016H3"), "report.period"),
        (lambda d: d.update(synthetic=1), "report.synthetic"),
        (lambda d: d["entries"].update(cut=-1), "report.entries.cut"),
        (lambda d: d["entries"].update(cut=True), "report.entries.cut"),
        (lambda d: d["names"].pop("ko"), "report.names.ko"),
        (lambda d: d["withheld"].pop("lost"), "report.withheld.lost"),
        (lambda d: d["withheld"].update(mood=1), "report.withheld.mood"),
        (lambda d: d["rows"].append(d["rows"][0]), "report.rows\\[1\\]"),
        (lambda d: d["rows"][0]["counts"].pop("requested"), "report.rows\\[0\\].counts"),
        (lambda d: d["rows"][0]["counts"].update(issued=1), "counts.issued"),
        (lambda d: d["rows"][0]["counts"].update(requested="76"), "requested"),
        (lambda d: d["stated"].update(days="two"), "report.stated.days"),
        (lambda d: d["stated"].update(days=10**400), None),
    ],
)
def test_what_is_wrong_in_a_report_is_named(change, named):
    if named is None:
        assert decode_json(edit(change)).stated["days"] == 10**400
        return
    with pytest.raises(FormatError, match=named):
        decode_json(edit(change))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"\xff",
        b'{"format": 1, "format": 2}',
        encode_json(REPORT).replace(b'"stated": {}', b'"stated": {"a": NaN}'),
        encode_json(REPORT).replace(b'"stated": {}', b'"stated": {"a": 1e999}'),
        encode_json(REPORT).replace(b'"cut": 2', b'"cut": ' + b"9" * 5000),
        encode_json(REPORT).replace(b'"provider": "kakao"', b'"provider": "\\ud800"'),
        b"[" * 100_000,
    ],
)
def test_what_is_no_report_is_refused(data):
    with pytest.raises(FormatError):
        decode_json(data)


GOOD_CSV = encode_csv(REPORT.rows)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"service,instrument\n",
        GOOD_CSV.replace(b"requested", b"issued"),
        GOOD_CSV.replace(b",76,", b",-76,"),
        GOOD_CSV.replace(b",76,", b",,"),
        GOOD_CSV.replace(b",76,", b"," + b"9" * 5000 + b","),
        GOOD_CSV + GOOD_CSV.split(b"\n")[1] + b"\n",
        GOOD_CSV + b"kakao,KR\n",
        b"\xff" + GOOD_CSV,
        GOOD_CSV + b'"' + b"x" * 200_000,
    ],
)
def test_what_is_no_table_is_refused(data):
    with pytest.raises(FormatError):
        decode_csv(data)
