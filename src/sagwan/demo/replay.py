"""Play a scenario into a real home: the same actions as a file's intake, one transaction a simulated day."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from sagwan.demo.draw import Draw
from sagwan.demo.model import Person, Scenario
from sagwan.demo.scenario import Day, days
from sagwan.demo.scenario import Step as Played
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.journal.actions import new_number
from sagwan.desk.people.actions import add_person
from sagwan.desk.setup import Desk
from sagwan.record import commands as ask
from sagwan.record.vocabulary import Sender

_ROLES = {"intake": "intake", "review": "counsel", "approve": "approver"}
_BY_PORTAL = 0.4
"""The share of an authority's requests that its officials file themselves, once it has officials here."""
Officials = Mapping[str, Sequence[Person]]
"""By the authority's name, who of it files in the portal."""


def add_people(desk: Desk, people: Sequence[Person], at: datetime) -> None:
    """Record invented staff."""
    for person in people:
        roles = tuple(_ROLES[work] for work in sorted(person.does))
        add_person(desk, name=person.key, full_name=person.name, roles=roles, actor="demo", at=at)


@dataclass
class Players:
    """Who takes the scenario's steps at a desk: whoever reviews a request takes it over; officials whose
    authority is known here file part of its requests themselves and answer what is asked about them.

    No sender was checked: the scenario's requests are of the time before there was a desk to check them.
    """

    scenario: Scenario
    officials: Officials = field(default_factory=dict)
    numbers: dict[int, str] = field(default_factory=dict)
    filed_by: dict[int, str] = field(default_factory=dict)

    def steps(self, day: Day) -> list[Step]:
        """The day's steps at the desk, in the order of time."""
        return [step for played in day.steps for step in self._steps(played)]

    def _steps(self, played: Played) -> Iterator[Step]:
        number = self.numbers.get(played.request) or new_number()
        self.numbers[played.request] = number
        command, actor = played.command, played.actor
        match command:
            case ask.Receive():
                command, actor = self._filed(played, command)
            case ask.AnswerClarification() | ask.Withdraw():
                actor = self.filed_by.get(played.request, actor)
            case ask.StartReview():
                yield Step(number, ask.Assign(actor), actor, played.at)
        yield Step(number, command, actor, played.at)

    def _filed(self, played: Played, command: ask.Receive) -> tuple[ask.Receive, str]:
        """The receipt, by an official in the portal where one files it."""
        filing = command.filing
        known = self.officials.get(filing.authority, ())
        draw = Draw(self.scenario.seed, "portal", filing.service, played.request)
        if not known or not draw.chance(_BY_PORTAL):
            return command, played.actor
        official = draw.one_of(known)
        self.filed_by[played.request] = official.key
        own = replace(filing, channel="portal", officials=(official.name,))
        return replace(command, filing=own, sender=Sender.CONFIRMED), official.key


def replay(
    desk: Desk,
    scenario: Scenario,
    provider: str,
    *,
    seal: Callable[[datetime], object],
    officials: Officials | None = None,
    progress: Callable[[int], None] = lambda steps: None,
) -> int:
    """Live through the half-year on a simulated clock, sealing just after each midnight; return how many
    requests came in. `progress` is told the number of steps of each day.

    The seal after the last day closes the half-year.
    """
    players = Players(scenario, officials or {})
    for day in days(scenario, provider):
        steps = players.steps(day)
        if steps:
            execute(desk, steps)
        seal(datetime.combine(day.date + timedelta(days=1), time(0, 5), desk.home.zone))
        progress(len(steps))
    return len(players.numbers)
