"""A draft looked at before it is sent: what it becomes, and what the desk would find of it."""

from datetime import datetime

from sagwan.desk.intake import checking
from sagwan.desk.intake.checking import Checked
from sagwan.desk.intake.drafted import Law, filing_from, law_of
from sagwan.desk.intake.drafts import Draft
from sagwan.desk.intake.rows import File
from sagwan.desk.people import queries as people
from sagwan.desk.people.check import check_sender
from sagwan.desk.people.records import AuthorityRecord, OfficialRecord
from sagwan.desk.people.senders import FilingFacts
from sagwan.desk.setup import Desk
from sagwan.record.request import Filing


def law_for(desk: Desk, authority: AuthorityRecord, at: datetime) -> Law:
    """What law an authority files under now; raise LawPackError where there is no pack for it."""
    return law_of(desk, authority.jurisdiction, at)


def filing_of(desk: Desk, draft: Draft, files: tuple[File, ...], person: str) -> Filing:
    """The filing that a draft makes; raise InvalidValue where it is none yet."""
    official, authority = sender_of(person)
    return filing_from(
        desk, draft, files,
        jurisdiction=authority.jurisdiction, authority=authority.name_ko, officials=(official.full_name,),
    )  # fmt: skip


def sender_of(person: str) -> tuple[OfficialRecord, AuthorityRecord]:
    """Who an official is, and for whom they ask."""
    official = people.official(person)
    return official, people.authority(official.authority)


def checked(desk: Desk, draft: Draft, files: tuple[File, ...], *, person: str, at: datetime) -> Checked:
    """Look at all of a draft as the desk will; raise InvalidValue, or intake.Refused for a document."""
    filing = filing_of(desk, draft, files, person)
    pack = law_for(desk, sender_of(person)[1], at).pack
    found = checking.of_law(desk, filing, pack, at)
    paper = checking.of_paper(desk, filing, files, pack, at)
    facts = FilingFacts(received_at=at, signed_in=True, emergency=filing.emergency, law_findings=found)
    return Checked(filing, files, found, paper, check_sender(desk, facts, official=person, at=at))
