"""A law pack: one jurisdiction's rules, as one reviewed file states them, pinned by the hash of its bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sagwan.law.citation import Label
from sagwan.law.errors import UnknownInstrument
from sagwan.law.in_force import InstrumentOnDay, instrument_on_day
from sagwan.law.model import (
    Instrument,
    Never,
    Reason,
    ReportRule,
    Retention,
    Role,
    Source,
    holding,
)
from sagwan.law.model_bands import BandOption
from sagwan.law.resolution import check_against
from sagwan.record.vocabulary import DataCategory, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """`hash` is the SHA-256 (hex) of the file: a case remembers under which pack it was decided."""

    slug: str
    jurisdiction: str
    zone: str
    version: date
    name: Label
    not_legal_advice: Label
    hash: str
    sources: tuple[Source, ...]
    roles: tuple[Role, ...]
    holidays: Mapping[int, frozenset[date]]
    never: tuple[Never, ...]
    retention: tuple[Retention, ...]
    reports: tuple[ReportRule, ...]
    reasons: tuple[Reason, ...]
    instruments: tuple[Instrument, ...]
    bands: tuple[BandOption, ...] = ()

    @property
    def source_names(self) -> Mapping[str, Label]:
        return {source.slug: source.label for source in self.sources}

    def instrument(self, slug: str) -> Instrument:
        """The instrument with its rules of all times; raise UnknownInstrument naming those there are."""
        for instrument in self.instruments:
            if instrument.slug == slug:
                return instrument
        raise UnknownInstrument(
            f"{slug!r} is not an instrument of the law pack {self.slug}",
            hint=f"one of {', '.join(instrument.slug for instrument in self.instruments)}",
        )

    def instrument_on(self, slug: str, day: date) -> InstrumentOnDay:
        """The instrument as it was law that day; raise UnknownInstrument or NotInForce."""
        return instrument_on_day(self.instrument(slug), day)

    def on(self, day: date) -> "PackOnDay":
        """The law of that day."""
        return PackOnDay(
            day=day,
            instruments=tuple(instrument_on_day(i, day) for i in self.instruments if i.holds_on(day)),
            reasons=tuple(reason for reason in self.reasons if reason.holds_on(day)),
            retention=holding(self.retention, day),
            reports=holding(self.reports, day),
            never=holding(self.never, day),
        )

    def role_name(self, slug: str, day: date) -> Label:
        """What the role is called that day; the slug itself where the pack does not know it."""
        for role in self.roles:
            if role.slug == slug:
                names = holding(role.names, day) or role.names
                return names[0].label
        return Label(slug, slug)

    def reasons_for(self, instrument: str, outcome: Outcome, day: date) -> tuple[Reason, ...]:
        """The closed list of reasons for an outcome under an instrument on that day, in the pack's order."""
        return tuple(
            reason
            for reason in self.reasons
            if reason.holds_on(day) and outcome in reason.outcomes and instrument in reason.instruments
        )

    def partly(self, instrument: str, day: date) -> Mapping[str, str]:
        """What each reason is called where it holds for a part of the request only.

        Reasons of partial answers keep their names; what has none is left out.
        """
        found = {}
        for reason in self.reasons:
            if reason.holds_on(day) and instrument in reason.instruments:
                partial = reason.slug if Outcome.PARTIAL in reason.outcomes else reason.partly
                if partial:
                    found[reason.slug] = partial
        return found

    def check_resolution(
        self,
        instrument: str,
        outcome: Outcome,
        reason: str | None,
        data: tuple[DataCategory, ...],
        on: date,
    ) -> None:
        """Raise ResolutionNotAllowed, naming what is allowed, where outcome, reason and data do not fit.

        `reason` None or `-` is none. A complied request has none; every other outcome needs one of the
        pack's list. Data are disclosed only with complied and partial, and only within the instrument's
        categories of that day. UnknownInstrument and NotInForce are raised as by `instrument_on`.
        """
        check_against(
            self.instrument_on(instrument, on),
            outcome,
            reason,
            data,
            self.reasons_for(instrument, outcome, on),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PackOnDay:
    """All of a pack that is law on `day`."""

    day: date
    instruments: tuple[InstrumentOnDay, ...]
    reasons: tuple[Reason, ...]
    retention: tuple[Retention, ...]
    reports: tuple[ReportRule, ...]
    never: tuple[Never, ...]
