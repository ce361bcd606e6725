"""The values of a demo's scenario, as `scenario.toml` gives them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sagwan.record.errors import SagwanError
from sagwan.record.period import Period
from sagwan.record.vocabulary import DataCategory, Outcome

RowKey = tuple[str, str]
"""Service and instrument."""


class ScenarioError(SagwanError):
    """A scenario that cannot be played as it stands."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What was published of one service and instrument."""

    requested: int
    processed: int
    accounts: int


@dataclass(frozen=True, slots=True)
class Ending:
    """One way not to be processed, and the share of those not processed that it takes."""

    outcome: Outcome
    reason: str
    share: float


@dataclass(frozen=True, slots=True)
class DataSet:
    """Data categories asked for together."""

    categories: tuple[DataCategory, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Habits:
    """How requests under one instrument fall out; the shares are explained in the file."""

    not_processed: tuple[Ending, ...]
    partial: tuple[tuple[str, float], ...]
    data: tuple[DataSet, ...]
    asked_up_to: int
    heavy_tail: int
    emergency: float
    clarified: float
    sent_back: float
    staged: float
    voluntary: bool = False


@dataclass(frozen=True, slots=True)
class Blinded:
    """How many requests were answered with members blinded, and how many each follow-up then named."""

    requests: int
    follow_ups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Authority:
    """Who asks; invented. `only` limits it to some instruments, () is all."""

    name: str
    kind: str
    rank: str
    weight: int
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """One of a provider's staff; invented. `does` is some of intake, review, approve."""

    key: str
    name: str
    does: frozenset[str]


@dataclass(frozen=True, slots=True)
class Provider:
    slug: str
    name: Mapping[str, str]
    services: tuple[str, ...]
    people: tuple[Person, ...]

    def who(self, does: str) -> tuple[Person, ...]:
        return tuple(person for person in self.people if does in person.does)


@dataclass(frozen=True, slots=True)
class Hours:
    """Office hours in seconds of the day, and the days on which no office works."""

    open: int
    last_arrival: int
    close: int
    closed: frozenset[date]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A half-year to be replayed. `paper` is what stands on a document: by instrument, part and item."""

    seed: int
    period: Period
    zone: ZoneInfo
    jurisdiction: str
    providers: Mapping[str, Provider]
    published: Mapping[RowKey, Totals]
    habits: Mapping[str, Habits]
    blinded: Mapping[RowKey, Blinded]
    hours: Hours
    lags: Mapping[str, tuple[int, int]]
    emergency_minutes: tuple[int, int]
    authorities: tuple[Authority, ...]
    paper: Mapping[str, Mapping[str, Mapping[str, str]]]
    texts: Mapping[str, str]

    def provider(self, slug: str) -> Provider:
        if slug not in self.providers:
            raise ScenarioError(
                f"no provider {slug!r} in the scenario", hint=f"one of {', '.join(self.providers)}"
            )
        return self.providers[slug]

    def rows(self, provider: str) -> dict[RowKey, Totals]:
        """What was published of the provider's services, in the scenario's order."""
        services = self.provider(provider).services
        return {row: totals for row, totals in self.published.items() if row[0] in services}

    def requests(self, provider: str) -> int:
        """How many requests the provider receives in the half-year."""
        return sum(totals.requested for totals in self.rows(provider).values())
