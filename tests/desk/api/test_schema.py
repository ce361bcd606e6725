"""The live API against its own description, by schemathesis: seeded, bounded, with a token and without.

Nothing breaks; each answer has a status, a media type, headers and a shape that the description names; and
what the description forbids is refused.
"""

import gc
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as some
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

import tests.support.django_ready  # noqa: F401
from sagwan.desk.api import door, service
from sagwan.desk.api.calls.common import CALLS
from sagwan.desk.api.scopes import ROLES
from sagwan.desk.setup import Desk
from tests.desk.api.programs import Program, filed, handed_over, proposed, token

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
EXAMPLES = 8
BOUNDS = settings(
    max_examples=EXAMPLES,
    database=None,
    deadline=None,
    derandomize=False,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def test_the_description_is_openapi_and_each_shape_in_it_a_json_schema(desk: Desk) -> None:
    document = Program().get("/api/openapi.json").json()
    assert document == service.description() and document["openapi"].startswith("3.1.")
    assert document["jsonSchemaDialect"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]
    for shape in document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(shape)


pytestmark = pytest.mark.filterwarnings(
    "ignore:unclosed file:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


@pytest.fixture
def tokens(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """For an official's calls and for the provider's, a token with all scopes."""
    monkeypatch.setattr(door, "CALLS", 10**6)
    monkeypatch.setattr(door, "STRANGERS", 10**6)
    ours = [scope for scope, roles in ROLES.items() if "official" not in roles]
    theirs = [scope for scope, roles in ROLES.items() if "official" in roles]
    return {"officials": token(desk, "park-official", *theirs), "provider": token(desk, "park", *ours)}


@pytest.fixture
def numbers(desk: Desk) -> list[str]:
    """Requests at different stages."""
    number = filed(desk, case="2026-1")
    proposed(desk, number)
    return [filed(desk, case="2026-2"), number, handed_over(desk)[0]]


def operations() -> Iterator[Any]:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app=WSGIHandler())
    for found in schema.get_all_operations():
        yield found.ok()


def tried(operation: Any, mode: GenerationMode, look: Callable[[Any, str, str], None]) -> None:
    """Let schemathesis make calls, and look at each: it gets the call, a key, and a request's place."""

    @seed(2016)
    @BOUNDS
    @given(
        case=operation.as_strategy(generation_mode=mode),
        key=some.uuids().map(str),
        place=some.integers(0, 3),
    )
    def run(case: Any, key: str, place: int) -> None:
        look(case, key, place)

    run()
    gc.collect()  # its client leaves files of large forms open until then


def test_every_call_answers_as_described(tokens: dict[str, str], numbers: list[str]) -> None:
    seen = set()
    for operation in operations():
        shown = {"Authorization": f"Bearer {tokens[operation.definition.raw['tags'][0]]}"}

        def look(case: Any, key: str, place: int, shown: dict[str, str] = shown) -> None:
            if place < len(numbers) and "number" in case.path_parameters:
                case.path_parameters["number"] = numbers[place]
            more = {"Idempotency-Key": key} if case.method == "POST" else {}
            answer = case.call(headers=shown | more)
            case.validate_response(answer, checks=CHECKS)
            seen.add((case.operation.definition.raw["operationId"], answer.status_code))

        tried(operation, GenerationMode.POSITIVE, look)
    assert {name for name, _ in seen} == set(CALLS)
    assert {status for _, status in seen} >= {200, 404, 412, 422}


@pytest.mark.slow
def test_what_the_description_forbids_is_refused(tokens: dict[str, str], numbers: list[str]) -> None:
    for operation in operations():
        shown = {"Authorization": f"Bearer {tokens[operation.definition.raw['tags'][0]]}"}

        def look(case: Any, key: str, place: int, shown: dict[str, str] = shown) -> None:
            answer = case.call(headers=shown)
            # "too large" is a refusal too, though not one that schemathesis knows
            refused = [] if answer.status_code == 413 else [checks.negative_data_rejection]
            case.validate_response(answer, checks=[*CHECKS, *refused])

        tried(operation, GenerationMode.NEGATIVE, look)


@pytest.mark.parametrize("make_desk", ["sqlite"], indirect=True)  # it is refused before any request is read
def test_without_a_token_every_call_is_refused_whatever_is_sent(tokens: dict[str, str]) -> None:
    for operation in operations():

        def look(case: Any, key: str, place: int) -> None:
            case.headers.pop("Authorization", None)
            answer = case.call()
            case.validate_response(answer, checks=CHECKS)
            assert answer.status_code == 401

        tried(operation, GenerationMode.POSITIVE, look)
