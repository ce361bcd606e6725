"""A draft looked at before it is sent: what it becomes, and what the desk would find of it."""

from dataclasses import dataclass
from datetime import datetime

from sagwan.desk.casework.packs import Packs
from sagwan.desk.intake import documents
from sagwan.desk.intake.documents import Look
from sagwan.desk.intake.findings import Finding as PaperFinding
from sagwan.desk.intake.settings import IntakeSettings
from sagwan.desk.intake.target_rules import Setting
from sagwan.desk.intake.targets import parse_targets
from sagwan.desk.people import queries as people
from sagwan.desk.people.check import check_sender
from sagwan.desk.people.records import AuthorityRecord, OfficialRecord
from sagwan.desk.people.senders import FilingFacts
from sagwan.desk.people.standing import SenderStanding
from sagwan.desk.portal.drafts import Draft, File
from sagwan.desk.setup import Desk
from sagwan.law.finding import Finding, Severity
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.pack import Pack
from sagwan.law.review import review
from sagwan.record.request import Filing
from sagwan.record.vocabulary import DataCategory


@dataclass(frozen=True, slots=True)
class Law:
    """The law pack that applies to an official, on the day of now in the home's zone."""

    pack: Pack
    at: datetime
    instruments: tuple[InstrumentOnDay, ...]

    def instrument(self, slug: str) -> InstrumentOnDay | None:
        return next((one for one in self.instruments if one.slug == slug), None)


@dataclass(frozen=True, slots=True)
class Checked:
    """What would be sent: the filing, its documents, what stands on them against the form, how the sender
    stands."""

    filing: Filing
    files: tuple[File, ...]
    law: tuple[Finding, ...]
    paper: tuple[PaperFinding, ...]
    sender: SenderStanding

    @property
    def found(self) -> tuple[Finding | PaperFinding, ...]:
        """What the official is told of: the gravest first. Nothing of how they themselves stand."""
        order = {severity: place for place, severity in enumerate(Severity)}
        return tuple(sorted((*self.law, *self.paper), key=lambda one: order[one.severity]))

    @property
    def codes(self) -> tuple[str, ...]:
        """Of sender and documents, each once, for the request's record."""
        return tuple(dict.fromkeys((*self.sender.codes, *(str(one.code) for one in self.paper))))

    @property
    def blocking(self) -> tuple[str, ...]:
        """Those codes that a person must answer before anything goes out."""
        stopping = (str(one.code) for one in self.paper if one.severity is Severity.BLOCKS)
        return tuple(dict.fromkeys((*self.sender.blocking, *stopping)))


def law_for(desk: Desk, authority: AuthorityRecord, at: datetime) -> Law:
    """What law an authority files under now; raise LawPackError where there is no pack for it."""
    pack = Packs(desk.home).current(authority.jurisdiction)
    return Law(pack, at, pack.on(at.astimezone(desk.home.zone).date()).instruments)


def filing_of(desk: Desk, draft: Draft, files: tuple[File, ...], person: str) -> Filing:
    """The filing that a draft makes; raise InvalidValue where it is none yet."""
    official, authority = sender_of(person)
    targets = parse_targets(draft.targets, kind=draft.kind, setting=setting_of(desk)).targets
    return Filing(
        service=draft.service,
        jurisdiction=authority.jurisdiction,
        instrument=draft.instrument,
        data=tuple(DataCategory(slug) for slug in draft.data),
        accounts=len(targets) if draft.accounts is None else draft.accounts,
        authority=authority.name_ko,
        case_number=draft.case_number,
        officials=(official.full_name,),
        targets=targets,
        paper={slug: value for slug, value in draft.paper.items() if value},
        text=draft.text,
        emergency=draft.emergency,
        channel="portal",
        documents=tuple(file.document for file in files),
    )


def sender_of(person: str) -> tuple[OfficialRecord, AuthorityRecord]:
    """Who an official is, and for whom they ask."""
    official = people.official(person)
    return official, people.authority(official.authority)


def setting_of(desk: Desk) -> Setting:
    """What a list of targets leaves unsaid: times are those of the home's zone."""
    return Setting(zone=desk.home.zone)


def checked(desk: Desk, draft: Draft, files: tuple[File, ...], *, person: str, at: datetime) -> Checked:
    """Look at all of a draft as the desk will; raise InvalidValue, or intake.Refused for a document."""
    filing = filing_of(desk, draft, files, person)
    law = law_for(desk, sender_of(person)[1], at)
    found = review(filing, law.pack, at.astimezone(desk.home.zone).date())
    settings = IntakeSettings()
    looks: list[Look] = [documents.look(file.name, file.data, settings, law.pack, now=at) for file in files]
    paper = tuple(one for look in looks for one in (*look.findings, *look.against(filing, law.pack)))
    facts = FilingFacts(received_at=at, signed_in=True, emergency=filing.emergency, law_findings=found)
    sender = check_sender(desk, facts, official=person, at=at)
    return Checked(filing, files, found, paper, sender)
