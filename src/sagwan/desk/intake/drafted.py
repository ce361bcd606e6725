"""What a draft becomes: the law it is entered under, and its filing."""

from dataclasses import dataclass
from datetime import datetime

from sagwan.desk.casework.packs import Packs
from sagwan.desk.intake.drafts import Draft
from sagwan.desk.intake.rows import File
from sagwan.desk.intake.target_rules import Setting
from sagwan.desk.intake.targets import parse_targets
from sagwan.desk.setup import Desk
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.pack import Pack
from sagwan.record.request import Filing
from sagwan.record.vocabulary import DataCategory


@dataclass(frozen=True, slots=True)
class Law:
    """A law pack, and what of it holds on the day of `at` in the home's zone."""

    pack: Pack
    at: datetime
    instruments: tuple[InstrumentOnDay, ...]

    def instrument(self, slug: str) -> InstrumentOnDay | None:
        return next((one for one in self.instruments if one.slug == slug), None)


def law_of(desk: Desk, jurisdiction: str, at: datetime) -> Law:
    """The law of a jurisdiction; raise LawPackError where there is no pack for it."""
    pack = Packs(desk.home).current(jurisdiction)
    return Law(pack, at, pack.on(at.astimezone(desk.home.zone).date()).instruments)


def setting_of(desk: Desk) -> Setting:
    """What a list of targets leaves unsaid: times are those of the home's zone."""
    return Setting(zone=desk.home.zone)


def filing_from(
    desk: Desk,
    draft: Draft,
    files: tuple[File, ...],
    *,
    jurisdiction: str,
    authority: str,
    officials: tuple[str, ...],
) -> Filing:
    """The filing that a draft makes; raise InvalidValue where it is none yet."""
    targets = parse_targets(draft.targets, kind=draft.kind, setting=setting_of(desk)).targets
    return Filing(
        service=draft.service,
        jurisdiction=jurisdiction,
        instrument=draft.instrument,
        data=tuple(DataCategory(slug) for slug in draft.data),
        accounts=len(targets) if draft.accounts is None else draft.accounts,
        authority=authority,
        case_number=draft.case_number,
        officials=officials,
        targets=targets,
        paper={slug: value for slug, value in draft.paper.items() if value},
        text=draft.text,
        emergency=draft.emergency,
        channel=draft.channel,
        documents=tuple(file.document for file in files),
    )
