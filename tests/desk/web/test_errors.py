"""Error pages help in both languages, and the log tells where it broke without telling what was in it."""

import logging
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import clear_url_caches, path

import tests.support.django_ready  # noqa: F401
from sagwan.desk.web import urls
from sagwan.desk.web.gate import Door, allowed
from sagwan.desk.web.views import errors
from tests.support.people import Visitor


@allowed(Door.PUBLIC, post=(Door.PUBLIC,))
def breaking(request: HttpRequest) -> HttpResponse:
    private = request.GET.get("name", "")
    raise ValueError(f"cannot use {private}")


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, visitor: Callable[..., Visitor]) -> Callable[..., Visitor]:
    """Visitors of a desk that has an address which breaks; their clients show what a browser would get."""
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, path("breaking/", breaking)])
    clear_url_caches()

    def make(name: str = "", **headers: object) -> Visitor:
        made = visitor(name, **headers)
        made.raise_request_exception = False
        return made

    yield make
    monkeypatch.undo()
    clear_url_caches()


def test_an_incident_has_a_number_and_no_value(
    broken: Callable[..., Visitor], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="sagwan"):
        answer = broken("kim").get("/breaking/?name=가상 홍길동")
    assert answer.status_code == 500
    number = re.search(r"<code>([0-9a-f]{8})</code>", answer.text)
    assert number is not None
    [record] = [one for one in caplog.records if one.name == "sagwan.incident"]
    said = record.getMessage()
    assert number[1] in said and "ValueError" in said and "in breaking" in said
    assert "홍길동" not in said and "홍길동" not in answer.text and "cannot use" not in said
    assert record.exc_info is None


def test_a_page_is_told_even_when_the_database_is_gone(
    broken: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    anyone = broken()

    def gone(*_: object, **__: object) -> None:
        raise RuntimeError("no page")

    monkeypatch.setattr(errors, "shown", gone)
    answer = anyone.get("/breaking/")
    assert answer.status_code == 500 and answer["Content-Type"].startswith("text/plain")
    assert re.search(r"\b[0-9a-f]{8}\b", answer.text)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_each_error_has_a_page_in_each_language(lang: str, broken: Callable[..., Visitor]) -> None:
    anyone = broken(HTTP_ACCEPT_LANGUAGE=lang)
    kim = broken("choi", HTTP_ACCEPT_LANGUAGE=lang)
    answers = {
        404: anyone.get("/nowhere/"),
        403: kim.get("/people/"),
        405: kim.post("/me/"),
        400: anyone.get("/sign-in/", HTTP_HOST="evil.example"),
        500: anyone.get("/breaking/"),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        assert f'<html lang="{lang}">' in answer.text, status
        assert f'<p class="eyebrow">{status}</p>' in answer.text
    assert answers[405]["Allow"] == "GET, HEAD"


def test_a_form_without_its_token_is_refused_with_a_page(staffed: object) -> None:
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="en")
    answer = strict.post("/ask/", {"full_name": "x"})
    assert answer.status_code == 403 and "open for too long" in answer.text


def test_too_many_attempts_from_one_place_get_a_page(staffed: object) -> None:
    anyone = Visitor()
    for _ in range(10):
        anyone.post("/sign-in/passkey/", {"credential": "{}"})
    answer = anyone.post("/sign-in/passkey/", {"credential": "{}"})
    assert answer.status_code == 429 and "Wait five minutes" in answer.text


def test_who_asks_for_accounts_over_and_over_is_slowed_down(staffed: object) -> None:
    anyone = Visitor()
    assert [anyone.post("/ask/", {}).status_code for _ in range(6)] == [200] * 5 + [429]


def test_too_large_is_told_as_such() -> None:
    from django.core.exceptions import RequestDataTooBig, SuspiciousOperation  # noqa: PLC0415

    request = Visitor().get("/sign-in/").wsgi_request
    assert errors.bad_request(request, RequestDataTooBig()).status_code == 413
    assert errors.bad_request(request, SuspiciousOperation()).status_code == 400


def test_a_home_that_lacks_tables_is_not_well(staffed: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'people'")
    answer = Visitor().get("/healthz")
    assert answer.status_code == 503 and "sagwan upgrade" in answer.json()["status"]
