"""Whatever goes wrong is a problem of the documented list, also what the house around the calls refuses."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

import tests.support.django_ready  # noqa: F401
from sagwan.desk.api.problems import TITLES
from sagwan.desk.casework.models import Case
from sagwan.desk.setup import Desk
from tests.desk.api.programs import FILING, Program, problem, program

PARK = "park-official"
PAGE = Path(__file__).parents[3] / "docs" / "reference" / "api.md"


def test_the_documentation_lists_every_problem_with_its_status() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| ([0-9]{3}) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert {slug: int(status) for slug, status in rows} == {slug: row[0] for slug, row in TITLES.items()}


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff",
        b'{"a": NaN}',
        b'{"text": "\\ud800"}',
        b'{"a": 1, "a": 2}',
        b"[" * 100_000,
        b'{"a":' * 30 + b"1" + b"}" * 30,
        b"1" * 5000,
    ],
)
def test_a_body_that_is_no_plain_json_is_malformed(desk: Desk, body: bytes) -> None:
    answer = program(desk, PARK).send("/filings", body)
    assert (answer.status_code, problem(answer)) == (400, "malformed")


@pytest.mark.parametrize("body", [b"[]", b"null", b'"x"', b"1"])
def test_a_body_that_is_no_object_is_invalid(desk: Desk, body: bytes) -> None:
    assert problem(program(desk, PARK).send("/filings", body)) == "invalid"


def test_a_body_of_another_kind_is_refused(desk: Desk) -> None:
    person, key = program(desk, PARK), {"HTTP_IDEMPOTENCY_KEY": "12345678"}
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/xml"):
        answer = person.post("/api/v1/filings", json.dumps(FILING), content_type=kind, **key)
        assert (answer.status_code, problem(answer)) == (415, "media-type")
    broken = person.post("/api/v1/filings", b"--x", content_type="multipart/form-data", **key)
    assert problem(broken) == "malformed"
    assert problem(person.send_parts("/filings", FILING, {"others": [("a", b"x")]})) == "malformed"
    assert problem(person.send_parts("/filings", [], {"documents": [("a", b"x")]})) == "malformed"
    assert not Case.objects.filter(filed_by=PARK).exists()


def test_a_body_that_is_too_large_is_refused_before_it_is_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = program(desk, PARK)
    body = {"paper": {f"item-{n}": "x" * 5_000 for n in range(201)}}
    answer = person.send("/requests/0000000000000000/paper", body, seen='"1"')
    assert problem(answer) == "invalid"  # it may bring files, and so be larger
    answer = person.send("/requests/0000000000000000/withdrawal", {"reason": "x" * 1_000_000}, seen='"1"')
    assert (answer.status_code, problem(answer)) == (413, "too-large")
    monkeypatch.setattr(settings, "DATA_UPLOAD_MAX_MEMORY_SIZE", 500)
    assert problem(person.send("/filings", FILING)) == "too-large"
    assert problem(person.send_parts("/filings", FILING, {"documents": [("a", b"x" * 400)]})) == "too-large"


def test_an_address_that_is_none_is_a_problem_too(desk: Desk) -> None:
    for where in ("/api/", "/api/v1/", "/api/v2/requests", "/api/v1/requests/", "/api/v1/none"):
        answer = Program().get(where)
        assert (answer.status_code, problem(answer)) == (404, "not-found"), where
    assert problem(Program().post("/api/openapi.json")) == "method"
    assert Program().get("/nothing/")["Content-Type"].startswith("text/html")  # pages stay pages


def test_what_breaks_is_told_by_a_number_and_no_value(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from sagwan.desk.api.calls import mine  # noqa: PLC0415

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("raven-001")

    person = program(desk, PARK)
    monkeypatch.setattr(mine, "own_cases", breaks)
    answer = person.read("/requests")
    assert (answer.status_code, problem(answer)) == (500, "broken")
    incident = answer.json()["incident"]
    assert "raven" not in answer.content.decode()
    said = [record.getMessage() for record in caplog.records if record.name == "sagwan.incident"]
    assert len(said) == 1 and incident in said[0] and "raven" not in said[0]


def test_answers_are_not_kept_by_a_browser_and_say_how_they_are_to_be_read(desk: Desk) -> None:
    for answer in (program(desk, PARK).read("/requests"), Program().get("/api/v1/requests")):
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
