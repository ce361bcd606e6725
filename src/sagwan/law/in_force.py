"""The law of one day: every rule of an instrument that holds then, and no other."""

from dataclasses import dataclass
from datetime import date

from sagwan.law.citation import Citation, Label
from sagwan.law.errors import NotInForce
from sagwan.law.model import (
    Basis,
    BindingRule,
    DataRule,
    DeadlineRule,
    DocumentItem,
    EmergencyRule,
    HoldRule,
    Instrument,
    ItemKind,
    Limit,
    NoticeRule,
    OpenedRule,
    Party,
    When,
    holding,
)
from sagwan.record.vocabulary import DataCategory


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentOnDay:
    """An instrument as it was law on `day`."""

    slug: str
    day: date
    name: Label
    citation: Citation
    discloses: bool
    binding: BindingRule
    opened: OpenedRule
    emergency: EmergencyRule | None
    basis: tuple[Basis, ...]
    data: tuple[DataRule, ...]
    issuers: tuple[Party, ...]
    approvers: tuple[Party, ...]
    items: tuple[DocumentItem, ...]
    limits: tuple[Limit, ...]
    deadlines: tuple[DeadlineRule, ...]
    notice: tuple[NoticeRule, ...]
    hold: HoldRule | None = None

    @property
    def categories(self) -> frozenset[DataCategory]:
        return frozenset(rule.category for rule in self.data)

    def is_emergency(self, emergency: bool) -> bool:
        """True where the request is one, and the law of that day has a variant for it."""
        return emergency and self.emergency is not None

    def applies(self, when: When, emergency: bool) -> bool:
        """Is a rule with this `when` meant for such a request? Without a variant all are ordinary."""
        return when is When.ALWAYS or (when is When.EMERGENCY) is self.is_emergency(emergency)

    def item(self, slug: str) -> DocumentItem | None:
        return next((item for item in self.items if item.slug == slug), None)

    def item_of_kind(self, kind: ItemKind) -> DocumentItem | None:
        return next((item for item in self.items if item.kind is kind), None)


def instrument_on_day(instrument: Instrument, day: date) -> InstrumentOnDay:
    """The instrument's rules of that day; raise NotInForce saying from when (or until when) it is law."""
    if not instrument.holds_on(day):
        began = day < instrument.since
        raise NotInForce(
            f"{instrument.slug} is not law on {day}: "
            + (f"it is from {instrument.since} on" if began else f"it was until {instrument.until}"),
            hint="check the date of receipt, or name the instrument of that day",
        )
    emergency = holding(instrument.emergency, day)
    holds = holding(instrument.holds, day)
    return InstrumentOnDay(
        slug=instrument.slug,
        day=day,
        name=holding(instrument.names, day)[0].label,
        citation=instrument.citation,
        discloses=instrument.discloses,
        binding=holding(instrument.binding, day)[0],
        opened=holding(instrument.opened, day)[0],
        emergency=emergency[0] if emergency else None,
        basis=holding(instrument.basis, day),
        data=holding(instrument.data, day),
        issuers=holding(instrument.issuers, day),
        approvers=holding(instrument.approvers, day),
        items=holding(instrument.items, day),
        limits=holding(instrument.limits, day),
        deadlines=holding(instrument.deadlines, day),
        notice=holding(instrument.notice, day),
        hold=holds[0] if holds else None,
    )
