"""Files of requests: an old ledger comes in row by row, all or nothing, and nothing is back-dated."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from sagwan.desk.casework.queries import story
from sagwan.desk.intake.errors import UnusableFile
from sagwan.desk.intake.ledger import open_ledger
from sagwan.desk.intake.ledger_actions import judge_rows, take_in
from sagwan.desk.intake.ledger_bad import write_bad_rows
from sagwan.desk.journal.models import Event
from sagwan.desk.setup import Desk
from sagwan.record.errors import IllegalStep
from sagwan.record.state import Stage
from sagwan.record.vocabulary import Outcome
from tests.desk.intake.ledgers import TODAY, mapping, opened, plain, row, workbook
from tests.support.home import START, check, sealer

BAD: dict[int, tuple[int, object, str, str]] = {
    7: (1, "", "사건번호", "is empty"),
    50: (5, "감청", "구분", "is not a slug"),
    101: (8, "2015-02-30", "접수일", "no day of the calendar"),
    202: (9, date(2014, 1, 1), "결정일", "is before"),
    303: (13, "그냥", "사유", "not a reason"),
    404: (14, "둘", "제공 계정수", "not a number"),
    499: (12, "보류", "결과", "not an outcome"),
}
"""Row → (cell, what stands in it, the column that is named, what is said)."""


def old_ledger() -> io.BytesIO:
    rows = [row(number) for number in range(1, 501)]
    for number, (cell, value, _, _) in BAD.items():
        rows[number - 1][cell] = value
    return workbook(rows)


def test_500_old_requests_with_7_bad_rows(desk: Desk) -> None:
    ledger = opened(old_ledger(), words=mapping())
    report = ledger.check(judge_rows(desk, START))
    assert (report.rows, report.good, report.bad) == (500, 493, 7)
    assert report.finished == sum(n % 10 != 0 and n not in BAD for n in range(1, 501))
    assert report.earlier == {"2015H2": 493}
    said = {fault.line - 3: fault for fault in report.faults}
    assert said.keys() == BAD.keys() and len(report.faults) == 7
    for number, (_, _, column, problem) in BAD.items():
        assert said[number].column == column and problem in said[number].problem, said[number]
        assert said[number].hint, said[number]
    with pytest.raises(IllegalStep, match="nobody else approves"):
        take_in(desk, ledger, report, actor="kim", at=START, approved_by="kim")
    assert not Event.objects.filter(stream__startswith="request/").exists()

    taken = take_in(desk, ledger, report, actor="kim", at=START, approved_by="lee")
    assert [one.line for one in taken] == [n + 3 for n in range(1, 501) if n not in BAD]
    assert check(desk) == []
    times = set(Event.objects.filter(stream__startswith="request/").values_list("at", flat=True))
    assert times == {START}, "no event may bear a day of the past"
    by_line = {one.line - 3: one for one in taken}
    complied = story(desk, by_line[2].request).progress.state
    assert complied.stage is Stage.RESOLVED and complied.lines[-1].outcome is Outcome.COMPLIED
    assert complied.lines[-1].accounts == 2 and complied.ledger
    assert complied.ledger.authority == "가상경찰서 수사과"
    assert {k: v for k, v in complied.ledger.paper.items() if k.startswith("said-")} == {
        "said-received-on": "2015-07-03", "said-decided-on": "2015-07-06",
        "said-decided-by": "옛 담당", "said-approved-by": "옛 팀장",
    }  # fmt: skip
    assert complied.disclosed_targets == complied.asked_targets
    refused = story(desk, by_line[1].request).progress.state
    assert (refused.lines[-1].outcome, refused.lines[-1].reason) == (Outcome.REFUSED, "no-legal-obligation")
    assert story(desk, by_line[10].request).progress.state.stage is Stage.RECEIVED
    sealer(desk).run(START + timedelta(hours=1))
    assert check(desk) == []
    again = ledger.check(judge_rows(desk, START))
    assert again.good == 0 and again.bad == 500, "what is here already is not taken twice"
    assert ledger.check(judge_rows(desk, START, allow_duplicates=True)).good == 493


def test_the_same_case_number_of_another_authority_or_instrument_is_another_request(desk: Desk) -> None:
    def report(authority: str, case: str, instrument: str = "subscriber-information") -> int:
        ledger = plain(f"kakao;{instrument};subscriber;{authority};{case};;")
        found = ledger.check(judge_rows(desk, START))
        if found.good:
            take_in(desk, ledger, found, actor="kim", at=START)
        return found.good

    assert report("가상경찰서", "1") == 1
    assert report("가상경찰서", "1") == 0
    assert report("다른 경찰서", "1") == 1
    assert report("가상경찰서", "2") == 1
    assert report("가상경찰서", "1", "search-and-seizure-warrant") == 1


def test_the_bad_rows_are_written_as_they_were(desk: Desk) -> None:
    ledger = opened(old_ledger(), words=mapping())
    report = ledger.check(judge_rows(desk, START))
    out = io.StringIO()
    assert write_bad_rows(ledger, report, out) == 7
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert [int(one["row"]) - 3 for one in rows] == list(BAD)
    assert rows[2]["접수일"] == "2015-02-30" and "접수일: '2015-02-30'" in rows[2]["what is wrong"]
    assert rows[2]["담당자"] == "경위 101"
    again = opened(io.BytesIO(out.getvalue().encode()), "bad.csv", replace(mapping(), header_row=1))
    assert again.check(judge_rows(desk, START)).bad == 7, "brought again as they were, they are as wrong"


def test_a_row_that_may_not_be_leaves_nothing_behind(desk: Desk) -> None:
    """What fails in the last of several chunks undoes the first."""
    stream = workbook([row(2 * number + 2) for number in range(300)])
    ledger = opened(stream, words=mapping())
    report = ledger.check()
    with pytest.raises(Exception, match="no person 'nobody'"):
        take_in(desk, ledger, report, actor="kim", at=START, approved_by="nobody")
    assert not Event.objects.filter(stream__startswith="request/").exists()


def test_a_file_that_changes_between_the_two_looks_is_refused(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    lines = ["service,instrument,data,authority,case_number"]
    lines += [f"kakao,subscriber-information,subscriber,가상,{n}" for n in range(3)]
    file.write_text("\n".join(lines), "utf-8")
    with file.open("rb") as stream:
        ledger = open_ledger(stream, "a.csv", jurisdiction="KR", today=TODAY)
        report = ledger.check(judge_rows(desk, START))
        file.write_text("\n".join(lines[:3]), "utf-8")
        with pytest.raises(UnusableFile, match="changed while"):
            take_in(desk, ledger, report, actor="kim", at=START)
    assert not Event.objects.filter(stream__startswith="request/").exists()


def test_json_rows_may_be_finished_requests_too(desk: Desk) -> None:
    one = {
        "service": "kakao", "instrument": "search-and-seizure-warrant", "data": ["access"],
        "authority": "가상", "case_number": "1", "targets": ["account:a", "account:b"],
        "outcome": "partial", "reason": "partly-expired", "disclosed_data": ["access"],
        "disclosed_accounts": 1, "received_on": "2015-08-01",
    }  # fmt: skip
    withdrawn = {**one, "case_number": "2", "outcome": "withdrawn", "reason": "withdrawn-by-authority"}
    del withdrawn["disclosed_data"], withdrawn["disclosed_accounts"]
    stream = io.BytesIO("\n".join(map(json.dumps, (one, withdrawn))).encode())
    ledger = opened(stream, "a.jsonl")
    report = ledger.check(judge_rows(desk, START))
    assert report.faults == ()
    first, second = take_in(desk, ledger, report, actor="kim", at=START, approved_by="lee")
    partial = story(desk, first.request).progress.state
    assert partial.lines[-1].outcome is Outcome.PARTIAL and partial.disclosed_accounts == 1
    assert partial.disclosed_targets == (), "the ledger does not say whose data it was"
    assert story(desk, second.request).progress.state.stage is Stage.WITHDRAWN
    assert len(first.sealed) == len(second.sealed) == 2
