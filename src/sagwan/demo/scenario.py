"""The replay of a scenario, day by day and step by step. Pure: the same scenario gives the same steps.

`days` makes the commands of a day when that day is reached; of the others it keeps only the dates.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from sagwan.demo.cases import Case, cases
from sagwan.demo.model import Scenario, ScenarioError
from sagwan.demo.orders import command
from sagwan.demo.parse import load
from sagwan.record.commands import Command

__all__ = ["Day", "Scenario", "ScenarioError", "Step", "days", "load"]


@dataclass(frozen=True, slots=True)
class Step:
    """At this instant this person (by key) gives this command on the provider's request number `request`.

    Requests are numbered from 1 in the order of arrival. A `Receive` has neither pack nor findings: these
    are the law's, and whoever plays the step adds them.
    """

    at: datetime
    request: int
    command: Command
    actor: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the half-year in the provider's zone, with its steps in the order of time; may be empty."""

    date: date
    steps: tuple[Step, ...]


def days(scenario: Scenario, provider: str) -> Iterator[Day]:
    """Every day of the half-year with what is done on it; raise ScenarioError for an unknown provider."""
    found = cases(scenario, scenario.provider(provider))
    agenda = sorted((at, case.number, place) for case in found for place, at in enumerate(case.times))
    by_day = {day: tuple(due) for day, due in groupby(agenda, key=lambda entry: entry[0].date())}
    day = scenario.period.first_day
    while day <= scenario.period.last_day:
        due = by_day.get(day, ())
        yield Day(day, tuple(_step(scenario, found[number - 1], place, at) for at, number, place in due))
        day += timedelta(days=1)


def _step(scenario: Scenario, case: Case, place: int, at: datetime) -> Step:
    return Step(at, case.number, command(scenario, case, place), case.actor(case.moves[place]))
