"""Who is really asking: what there is to see about a sender, each with its reason. Finds; decides nothing.

A police mailbox can be bought. Whatever is found here, or not found, makes nobody confirmed: `standing` does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sagwan.desk.people.domains import Resemblance, belongs, domain_of, free_mail, look_alike, normal, shown
from sagwan.desk.people.mailcheck import MailCheck
from sagwan.desk.people.records import AuthorityRecord, OfficialRecord, Vetting
from sagwan.desk.people.sender_finding import Code, SenderFinding, found
from sagwan.desk.people.values import same_phone
from sagwan.law.finding import Code as LawCode
from sagwan.law.finding import Finding

NEW_DAYS = 30
"""A domain counts as new for so many days after its first mail."""
OFFICE_HOURS = (7, 20)
"""From seven to eight in the evening, Monday to Friday, of the authority's own clock."""
WRONG_LAW = frozenset(
    {LawCode.CITED_LAW_WRONG, LawCode.CITED_LAW_OF_ANOTHER_DAY, LawCode.CITED_LAW_UNREADABLE}
)


@dataclass(frozen=True, slots=True)
class FilingFacts:
    """How a filing came, and what it says of its sender. '' is: not said, or not by mail.

    `signed_in`: in the portal, with a second factor. `mail_check`: what our own server said; None where it
    said nothing. `law_findings`: what the review of the law found.
    """

    received_at: datetime
    signed_in: bool = False
    sent_at: datetime | None = None
    from_address: str = ""
    reply_to: str = ""
    return_path: str = ""
    mail_check: MailCheck | None = None
    phone: str = ""
    emergency: bool = False
    law_findings: tuple[Finding, ...] = ()

    @property
    def by_mail(self) -> bool:
        return bool(self.from_address)


@dataclass(frozen=True, slots=True)
class Known:
    """What this home knows: domain → authority of all vetted ones, when the sender's domain was first seen
    (None: never), and whether this is the first request of the official and of the authority."""

    vetted_domains: Mapping[str, str]
    first_seen: datetime | None = None
    first_of_official: bool = False
    first_of_authority: bool = False


def findings(
    official: OfficialRecord | None,
    authority: AuthorityRecord | None,
    facts: FilingFacts,
    known: Known,
) -> tuple[SenderFinding, ...]:
    """Everything there is to see, the gravest first."""
    seen = (
        *_authority(authority, facts),
        *_official(official, facts),
        *address_findings(facts.from_address, authority, known, facts.received_at),
        *_mail(facts),
        *_history(official, authority, facts, known),
        *_circumstances(authority, facts),
        *_law(facts),
    )
    return tuple(sorted(seen, key=lambda finding: finding.gravity))


def _authority(authority: AuthorityRecord | None, facts: FilingFacts) -> Iterator[SenderFinding]:
    if authority is None:
        yield found(Code.AUTHORITY_UNKNOWN)
        return
    vetting = authority.vetting(facts.received_at)
    if vetting is Vetting.SUSPENDED:
        yield found(
            Code.AUTHORITY_SUSPENDED,
            slug=authority.slug,
            by=authority.suspended_by,
            day=_day(authority.suspended_at),
        )
    elif vetting is Vetting.OVERDUE:
        yield found(Code.VETTING_OVERDUE, slug=authority.slug, day=_day(authority.vetted_until))
    elif vetting is not Vetting.VETTED:
        yield found(Code.AUTHORITY_NOT_VETTED, slug=authority.slug)


def _official(official: OfficialRecord | None, facts: FilingFacts) -> Iterator[SenderFinding]:
    if official is None:
        yield found(Code.OFFICIAL_UNKNOWN)
        return
    if official.suspended_at is not None:
        yield found(
            Code.OFFICIAL_SUSPENDED,
            name=official.name,
            by=official.suspended_by,
            day=_day(official.suspended_at),
        )
    if official.confirmed_at is None:
        yield found(Code.OFFICIAL_NOT_CONFIRMED, name=official.name)
    elif official.changed_at is not None:
        yield found(Code.DETAILS_CHANGED, name=official.name, day=_day(official.changed_at))
    if facts.phone and not same_phone(facts.phone, official.phone):
        yield found(Code.CHANGED_PHONE, given=facts.phone, recorded=official.phone or "-")
    if facts.by_mail and normal_address(facts.from_address) != official.email:
        yield found(Code.OTHER_ADDRESS, given=facts.from_address, recorded=official.email or "-")


def address_findings(
    address: str, authority: AuthorityRecord | None, known: Known, at: datetime
) -> Iterator[SenderFinding]:
    """What there is to see about a mail address alone; nothing where it has no domain."""
    domain = domain_of(address)
    if not domain:
        return
    if provider := free_mail(domain):
        yield found(Code.FREE_MAIL, domain=domain, provider=provider)
    if authority is not None and not any(belongs(domain, own) for own in authority.domains):
        yield found(
            Code.OTHER_DOMAIN,
            domain=shown(domain),
            own=", ".join(authority.domains) or "-",
            slug=authority.slug,
        )
    if (like := look_alike(domain, known.vetted_domains)) is not None:
        yield _look_alike(like, known)
    new_until = None if known.first_seen is None else known.first_seen + timedelta(days=NEW_DAYS)
    is_vetted = any(belongs(domain, own) for own in known.vetted_domains)
    if not is_vetted and (new_until is None or at < new_until):
        first = "for the first time"
        when = first if known.first_seen is None else f"{first} on {_day(known.first_seen)}"
        ko = "이번이 처음" if known.first_seen is None else f"{_day(known.first_seen)}이 처음"
        yield found(Code.NEW_DOMAIN, domain=shown(domain), when=when, when_ko=ko)


def _look_alike(like: Resemblance, known: Known) -> SenderFinding:
    ascii_too = f" ({like.domain})" if shown(like.domain) != like.domain else ""
    return found(
        Code.LOOK_ALIKE_DOMAIN,
        domain=shown(like.domain) + ascii_too,
        of=like.of,
        slug=known.vetted_domains[like.of],
        how=like.how.value,
    )


def _mail(facts: FilingFacts) -> Iterator[SenderFinding]:
    if not facts.by_mail:
        return
    domain = domain_of(facts.from_address)
    for code, other in ((Code.REPLY_ELSEWHERE, facts.reply_to), (Code.RETURN_ELSEWHERE, facts.return_path)):
        if other and domain_of(other) != domain:
            yield found(code, given=other, domain=shown(domain))
    if facts.reply_to and domain_of(facts.reply_to) == domain and not _same(facts):
        yield found(Code.REPLY_TO_ANOTHER, given=facts.reply_to, address=facts.from_address)
    check = facts.mail_check
    if check is None:
        yield found(Code.MAIL_NOT_CHECKED)
    elif check.failed or check.broken:
        methods = ", ".join(method.upper() for method in (*check.failed, *check.broken))
        yield found(Code.MAIL_CHECK_FAILED if check.failed else Code.MAIL_CHECK_BROKEN, methods=methods)
    elif not check.vouches_for(domain):
        yield found(Code.MAIL_UNVOUCHED, domain=shown(domain))


def _same(facts: FilingFacts) -> bool:
    return normal_address(facts.reply_to) == normal_address(facts.from_address)


def _history(
    official: OfficialRecord | None, authority: AuthorityRecord | None, facts: FilingFacts, known: Known
) -> Iterator[SenderFinding]:
    if authority is not None and known.first_of_authority:
        yield found(Code.FIRST_OF_AUTHORITY, slug=authority.slug)
    if official is not None and known.first_of_official:
        yield found(Code.FIRST_OF_OFFICIAL, name=official.name)


def _circumstances(authority: AuthorityRecord | None, facts: FilingFacts) -> Iterator[SenderFinding]:
    if authority is not None:
        local = (facts.sent_at or facts.received_at).astimezone(ZoneInfo(authority.time_zone))
        opens, closes = OFFICE_HOURS
        if local.weekday() >= 5 or not opens <= local.hour < closes:
            yield found(Code.ODD_HOURS, time=local.strftime("%Y-%m-%d %H:%M"), zone=authority.time_zone)
    if facts.emergency:
        yield found(Code.EMERGENCY)


def _law(facts: FilingFacts) -> Iterator[SenderFinding]:
    """The review found it; here it is a reason to doubt the sender: forgers quote the law wrongly."""
    for finding in facts.law_findings:
        if finding.code in WRONG_LAW:
            yield found(
                Code.WRONG_LAW, what_ko=finding.message.ko.rstrip("."), what=finding.message.en.rstrip(".")
            )


def normal_address(address: str) -> str:
    """An address as far as two of them can be compared: lower case, domain in its one form."""
    local, _, domain = address.strip().rpartition("@")
    return f"{local.lower()}@{normal(domain)}"


def _day(at: datetime | None) -> str:
    return "" if at is None else at.date().isoformat()
