"""The check of a sender as the desk does it: what the home knows of them, and how they stand."""

from collections.abc import Sequence
from datetime import datetime

from sagwan.desk.people import queries
from sagwan.desk.people.domains import domain_of
from sagwan.desk.people.mailcheck import MailCheck, mail_check
from sagwan.desk.people.records import AuthorityRecord, OfficialRecord
from sagwan.desk.people.reputation import authority_came_before, official_came_before
from sagwan.desk.people.sender_finding import SenderFinding
from sagwan.desk.people.senders import FilingFacts, Known, address_findings
from sagwan.desk.people.sightings import first_seen
from sagwan.desk.people.standing import Call, SenderStanding, standing
from sagwan.desk.setup import Desk


def check_sender(
    desk: Desk,
    facts: FilingFacts,
    *,
    official: str = "",
    authority: str = "",
    at: datetime,
    call: Call | None = None,
    request: str = "",
) -> SenderStanding:
    """How the sender of a filing stands. `official` and `authority` name those on record, '' is none of them.

    With an official, their own authority is meant. `request` is the filing's number once it has one, so that
    it does not count as an earlier request of its own sender.
    """
    person = queries.official(official) if official else None
    slug = person.authority if person else authority
    office = queries.authority(slug) if slug else None
    known = _known(desk, person, office, facts.from_address, request)
    return standing(person, office, facts, known, at, call=call)


def check_applicant(
    desk: Desk, address: str, *, authority: str = "", at: datetime
) -> tuple[SenderFinding, ...]:
    """What there is to see about the address of someone who asks for an account, the gravest first."""
    office = queries.authority(authority) if authority else None
    seen = address_findings(address, office, _known(desk, None, None, address, ""), at)
    return tuple(sorted(seen, key=lambda finding: finding.gravity))


def own_mail_check(desk: Desk, headers: Sequence[str]) -> MailCheck | None:
    """What the home's own receiving server said; `headers` are all Authentication-Results, topmost first."""
    return mail_check(headers, desk.home.mail_authserv_id)


def _known(
    desk: Desk,
    official: OfficialRecord | None,
    authority: AuthorityRecord | None,
    address: str,
    request: str,
) -> Known:
    domain = domain_of(address)
    return Known(
        vetted_domains=queries.vetted_domains(),
        first_seen=first_seen(desk, domain) if domain else None,
        first_of_official=official is not None and not official_came_before(desk, official, request),
        first_of_authority=authority is not None and not authority_came_before(desk, authority, request),
    )
