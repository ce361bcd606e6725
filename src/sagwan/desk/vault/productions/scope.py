"""What was approved to go out of one request: which targets' data, of which categories, of which time."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sagwan.desk.vault.productions.declare import Declared
from sagwan.desk.vault.productions.errors import ProductionRefused
from sagwan.law.paper import data_period
from sagwan.record.disposition import granted_to
from sagwan.record.request import Target
from sagwan.record.state import Stage, State
from sagwan.record.vocabulary import DataCategory

MAX_LISTED = 20


@dataclass(frozen=True, slots=True)
class Scope:
    """`granted`: by data category, whose data may go out. `period`: both days included, in `zone`; None where
    the request's paper names none, and then no day is outside."""

    number: str
    granted: Mapping[DataCategory, frozenset[Target]]
    period: tuple[date, date] | None
    zone: ZoneInfo

    @property
    def digest(self) -> str:
        """Changes when anything in the scope does: a file was checked against one scope only."""
        parts = [self.number, str(self.period), str(self.zone)]
        for category in sorted(self.granted):
            parts += [category, *sorted(f"{one.kind}\t{one.value}" for one in self.granted[category])]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def outside(self, declared: Declared) -> tuple[str, ...]:
        """What is declared and was not approved."""
        granted = self.granted.get(declared.data)
        if granted is None:
            return (f"{declared.data} data (approved: {', '.join(sorted(self.granted)) or 'none'})",)
        strays = [f"{one.kind} {one.value}" for one in declared.targets if one not in granted]
        return (*strays, *self._days_outside(declared))

    def _days_outside(self, declared: Declared) -> tuple[str, ...]:
        if self.period is None or declared.first is None or declared.last is None:
            missing = self.period and declared.first is None and declared.data != DataCategory.SUBSCRIBER
            return ("no period is declared",) if missing else ()
        first, last = self.period
        if declared.first < first or declared.last > last:
            return (f"{declared.first} to {declared.last} (approved: {first} to {last})",)
        return ()

    def day_of(self, moment: datetime) -> date:
        """The day of an instant, in the provider's time zone; one without a zone is the provider's."""
        return (
            (moment.replace(tzinfo=self.zone) if moment.tzinfo is None else moment)
            .astimezone(self.zone)
            .date()
        )


def scope_of(number: str, state: State, zone: ZoneInfo) -> Scope:
    """The scope of the request's approved decision; raise ProductionRefused where nothing may go out.

    A decision that answers each target grants what it grants; one that answers the request as a whole grants
    its data categories of every target asked for.
    """
    decision = state.decision
    if state.stage not in (Stage.APPROVED, Stage.DISCLOSED) or decision is None:
        raise ProductionRefused(
            f"{number} is {state.stage}: no approved decision lets data out", hint="decide and approve first"
        )
    if not decision.outcome.discloses or not state.discloses:
        raise ProductionRefused(f"the decision on {number} hands nothing over")
    if state.suspected_by:
        raise ProductionRefused(f"{number} is suspected to be forged: nothing goes out")
    if state.dispositions:
        granted = {category: frozenset(them) for category, them in granted_to(state.dispositions).items()}
    elif state.asked_targets:
        granted = {category: frozenset(state.asked_targets) for category in decision.data}
    else:
        raise ProductionRefused(
            f"{number} names no target, so no file can be checked against it",
            hint="hand over by another way and record it: sagwan disclose",
        )
    period = state.period or data_period(state.ledger.paper if state.ledger else {})
    return Scope(number, granted, period, zone)
