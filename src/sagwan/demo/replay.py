"""Play a scenario into a real home: the same actions as a file's intake, one transaction a simulated day."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from sagwan.demo.model import Provider, Scenario
from sagwan.demo.scenario import days
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.journal.actions import new_number
from sagwan.desk.people.actions import add_person
from sagwan.desk.setup import Desk

_ROLES = {"intake": "intake", "review": "counsel", "approve": "approver"}


def add_people(desk: Desk, provider: Provider, at: datetime) -> None:
    """Record the provider's invented staff."""
    for person in provider.people:
        roles = tuple(_ROLES[work] for work in sorted(person.does))
        add_person(desk, name=person.key, full_name=person.name, roles=roles, actor="demo", at=at)


def replay(
    desk: Desk,
    scenario: Scenario,
    provider: str,
    *,
    seal: Callable[[datetime], object],
    progress: Callable[[int], None] = lambda steps: None,
) -> int:
    """Live through the half-year on a simulated clock, sealing just after each midnight; return how many
    requests came in. `progress` is told the number of steps of each day.

    The seal after the last day closes the half-year.
    """
    numbers: dict[int, str] = {}
    for day in days(scenario, provider):
        steps = []
        for step in day.steps:
            number = numbers.get(step.request) or new_number()
            numbers[step.request] = number
            steps.append(Step(number, step.command, step.actor, step.at))
        if steps:
            execute(desk, steps)
        seal(datetime.combine(day.date + timedelta(days=1), time(0, 5), desk.home.zone))
        progress(len(steps))
    return len(numbers)
