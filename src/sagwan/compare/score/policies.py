"""Policies: what a provider says or is said to do, apart from figures; and what categories are: reviewed."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from sagwan.compare.period import is_half, year_of
from sagwan.compare.words import Language

TOPICS = ("checks", "narrowing", "blinding", "notice", "refusals")
"""What may protect users, in the order of a request's way."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One statement, who makes it, and the days that it speaks of (`2015-10`; `until` empty: still open)."""

    id: str
    provider: str
    service: str
    topics: tuple[str, ...]
    since: str
    until: str
    text: Mapping[Language, str]
    source: str
    publisher: str
    date: str

    def holds_in(self, period: str) -> bool:
        """True where the statement speaks of some day of the half-year or year."""
        first, last = _days(period)
        return self.since <= last and (not self.until or _last_day(self.until) >= first)


def _days(period: str) -> tuple[str, str]:
    year = year_of(period)
    if not is_half(period):
        return f"{year}-01-01", f"{year}-12-31"
    return (f"{year}-01-01", f"{year}-06-30") if period.endswith("H1") else (f"{year}-07-01", f"{year}-12-31")


def _last_day(date: str) -> str:
    """A date that sorts at the end of the month or year that it names."""
    return date + "-99" * (2 - date.count("-"))


@cache
def policies() -> tuple[Policy, ...]:
    """The reviewed statements. Raises KeyError or TOMLDecodeError for damaged data."""
    return tuple(_policy(row) for row in _data("policies.toml")["policy"])


@cache
def traits() -> Mapping[str, frozenset[str]]:
    """What each known category is: stored, live, court, process, content …"""
    return {name: frozenset(words) for name, words in _data("categories.toml").items()}


def about(provider: str, topic: str, period: str, service: str = "") -> tuple[Policy, ...]:
    """The statements on a topic that speak of the period; those on another service of the provider do not."""
    return tuple(
        policy
        for policy in policies()
        if policy.provider == provider
        and topic in policy.topics
        and policy.holds_in(period)
        and (not service or not policy.service or policy.service == service)
    )


def _policy(row: dict[str, Any]) -> Policy:
    return Policy(
        id=row["id"],
        provider=row["provider"],
        service=row.get("service", ""),
        topics=tuple(row["topics"]),
        since=row["since"],
        until=row.get("until", ""),
        text={"en": row["en"], "ko": row["ko"]},
        source=row["source"],
        publisher=row["publisher"],
        date=row["date"],
    )


def _data(name: str) -> dict[str, Any]:
    text = resources.files("sagwan.compare.score").joinpath("data", name).read_text("utf-8")
    return tomllib.loads(text)
