"""Every page that the desk's addresses lead to, found from the gate's own list."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import tests.support.django_ready  # noqa: F401 - before the models below
from sagwan.desk.people.roles import Role
from sagwan.desk.web.gate import Door, Rule, rule_of, views
from tests.support.people import Visitor

STAFF = {
    Role.INTAKE: "yoon",
    Role.COUNSEL: "moon",
    Role.APPROVER: "lee",
    Role.AUDITOR: "choi",
    Role.ADMINISTRATOR: "hong",
    Role.OFFICIAL: "park-official",
}
MACHINES = "api/v1/"
"""What begins so answers programs; tests/desk/api looks at it."""
PART = re.compile(r"<\w+:\w+>")
Candidates = Mapping[str, tuple[str, ...]]
"""Part of an address → what may stand for it; the first that leads to a page is taken."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A page: its address pattern, an address of it, and who reads it ('' is nobody)."""

    pattern: str
    path: str
    name: str


def readers(rule: Rule) -> list[str]:
    """Names of people who may read a view; '' for nobody in particular."""
    if Door.PUBLIC in rule.read:
        return [""]
    if rule.read & {Door.SIGNED_IN, Door.ENROLLING}:
        return [STAFF[Role.COUNSEL]]
    return [name for role, name in STAFF.items() if role in rule.read]


def stops(candidates: Candidates) -> tuple[list[Stop], list[str]]:
    """The desk's pages, one an address, and the addresses of which no page was found.

    Addresses that nobody reads, and those whose answer is no page (files, JSON), are neither.
    """
    people: dict[str, Visitor] = {}
    found, missing = [], []
    for pattern, view in views():
        rule = rule_of(view)
        if rule is None or not rule.read or pattern.startswith(MACHINES):
            continue
        stop, other = _first(pattern, rule, candidates, people)
        if stop:
            found.append(stop)
        elif not other:
            missing.append(pattern)
    return found, missing


def _first(
    pattern: str, rule: Rule, candidates: Candidates, people: dict[str, Visitor]
) -> tuple[Stop | None, bool]:
    """The first address of a pattern that answers with a page; and whether something else was answered."""
    other = False
    for name in readers(rule):
        visitor = people.setdefault(name, Visitor(name))
        visitor.raise_request_exception = False  # a page that breaks is none, and its address is missing
        for path in addresses(pattern, candidates):
            answer = visitor.get(path)
            if answer.status_code == 200:
                if answer["Content-Type"].startswith("text/html"):
                    return Stop(pattern, path, name), True
                other = True
    return None, other


def addresses(pattern: str, candidates: Candidates) -> Iterator[str]:
    """Every way to fill a pattern's parts; a candidate named `pattern part` is for that pattern alone."""
    parts = PART.findall(pattern)
    choices = [candidates.get(f"{pattern} {part}", candidates.get(part, ("1",))) for part in parts]
    for values in product(*choices):
        path = pattern
        for value in values:
            path = PART.sub(value, path, count=1)
        yield f"/{path}"


def watched(page: Any, address: str, heard: list[str] | None = None) -> list[str]:
    """What the browser complains of from now on: requests to other hosts, errors in the console."""
    heard = [] if heard is None else heard
    page.on("request", lambda request: _elsewhere(request.url, address, heard))
    page.on("pageerror", lambda error: heard.append(f"script: {error}"))
    page.on("console", lambda told: heard.append(f"console: {told.text}") if told.type == "error" else None)
    return heard


def _elsewhere(url: str, address: str, heard: list[str]) -> None:
    if not url.startswith((f"{address}/", "data:", "blob:")):
        heard.append(f"a request to {url}")
