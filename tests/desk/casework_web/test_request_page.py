"""The page of one request, and the small steps from it."""

import hashlib
from collections.abc import Callable

import pytest

from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.small_steps import STEPS
from sagwan.desk.journal.models import Event
from sagwan.desk.setup import current
from sagwan.record import commands as ask
from sagwan.record.request import Document
from tests.desk.casework.make import TODAY, emergency, lacking, receive
from tests.support.home import START, filing
from tests.support.people import Visitor


def test_a_view_is_recorded_before_it_is_shown(visitor: Callable[..., Visitor]) -> None:
    number = receive(current(), filing("2016-seen"))
    answer = visitor("choi").get(f"/request/{number}/")
    assert answer.status_code == 200 and "2016-seen" in answer.content.decode()
    assert number in Event.objects.get(stream="access/choi", type="Viewed").public
    assert visitor("choi").get("/request/0000000000000000/").status_code == 404
    assert visitor("choi").get("/request/nonsense/targets/").status_code == 404


def test_every_small_step_opens_for_its_roles(visitor: Callable[..., Visitor]) -> None:
    number = receive(current(), lacking(), at=START)
    for step in STEPS:
        who = {"counsel": "seo", "intake": "yoon", "approver": "lee"}[step.roles[-1]]
        assert visitor(who).get(f"/request/{number}/{step.slug}/").status_code == 200, step.slug


def test_a_step_is_done_once_and_the_page_shows_it(visitor: Callable[..., Visitor]) -> None:
    number = receive(current(), lacking())
    seo = visitor("seo")
    assert seo.post(f"/request/{number}/take/", {"seq": 1})["Location"] == f"/request/{number}/"
    assert Case.objects.get(number=number).assigned == "seo"
    page = seo.get(f"/request/{number}/").content.decode()
    assert "item-missing:place" in page and "The request is yours." in page


def test_a_form_from_before_does_nothing_and_tells_what_happened(visitor: Callable[..., Visitor]) -> None:
    number = receive(current(), lacking())
    seo = visitor("seo")
    answer = {"seq": 1, "finding": "item-missing:place", "answer": "dismissed", "note": "My careful reason"}
    execute(current(), [Step(number, ask.AddNote("Kim was here first"), "kim", START)])
    page = seo.post(f"/request/{number}/finding/", answer).content.decode()
    assert "Kim was here first" in page and "My careful reason" in page
    assert Case.objects.get(number=number).seq == 2
    assert 'name="seq" value="2"' in page
    assert seo.post(f"/request/{number}/finding/", answer | {"seq": 2}).status_code == 302
    assert Case.objects.get(number=number).seq == 3


def test_one_click_and_one_page_mark_a_forgery(visitor: Callable[..., Visitor]) -> None:
    number = receive(current(), emergency(), at=TODAY)
    yoon = visitor("yoon")
    page = yoon.get(f"/request/{number}/suspect/").content.decode()
    assert "nothing goes out" in page and not Case.objects.get(number=number).suspected
    assert yoon.post(f"/request/{number}/suspect/", {"seq": 1, "note": "the stamp"}).status_code == 302
    assert Case.objects.get(number=number).suspected
    assert "tell the impersonated authority" in yoon.get(f"/request/{number}/").content.decode()


def test_a_call_back_is_recorded_with_its_source(visitor: Callable[..., Visitor]) -> None:
    number = receive(current(), emergency(), at=TODAY)
    values = {
        "seq": 1,
        "result": "confirmed",
        "number": "02-0000-1234",
        "source": "directory 2026",
        "note": "",
    }
    assert visitor("yoon").post(f"/request/{number}/call-back/", values).status_code == 302
    page = visitor("seo").get(f"/request/{number}/").content.decode()
    assert "02-0000-1234" in page and "directory 2026" in page


def test_targets_are_paged(visitor: Callable[..., Visitor]) -> None:
    number = receive(current(), filing("2016-many", accounts=1201))
    seo = visitor("seo")
    assert "All 1,201 targets" in seo.get(f"/request/{number}/").content.decode()
    page = seo.get(f"/request/{number}/targets/?page=3").content.decode()
    assert "2016-many-1200" in page and "2016-many-999<" not in page
    assert (
        "<html" not in seo.get(f"/request/{number}/targets/?page=2", HTTP_HX_REQUEST="true").content.decode()
    )


@pytest.mark.parametrize("name", ["letter.txt", "odd.bin"])
def test_a_document_is_shown_as_text_and_kept_as_a_file(name: str, visitor: Callable[..., Visitor]) -> None:
    data = "<script>alert(1)</script> 영장".encode()
    document = Document(name, hashlib.sha256(data).hexdigest(), len(data))
    one = filing("2016-paper", documents=(document,))
    number = execute(current(), [Step("", ask.Receive(one, ""), "kim", START, (data,))])[0].request
    seo = visitor("seo")
    page = seo.get(f"/request/{number}/document/{document.digest}/").content.decode()
    assert "<script>alert" not in page
    answer = seo.get(f"/request/{number}/document/{document.digest}/file/")
    assert answer.content == data and answer["Content-Disposition"].startswith("attachment")
    assert Event.objects.filter(stream="access/seo", type="DocumentRead").count() == 2
    assert seo.get(f"/request/{number}/document/{'0' * 64}/").status_code == 404
