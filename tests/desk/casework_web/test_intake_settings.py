"""The home's `[intake]` holds wherever a document is looked at: at intake and in the portal."""

import html
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import tests.support.django_ready  # noqa: F401
from sagwan.desk.casework.queries import story
from sagwan.desk.home import load_home
from sagwan.desk.intake.errors import UnusableSettings
from sagwan.desk.intake.settings import home_settings
from sagwan.desk.people.actions import add_person
from sagwan.desk.setup import Desk
from sagwan.desk.web.config import web_config
from sagwan.desk.web.server import DeskServer
from tests.desk.casework_web.test_intake import ANSWERS, begin
from tests.desk.intake import pdfs
from tests.desk.intake.test_paper import WARRANT as TEXT
from tests.support.desk_site import furnish
from tests.support.home import make_home
from tests.support.people import Visitor

WARRANT = "search-and-seizure-warrant"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A home that knows one certificate authority and reads PDFs of one page."""
    folder = tmp_path / "home"
    (folder / "trust").mkdir(parents=True)
    (folder / "trust" / "root.pem").write_bytes(pdfs.root().pem)
    made = make_home(folder, intake={"trust_roots": ["trust/root.pem"], "max_pages": 1})
    for name, role in (("hong", "administrator"), ("yoon", "intake")):
        add_person(made, name=name, full_name=name, roles=(role,), actor="test", at=datetime.now(UTC))
    furnish(made)
    return made


def text_of(answer: object) -> str:
    return html.unescape(answer.content.decode())  # type: ignore[attr-defined]


def staff(documents: tuple[tuple[str, bytes], ...]) -> str:
    yoon = Visitor("yoon")
    draft = begin(yoon, *documents)
    yoon.post(draft, ANSWERS)
    return text_of(yoon.get(f"{draft}check/"))


def official(documents: tuple[tuple[str, bytes], ...]) -> str:
    park = Visitor("park-official")
    draft = park.post("/portal/new/", {"service": "kakao", "instrument": WARRANT})["Location"]
    files = [SimpleUploadedFile(name, data) for name, data in documents]
    park.post(draft, ANSWERS | {"documents": files})
    return text_of(park.get(f"{draft}check/"))


@pytest.mark.parametrize("door", [staff, official])
def test_signers_are_known_and_pages_are_bounded_at_both_doors(
    door: Callable[[tuple[tuple[str, bytes], ...]], str], desk: Desk
) -> None:
    signed = pdfs.signed(pdfs.text_pdf(TEXT), pdfs.root().signer("Judge Example"))
    page = door((("signed.pdf", signed), ("long.pdf", pdfs.text_pdf("one", "two"))))
    assert "the signature of Judge Example is valid" in page
    assert "long.pdf cannot be read" in page


def test_the_table_is_written_and_read_again_and_a_slip_is_named(desk: Desk, tmp_path: Path) -> None:
    home = load_home(desk.home.path)
    assert home.intake == {"trust_roots": ["trust/root.pem"], "max_pages": 1}
    assert home_settings(home).limits.pages == 1 and len(home_settings(home).trust_roots) == 1
    other = make_home(tmp_path / "other", intake={"max_page": 1})
    with pytest.raises(UnusableSettings, match="max_page"):
        home_settings(other.home)
    with pytest.raises(UnusableSettings, match="max_page"):
        DeskServer(web_config(other.home), port=0)


def test_what_an_official_brings_later_is_looked_at_too(desk: Desk) -> None:
    number = taken_by_official()
    park = Visitor("park-official")
    broken = SimpleUploadedFile("broken.pdf", b"%PDF-1.7 nothing")
    items = {name: value for name, value in ANSWERS.items() if name.startswith("paper-")}
    answer = park.post(f"/portal/requests/{number}/paper/", items | {"documents": [broken]})
    assert answer.status_code == 302, text_of(answer)
    assert "document-unreadable" in story(desk, number).progress.state.findings


def taken_by_official() -> str:
    park = Visitor("park-official")
    draft = park.post("/portal/new/", {"service": "kakao", "instrument": WARRANT})["Location"]
    assert park.post(draft, ANSWERS)["Location"] == f"{draft}check/"
    return park.post(f"{draft}check/")["Location"].split("/")[-2]
