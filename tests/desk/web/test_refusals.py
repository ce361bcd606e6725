"""A refusal on a Korean page is Korean: in forms, in files' reports, on the command line."""

import csv
import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

import tests.support.django_ready  # noqa: F401
from sagwan.cli import errors
from sagwan.desk.intake.ledger_report import HEADER
from sagwan.desk.web.refusals import said, shown
from sagwan.record.errors import InvalidValue, SagwanError
from tests.support.people import Visitor

Visit = Callable[..., Visitor]
KO = {"HTTP_ACCEPT_LANGUAGE": "ko"}


def post_authority(visitor: Visit, **headers: str) -> str:
    """What the page says to the administrator who adds an authority that is there already."""
    form = {"slug": "seoul-gasang", "name_ko": "가", "name_en": "A", "kind": "police"}
    answer = visitor("hong").post("/authorities/add/", form, **headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_form_is_refused_in_the_language_of_its_page(visitor: Visit) -> None:
    assert "seoul-gasang 기관이 이미 있습니다" in post_authority(visitor, **KO)
    assert "there is an authority seoul-gasang already" in post_authority(visitor)


def test_a_file_s_report_is_korean_on_the_page_and_as_csv(visitor: Visit) -> None:
    yoon = visitor("yoon")
    header = "service,instrument,data,authority,case_number,targets"
    rows = f"{header}\nkakao,search-and-seizure-warrant,diary,가상,1,account:abc"
    brought = yoon.post("/ledgers/", {"file": SimpleUploadedFile("a.csv", rows.encode())}, **KO)
    assert brought.status_code == 302
    page = yoon.get(brought["Location"], **KO).content.decode()
    assert "diary" in page and "자료 종류" in page and "is not known" not in page
    report, bad = (
        list(
            csv.reader(
                io.StringIO(yoon.get(f"{brought['Location']}{name}/", **KO).content.decode("utf-8-sig"))
            )
        )
        for name in ("report", "bad-rows")
    )
    assert report[0] != list(HEADER) and len(report[0]) == len(HEADER)
    assert any("알 수 없습니다" in row[3] for row in report[1:])
    assert "알 수 없습니다" in bad[1][1]


def test_what_is_not_translated_says_that_it_is_english() -> None:
    with override("ko"):
        assert said(SagwanError("a <new> thing")) == '<span lang="en">a &lt;new&gt; thing</span>'
        assert shown("a new thing") == '<span lang="en">a new thing</span>'
        assert shown("") == ""
    with override("en"):
        assert said(SagwanError("a <new> thing")) == "a <new> thing"


def test_a_stage_is_called_by_its_name() -> None:
    refused = InvalidValue("disclose is not possible while the request is under-review")
    with override("ko"):
        assert "검토 중 상태" in said(refused)


@pytest.mark.parametrize(
    ("words", "variable", "korean"),
    [
        (["list", "--lang", "ko"], "", True),
        (["list", "--lang=ko"], "en", True),
        (["list"], "ko", True),
        (["list", "--lang", "en"], "ko", False),
        (["list"], "", False),
    ],
)
def test_a_command_is_refused_in_the_language_it_was_asked_in(
    words: list[str],
    variable: str,
    korean: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["sagwan", *words])
    monkeypatch.setenv("SAGWAN_LANG", variable)
    assert errors.report(InvalidValue("'x' is not a date", hint="check the year")) == 2
    english = "sagwan: error: 'x' is not a date\n  hint: check the year\n"
    said = capsys.readouterr().err
    assert said == (
        "sagwan: error: 'x'는 날짜가 아닙니다\n  hint: 연도를 확인하십시오\n" if korean else english
    )
