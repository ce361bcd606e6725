"""`sagwan authority`: who asks, vetted by two people before anything of theirs counts."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

from typing import TYPE_CHECKING, Annotated

import typer

from sagwan.cli.errors import Unusable
from sagwan.cli.options import HERE, At, By, HomePath, Json, Reason
from sagwan.cli.output import say, say_json, say_table
from sagwan.cli.wiring import open_office

if TYPE_CHECKING:
    from datetime import datetime

    from sagwan.desk.people.records import AuthorityRecord, Contact

Slug = Annotated[str, typer.Argument(metavar="SLUG", help="The authority's slug.")]


def add(
    slug: Annotated[str, typer.Argument(metavar="SLUG", help="How commands call the authority.")],
    by: By,
    kind: Annotated[
        str,
        typer.Option(
            metavar="KIND", help="police, prosecution, court, tax, intelligence, military or other."
        ),
    ],
    name_ko: Annotated[str, typer.Option(metavar="NAME", help="Its name in Korean.")],
    name_en: Annotated[str, typer.Option(metavar="NAME", help="Its name in English.")],
    jurisdiction: Annotated[
        str, typer.Option(metavar="CC", help="Under whose law it asks; the home's if left out.")
    ] = "",
    time_zone: Annotated[
        str, typer.Option(metavar="ZONE", help="Whose clock it keeps; the home's if left out.")
    ] = "",
    home: HomePath = HERE,
    at: At = None,
) -> None:
    """Add an authority, not yet vetted.

    Its requests can be taken in, but its senders count as unconfirmed until it is vetted.

    \b
    Example:
      sagwan authority add seoul-police --kind police --name-ko 서울경찰청 \\
          --name-en "Seoul Metropolitan Police" --by hong

    \b
    Exit codes: 0 added; 1 refused: the slug is taken, or you may not; 2 unusable input.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.people.authorities import add_authority
    from sagwan.desk.people.records import AuthorityKind

    if kind not in list(AuthorityKind):
        raise Unusable(f"{kind!r} is not a kind of authority", hint=f"one of {', '.join(AuthorityKind)}")
    add_authority(
        office.desk,
        slug=slug,
        kind=AuthorityKind(kind),
        name_ko=name_ko,
        name_en=name_en,
        jurisdiction=jurisdiction,
        time_zone=time_zone,
        actor=by,
        at=office.now(at),
    )
    say(f"{slug} was added; vet it next: sagwan authority vet {slug}")


def vet(
    slug: Slug,
    by: By,
    head: Annotated[str, typer.Option(metavar="NAME", help="Who heads the authority.")],
    source_kind: Annotated[
        str,
        typer.Option(
            metavar="KIND",
            help="Where the contact was found: government-directory, superior-authority,"
            " authority-site-found-by-search, earlier-verified-paper or in-person.",
        ),
    ],
    source: Annotated[
        str, typer.Option(metavar="TEXT", help="Which one exactly, so that it can be repeated.")
    ],
    how: Annotated[str, typer.Option(metavar="TEXT", help="How the authority was checked.")],
    domain: Annotated[
        list[str] | None, typer.Option(metavar="DOMAIN", help="A mail domain of its own; repeat it for more.")
    ] = None,
    phone: Annotated[str, typer.Option(metavar="NUMBER", help="The independent contact's phone.")] = "",
    mail: Annotated[str, typer.Option(metavar="MAIL", help="The independent contact's mail address.")] = "",
    home: HomePath = HERE,
    at: At = None,
) -> None:
    """Propose the vetting of an authority.

    The independent contact is the one that call-backs go to. It must come from outside anything a requester
    sent. Nothing of the proposal holds before another person approves it.

    \b
    Example:
      sagwan authority vet seoul-police --domain police.example.kr --head 김청장 --phone "+82 2 700 0000" \\
          --source-kind government-directory --source "정부 조직도 2026-11-02, 17쪽" \\
          --how "called the switchboard, asked for the investigations desk" --by hong

    \b
    Exit codes: 0 proposed; 1 refused: there is no such authority, or you may not; 2 unusable input.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.people.authorities import propose_vetting
    from sagwan.desk.people.records import Contact, SourceKind

    if source_kind not in list(SourceKind):
        raise Unusable(
            f"{source_kind!r} is no source of an independent contact", hint=f"one of {', '.join(SourceKind)}"
        )
    propose_vetting(
        office.desk,
        slug=slug,
        domains=domain or [],
        head=head,
        contact=Contact(phone, mail, SourceKind(source_kind), source),
        how=how,
        actor=by,
        at=office.now(at),
    )
    say(f"the vetting of {slug} is proposed; another person approves it: sagwan authority approve {slug}")


def approve(
    slug: Slug,
    by: By,
    decline: Annotated[
        str, typer.Option(metavar="REASON", help="Decline the vetting instead, and say why.")
    ] = "",
    home: HomePath = HERE,
    at: At = None,
) -> None:
    """Approve the vetting of an authority, or decline it.

    By a second person, an administrator or an approver. `sagwan authority show` tells what is proposed.

    \b
    Examples:
      sagwan authority approve seoul-police --by lee
      sagwan authority approve seoul-police --decline "the number is on the request's letterhead" --by lee

    \b
    Exit codes: 0 approved or declined; 1 refused: nothing waits, or you proposed it; 2 unusable input.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.people.authorities import approve_vetting, decline_vetting

    moment = office.now(at)
    if decline:
        decline_vetting(office.desk, slug=slug, reason=decline, actor=by, at=moment)
        say(f"the vetting of {slug} was declined")
        return
    until = approve_vetting(office.desk, slug=slug, actor=by, at=moment)
    say(f"{slug} is vetted until {until.astimezone(office.home.zone):%Y-%m-%d}")


def suspend(slug: Slug, by: By, reason: Reason, home: HomePath = HERE, at: At = None) -> None:
    """Stop an authority and all its officials, at once.

    \b
    Example:
      sagwan authority suspend seoul-police --reason "its mailboxes are being sold" --by kim

    \b
    Exit codes: 0 suspended; 1 refused: you may not, or it is suspended already; 2 unusable input.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.people.authorities import suspend_authority

    count = suspend_authority(office.desk, slug=slug, reason=reason, actor=by, at=office.now(at))
    say(f"{slug} is suspended, with {count} official{'' if count == 1 else 's'}")


def lift(slug: Slug, by: By, reason: Reason, home: HomePath = HERE, at: At = None) -> None:
    """Let a suspended authority ask again.

    By an administrator other than the one who suspended it.

    \b
    Example:
      sagwan authority lift seoul-police --reason "passwords replaced; head confirmed by letter" --by nam

    \b
    Exit codes: 0 lifted; 1 refused: you suspended it, or it is not suspended; 2 unusable input.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.people.authorities import lift_authority

    lift_authority(office.desk, slug=slug, reason=reason, actor=by, at=office.now(at))
    say(f"{slug} may ask again")


def list_authorities(home: HomePath = HERE, at: At = None, as_json: Json = False) -> None:
    """List the authorities and how far their vetting has come.

    \b
    Example:
      sagwan authority list

    \b
    Exit codes: 0; 2 the home cannot be read.
    """
    office = open_office(home)
    from sagwan.desk.people.queries import authorities

    moment, found = office.now(at), authorities()
    if as_json:
        say_json([_facts(one, moment) for one in found])
        return
    zone = office.home.zone
    rows = [
        (
            one.slug,
            one.name_en,
            one.kind,
            one.vetting(moment),
            one.vetted_until.astimezone(zone).strftime("%Y-%m-%d") if one.vetted_until else "",
        )
        for one in found
    ]
    say_table(("authority", "name", "kind", "vetting", "until"), rows)


def show(slug: Slug, home: HomePath = HERE, at: At = None, as_json: Json = False) -> None:
    """Show an authority: what is vetted, what is proposed, and what this home has seen of it.

    \b
    Example:
      sagwan authority show seoul-police

    \b
    Exit codes: 0; 1 there is no such authority; 2 the home cannot be read.
    """
    office = open_office(home)
    from sagwan.desk.people import queries, reputation

    one, moment = queries.authority(slug), office.now(at)
    counts = reputation.of_authority(office.desk, one)
    facts = _facts(one, moment) | {
        "officials": [official.name for official in queries.officials(slug)],
        "requests": counts.requests,
        "refused": counts.refused,
        "suspected-forgeries": counts.suspected,
        "failed-call-backs": counts.failed_calls,
    }
    if as_json:
        say_json(facts)
        return
    say_table(("fact", "value"), list(_flat(facts)))


def _facts(one: "AuthorityRecord", moment: "datetime") -> dict[str, object]:
    proposed = one.proposed
    return {
        "slug": one.slug,
        "name": {"ko": one.name_ko, "en": one.name_en},
        "kind": one.kind,
        "jurisdiction": one.jurisdiction,
        "time-zone": one.time_zone,
        "vetting": one.vetting(moment),
        "domains": list(one.domains),
        "head": one.head,
        "contact": _contact(one.contact),
        "vetted": {"by": one.vetted_by, "approved-by": one.approved_by, "at": one.vetted_at,
                   "until": one.vetted_until, "how": one.vetted_how} if one.vetted_at else None,
        "proposed": {"by": proposed.by, "at": proposed.at, "domains": list(proposed.domains),
                     "head": proposed.head, "contact": _contact(proposed.contact), "how": proposed.how}
        if proposed else None,
        "suspended": {"by": one.suspended_by, "at": one.suspended_at, "reason": one.suspended_reason}
        if one.suspended_at else None,
    }  # fmt: skip


def _contact(contact: "Contact") -> dict[str, str]:
    return {
        "phone": contact.phone,
        "mail": contact.mail,
        "source-kind": str(contact.source_kind or ""),
        "source": contact.source,
    }


def _flat(facts: dict[str, object], before: str = "") -> "list[tuple[str, object]]":
    """Facts as rows, those of a table within with a dot; none for what is empty."""
    rows: list[tuple[str, object]] = []
    for name, value in facts.items():
        if isinstance(value, dict):
            rows += _flat(value, f"{before}{name}.")
        elif isinstance(value, list):
            rows += [(before + name, ", ".join(map(str, value)))] if value else []
        elif value not in (None, ""):
            rows.append((before + name, str(value)))
    return rows
