"""Every scope against every call, and every role against every scope: none unlisted."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse

import tests.support.django_ready  # noqa: F401
from sagwan.desk.api import door, service
from sagwan.desk.api.calls.common import CALLS as DECLARED
from sagwan.desk.api.scopes import Scope, open_to
from sagwan.desk.people.models import Person
from sagwan.desk.setup import Desk
from sagwan.desk.web import gate
from sagwan.desk.web.gate import Door
from tests.desk.api.programs import Program, problem, program
from tests.desk.api.table import CALLS, PEOPLE, SCOPES, SEEN
from tests.support.people import Visitor

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def call(who: Program, name: str) -> HttpResponse:
    method, where, body, _ = CALLS[name]
    return who.read(where) if method == "GET" else who.send(where, body, seen=SEEN)


def test_the_table_lists_every_call_and_no_other() -> None:
    assert sorted(CALLS) == sorted(DECLARED)
    described = {
        (method.upper(), path): operation["operationId"]
        for path, operations in service.description()["paths"].items()
        for method, operation in operations.items()
    }
    assert sorted(described.values()) == sorted(CALLS)
    for name, (method, _, _, scopes) in CALLS.items():
        declared = DECLARED[name]
        assert (declared.method, sorted(declared.scopes)) == (method, sorted(scopes.split())), name
        assert described[method, f"/api/v1{declared.path}"] == name


def test_the_gate_opens_calls_to_tokens_alone() -> None:
    for where, view in gate.views():
        rule = gate.rule_of(view)
        below = where.startswith(service.BELOW)
        assert rule is not None and (rule.entry is door.entry) == below
        assert (Door.TOKEN in rule.read | rule.send) == below
        assert not below or rule.read | rule.send == {Door.TOKEN}, where


def test_each_role_may_have_the_scopes_of_the_table() -> None:
    assert sorted(SCOPES) == sorted(Scope)
    letters = {"o": "official", "i": "intake", "c": "counsel", "a": "approver", "e": "auditor"}
    for letter, role in (letters | {"h": "administrator"}).items():
        assert {str(scope) for scope in open_to([role])} == {s for s, who in SCOPES.items() if letter in who}


def _opened(desk: Desk) -> Iterator[tuple[str, str, Program]]:
    """(scope, letter, a program with that scope alone) of each role that may have it."""
    for scope, letters in SCOPES.items():
        for letter in letters:
            yield scope, letter, program(desk, PEOPLE[letter], Scope(scope))


def test_each_scope_opens_the_calls_of_the_table_and_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "CALLS", 10_000)
    wrong = []
    for scope, letter, who in _opened(desk):
        for name, (_, _, _, opens) in CALLS.items():
            answer = call(who, name)
            refused = answer.status_code == 403 and problem(answer) == "not-for-this-token"
            entered = answer.status_code < 500 and answer.status_code not in (401, 403)
            # A wrong code is looked at only once the request was found, which there is none of.
            if not (entered if scope in opens.split() else refused):
                wrong.append((scope, letter, name, answer.status_code))
    assert wrong == []


def test_a_scope_is_worth_nothing_without_its_role(desk: Desk) -> None:
    """As after a role was taken away: the token still names the scope."""
    for scope, letters in SCOPES.items():
        who = program(desk, PEOPLE[letters[0]], Scope(scope))
        name = next(name for name, (_, _, _, opens) in CALLS.items() if scope in opens.split())
        Person.objects.filter(name=PEOPLE[letters[0]]).exclude(roles="official").update(roles="administrator")
        if letters != "o":
            assert problem(call(who, name)) == "not-allowed", scope
        Person.objects.filter(name=PEOPLE[letters[0]], roles="administrator").update(
            roles={"i": "intake", "c": "counsel", "a": "approver"}.get(letters[0], "official")
        )


def test_nobody_without_a_token_and_nobody_by_a_session(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "STRANGERS", 10_000)
    visitors = [Program(), *(Visitor(name) for name in PEOPLE.values())]
    for method, where, _, _ in CALLS.values():
        for visitor in visitors:
            answer = visitor.generic(method, f"/api/v1{where}")
            assert problem(answer) == "no-token", (method, where)
            assert not answer.cookies


def test_no_other_method_is_known(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "CALLS", 10_000)
    who = program(desk, "park-official")
    known: dict[str, set[str]] = {}
    for method, where, _, _ in CALLS.values():
        known.setdefault(where, set()).add(method)
    for where, methods in known.items():
        for method in set(METHODS) - methods - {"HEAD"}:
            answer = who.generic(method, f"/api/v1{where}", HTTP_IDEMPOTENCY_KEY="12345678")
            assert problem(answer) == "method" and "Allow" in answer, (method, where)
