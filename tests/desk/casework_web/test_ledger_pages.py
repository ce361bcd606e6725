"""A file of requests in the browser: looked at row by row, taken in once, finished ones by two people."""

import csv
import html
import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

import tests.support.django_ready  # noqa: F401
from sagwan.desk.casework import taking_in_ledger
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.queries import story
from sagwan.desk.intake import models
from sagwan.desk.journal.models import Event
from sagwan.desk.setup import current
from tests.desk.intake.ledgers import MAPPING
from tests.desk.intake.test_ledger import BAD, old_ledger
from tests.support.home import check
from tests.support.people import Visitor

Visit = Callable[..., Visitor]
HEADER = "service,instrument,data,authority,case_number,targets"
OPEN = "kakao,search-and-seizure-warrant,content,가상서울경찰서,열린-{n},account:raven-{n}"


def plain(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows)).encode()


def three() -> bytes:
    return plain(*(OPEN.format(n=n) for n in range(3)))


def bring(person: Visitor, name: str, data: bytes, mapping: str = "") -> str:
    """The address of the report."""
    files = {"file": SimpleUploadedFile(name, data)}
    if mapping:
        files["mapping"] = SimpleUploadedFile("ledger.toml", mapping.encode())
    answer = person.post("/ledgers/", files)
    assert answer.status_code == 302, text_of(answer)
    return answer["Location"]


def text_of(answer: object) -> str:
    return html.unescape(answer.content.decode())  # type: ignore[attr-defined]


def test_a_file_without_fault_is_taken_in_once(visitor: Visit) -> None:
    yoon, before = visitor("yoon"), Case.objects.count()
    address = bring(yoon, "a.csv", three())
    assert Case.objects.count() == before, "a look takes nothing in"
    page = text_of(yoon.get(address))
    assert "Take all of them in" in page and "What is wrong" not in page
    seen = {"good": 3, "bad": 0}
    assert yoon.post(address, seen)["Location"] == address
    assert yoon.post(address, seen)["Location"] == address
    assert Case.objects.count() == before + 3
    page = text_of(yoon.get(address))
    numbers = list(Case.objects.filter(filed_by="yoon").values_list("number", flat=True))
    assert len(numbers) == 3 and all(number in page for number in numbers)
    assert models.DraftFile.objects.count() == 0, "the file is kept no longer"
    assert yoon.get(f"{address}report/").status_code == 404
    assert check(current()) == []


def test_wrong_rows_are_told_cell_by_cell_and_taking_the_others_is_asked(visitor: Visit) -> None:
    yoon, before = visitor("yoon"), Case.objects.count()
    rows = (OPEN.format(n=1), OPEN.format(n=2).replace("content", "diary"), OPEN.format(n=3))
    address = bring(yoon, "a.csv", plain(*rows))
    page = text_of(yoon.get(address))
    assert "diary" in page and "All or none is the rule" in page and "Take in the 2 that are right" in page
    assert "Take all of them in" not in page
    table = list(csv.reader(io.StringIO(yoon.get(f"{address}report/").content.decode("utf-8-sig"))))
    assert table[0] == ["row", "column", "value", "what is wrong", "what to do"]
    assert table[1][:3] == ["3", "data", "diary"] and table[1][4]
    bad = list(csv.reader(io.StringIO(yoon.get(f"{address}bad-rows/").content.decode("utf-8-sig"))))
    assert len(bad) == 2 and "diary" in bad[1]
    assert yoon.post(address, {"good": 3, "bad": 0})["Location"] == address
    assert Case.objects.count() == before, "another page than this was seen: nothing is done"
    yoon.post(address, {"good": 2, "bad": 1})
    assert Case.objects.count() == before + 2
    assert "1 rows were left out" in text_of(yoon.get(address))
    mended = [cell.replace("diary", "content") for cell in bad[1]]
    again = io.StringIO(newline="")
    csv.writer(again).writerows([bad[0], mended])
    address = bring(yoon, "mended.csv", again.getvalue().encode())
    yoon.post(address, {"good": 1, "bad": 0})
    assert Case.objects.count() == before + 3


def test_500_old_requests_with_7_bad_rows_take_two_people(visitor: Visit) -> None:
    seo, lee, before = visitor("seo"), visitor("lee"), Case.objects.count()
    address = bring(seo, "대장.xlsx", old_ledger().getvalue(), MAPPING)
    page = text_of(seo.get(address))
    for _, (_, value, column, _) in BAD.items():
        assert str(value) in page and column in page
    assert page.count('<th scope="row"><span class="topic">Row </span>') == 7
    assert lee.get(address).status_code == 404, "nobody sees it before it is handed over"
    seen = {"good": 493, "bad": 7}
    seo.post(address, seen)
    assert Case.objects.count() == before, "not without a second person"
    seo.post(address, seen | {"hand-over": "1"})
    assert "Waiting for an approver" in text_of(lee.get("/ledgers/"))
    assert "A file of requests waits for you." in text_of(lee.get("/"))
    assert seo.get(f"{address}approve/").status_code == 403
    assert "decided the requests that ended long ago" in text_of(lee.get(f"{address}approve/"))
    lee.forget_freshness()
    assert "/again/" in lee.post(f"{address}approve/", seen)["Location"]
    lee = visitor("lee")
    assert lee.post(f"{address}approve/", seen)["Location"] == address
    assert Case.objects.count() == before + 493
    done = Case.objects.filter(filed_by="seo", stage="resolved")
    assert done.count() == sum(n % 10 != 0 and n not in BAD for n in range(1, 501))
    told = story(current(), done.first().number)
    assert {event.type: event.actor for event, _ in told.events}["Approved"] == "lee"
    assert "taken in" in text_of(seo.get(address)) and "taken in" in text_of(lee.get(address))
    assert Event.objects.filter(stream="access/lee", type="Viewed").exists()


def test_intake_alone_cannot_decide_what_is_over(visitor: Visit) -> None:
    yoon = visitor("yoon")
    address = bring(yoon, "a.xlsx", old_ledger().getvalue(), MAPPING)
    page = text_of(yoon.get(address))
    assert "only be brought by counsel" in page and "Let an approver" not in page
    yoon.post(address, {"good": 493, "bad": 7, "hand-over": "1"})
    assert not taking_in_ledger.waiting(current())


def test_what_waits_can_be_sent_back_or_taken_back(visitor: Visit) -> None:
    seo, lee = visitor("seo"), visitor("lee")
    row = f"{OPEN.format(n=1)},refused,2016-01-02,no-legal-obligation".replace(
        "kakao,search-and-seizure-warrant,content", "kakao,subscriber-information,subscriber"
    )
    data = f"{HEADER},outcome,received_on,reason\n{row}".encode()
    address = bring(seo, "a.csv", data)
    for end in (
        lambda: lee.post(f"{address}approve/", {"back": "1"}),
        lambda: seo.post(address, {"back": "1"}),
    ):
        seo.post(address, {"good": 1, "bad": 0, "hand-over": "1"})
        assert len(taking_in_ledger.waiting(current())) == 1
        end()
        assert taking_in_ledger.waiting(current()) == []
    assert lee.get(address).status_code == 404
    seo.post(address, {"discard": "1"})
    assert models.Draft.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"", "a.csv"),
        ("a.csv", b"one,two\n1,2", "lacks the column"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "neither CSV, workbook"),
        ("a.xlsx", b"PK\x03\x04 and no more", "a.xlsx"),
    ],
)
def test_a_file_that_is_none_is_refused_with_its_reason(
    name: str, data: bytes, said: str, visitor: Visit
) -> None:
    answer = visitor("yoon").post("/ledgers/", {"file": SimpleUploadedFile(name, data or b"\n")})
    assert answer.status_code == 200 and said in text_of(answer)
    assert models.Draft.objects.count() == 0


def test_a_file_past_the_bounds_says_what_to_do(visitor: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_in_ledger, "MOST_ROWS", 2)
    answer = visitor("yoon").post("/ledgers/", {"file": SimpleUploadedFile("a.csv", three())})
    assert "more than 2 rows" in text_of(answer) and "sagwan receive --file" in text_of(answer)


def test_a_template_has_the_columns_of_its_law_and_comes_back_in(visitor: Visit) -> None:
    yoon = visitor("yoon")
    address = "/ledgers/template/search-and-seizure-warrant"
    names = next(csv.reader(io.StringIO(yoon.get(f"{address}/csv/").content.decode("utf-8-sig"))))
    assert "case_number" in names and "paper.creation-period" in names
    book = load_workbook(io.BytesIO(yoon.get(f"{address}/xlsx/").content))
    sheet = book.active
    assert [cell.value for cell in sheet[1]] == names and sheet.cell(2, 1).number_format == "@"
    filled = dict(zip(HEADER.split(","), OPEN.format(n=9).split(","), strict=True))
    for place, name in enumerate(names, 1):
        sheet.cell(2, place).value = filled.get(name)
    out = io.BytesIO()
    book.save(out)
    page = text_of(yoon.get(bring(yoon, "mine.xlsx", out.getvalue())))
    assert "Take all of them in" in page
    assert yoon.get("/ledgers/template/nothing/csv/").status_code == 404
    assert yoon.get("/ledgers/template/search-and-seizure-warrant/exe/").status_code == 404


def test_a_file_that_came_in_meanwhile_is_not_taken_twice(visitor: Visit) -> None:
    yoon, seo = visitor("yoon"), visitor("seo")
    mine, theirs = bring(yoon, "a.csv", three()), bring(seo, "b.csv", three())
    seen = {"good": 3, "bad": 0}
    yoon.post(mine, seen)
    before = Case.objects.count()
    seo.post(theirs, seen)
    assert Case.objects.count() == before
    assert "as request" in text_of(seo.get(theirs))
