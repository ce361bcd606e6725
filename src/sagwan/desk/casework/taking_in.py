"""Staff take in what came by post, fax, mail or in person: documents read, checked, and sent once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.intake import checking, drafts, known, rows
from sagwan.desk.intake.checking import Checked
from sagwan.desk.intake.documents import Look
from sagwan.desk.intake.drafted import Law, filing_from, law_of
from sagwan.desk.intake.drafts import Draft
from sagwan.desk.intake.form_fields import PAPER
from sagwan.desk.intake.mail import Mail, documents, read_mail
from sagwan.desk.intake.mail_text import safe_name
from sagwan.desk.intake.pdf import is_pdf
from sagwan.desk.intake.rows import File
from sagwan.desk.journal.locks import writing
from sagwan.desk.people import queries as people
from sagwan.desk.people.check import check_sender, own_mail_check
from sagwan.desk.people.domains import belongs, domain_of
from sagwan.desk.people.records import AuthorityRecord, OfficialRecord
from sagwan.desk.people.senders import FilingFacts, normal_address
from sagwan.desk.people.sightings import remember_domain
from sagwan.desk.setup import Desk
from sagwan.desk.web.refusals import said
from sagwan.law.finding import Finding
from sagwan.record.errors import InvalidValue, SagwanError
from sagwan.record.request import Filing

CHANNELS = ("post", "fax", "mail", "in-person")
"""By which way a request comes that staff enter."""
BESIDE = 4
"""So many documents are read for the page of the form; the others when the answers are checked."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A look at all of a draft: what the desk would find, and which requests look like it."""

    checked: Checked
    earlier: tuple[str, ...]
    same_document: tuple[str, ...]


def law_for(desk: Desk, draft: Draft, at: datetime) -> Law:
    """The law that a draft is entered under: its authority's, or the home's."""
    return law_of(desk, _jurisdiction(desk, _authority(draft)), at)


def attach(desk: Desk, token: str, uploads: Iterable[tuple[str, bytes]], *, person: str) -> list[str]:
    """Keep files with a draft; a mail whole, with its attachments beside it. Returns what could not be kept,
    and why."""
    wrong = []
    for name, data in uploads:
        for shown, content in _parts(name, data):
            try:
                drafts.attach(desk, token, shown, content, person=person)
            except SagwanError as error:
                wrong.append(said(error))
    return wrong


def _parts(name: str, data: bytes) -> list[tuple[str, bytes]]:
    shown = safe_name(name, "document")
    if not is_mail(shown):
        return [(shown, data)]
    try:
        mail = read_mail(data, shown)
    except SagwanError:
        return [(shown, data)]  # too large to be kept: to attach it says so
    return [(one.name, content) for one, content in documents(mail, data)]


def is_mail(name: str) -> bool:
    return name.lower().endswith(".eml")


def read(desk: Desk, draft: Draft, files: tuple[File, ...], at: datetime) -> dict[str, str]:
    """Field of the form → what the documents say; only what they say beyond doubt."""
    law = law_for(desk, draft, at)
    looks = checking.looks(desk, files, law.pack, at)
    mails = mails_of(files)
    return {**_of_papers(looks), **_of_mail(mails)}


def with_instrument(desk: Desk, draft: Draft, files: tuple[File, ...], at: datetime) -> Draft:
    """The draft under the instrument that was chosen, or else the one that a document's title names.

    Raise InvalidValue where there is none, or it knows no emergency.
    """
    law = law_for(desk, draft, at)
    if not draft.instrument:
        named = (look.paper.instrument for look in checking.looks(desk, files, law.pack, at) if look.paper)
        slug = next((slug for slug in named if law.instrument(slug)), "")
        draft = replace(draft, instrument=slug)
    instrument = law.instrument(draft.instrument)
    if instrument is None:
        raise InvalidValue("no document names a legal process", hint="choose one")
    if draft.emergency and instrument.emergency is None:
        raise InvalidValue(f"the law knows no emergency form of {instrument.slug}", hint="take the tick out")
    return draft


def _of_papers(looks: Iterable[Look]) -> dict[str, str]:
    found: dict[str, str] = {}
    for look in looks:
        if look.paper is None:
            continue
        said = {PAPER + slug: value for slug, value in look.paper.paper().items()}
        if look.paper.case_numbers:
            said["case_number"] = look.paper.case_numbers[0]
        found = said | found
    return found


def _of_mail(mails: tuple[Mail, ...]) -> dict[str, str]:
    """Who a mail says it is from: its word, to be checked by a call."""
    sender = next((mail.senders[0] for mail in mails if mail.senders), None)
    if sender is None:
        return {}
    domains = people.vetted_domains()
    office = next((slug for own, slug in domains.items() if belongs(sender.domain, own)), "")
    return {"address": sender.address, "authority": office} if office else {"address": sender.address}


def texts(
    desk: Desk, draft: Draft, files: tuple[File, ...], at: datetime
) -> list[tuple[str, tuple[str, ...]]]:
    """(name, pages) of the documents that are read beside the form: the first few mails and PDFs. Raise
    intake.Refused where the home takes none so."""
    pack = law_for(desk, draft, at).pack
    shown = [file for file in files if is_mail(file.name) or is_pdf(file.data)][:BESIDE]
    found = []
    for file in shown:
        if is_mail(file.name):
            pages: tuple[str, ...] = (read_mail(file.data, file.name).text,)
        else:
            (look,) = checking.looks(desk, (file,), pack, at)
            pages = look.inspection.pages if look.inspection else ()
        found.append((file.name, tuple(page for page in pages if page.strip())))
    return found


def mails_of(files: tuple[File, ...]) -> tuple[Mail, ...]:
    """The mails among a draft's files, read."""
    return tuple(read_mail(file.data, file.name) for file in files if is_mail(file.name))


def looked_at(desk: Desk, draft: Draft, files: tuple[File, ...], *, at: datetime) -> TakenIn:
    """Look at all of a draft as the desk will; raise InvalidValue, or intake.Refused for a document."""
    made = checked(desk, draft, files, at=at)
    digests = [file.digest for file in files]
    return TakenIn(made, tuple(known.all_earlier_of(desk, made.filing)), tuple(known.with_document(digests)))


def checked(desk: Desk, draft: Draft, files: tuple[File, ...], *, at: datetime) -> Checked:
    """What law, documents, mail and sender give; raise as `looked_at`."""
    office = _authority(draft)
    filing = _filing(desk, draft, files, office)
    pack = law_of(desk, filing.jurisdiction, at).pack
    law = checking.of_law(desk, filing, pack, at)
    mails = mails_of(files)
    paper = (*checking.of_paper(desk, filing, files, pack, at), *(f for mail in mails for f in mail.findings))
    facts = _facts(desk, draft, mails, law, at)
    official = _official(facts.from_address or draft.address, office)
    sender = check_sender(
        desk,
        facts,
        official=official.name if official else "",
        authority=office.slug if office else "",
        at=at,
    )
    return Checked(filing, files, law, paper, sender)


def send(desk: Desk, token: str, *, person: str, at: datetime) -> str:
    """Take a draft in and return the request's number; the same number however often it is sent.

    Raise NoDraft, or what the desk says of a filing that cannot be taken.
    """
    row = drafts.row_of(token, person)
    if row.about:
        return row.about
    # Documents are looked at before the transaction: that may take seconds.
    draft = drafts.opened(desk, row)
    made = checked(desk, draft, drafts.files(desk, row), at=at)
    with writing():
        row = drafts.row_of(token, person, lock=True)
        if row.about:
            return row.about
        number = execute(desk, [Step("", made.command(), person, at, made.contents)])[0].request
        if domain := domain_of(_address(draft, mails_of(made.files))):
            remember_domain(desk, domain=domain, actor=person, at=at)
        rows.close(row, number)
    return number


def _filing(desk: Desk, draft: Draft, files: tuple[File, ...], office: AuthorityRecord | None) -> Filing:
    return filing_from(
        desk, draft, files,
        jurisdiction=_jurisdiction(desk, office),
        authority=office.name_ko if office else draft.authority_name.strip(),
        officials=draft.officials,
    )  # fmt: skip


def _facts(
    desk: Desk, draft: Draft, mails: tuple[Mail, ...], law: tuple[Finding, ...], at: datetime
) -> FilingFacts:
    """How it came. Only what came by mail has a sender's address that can be checked."""
    facts = FilingFacts(
        received_at=at,
        from_address=_address(draft, mails),
        phone=draft.phone,
        emergency=draft.emergency,
        law_findings=law,
    )
    if not mails:
        return facts
    mail = mails[0]
    return replace(
        facts,
        sent_at=mail.date,
        reply_to=mail.reply_to[0].address if mail.reply_to else "",
        return_path=mail.return_path,
        mail_check=own_mail_check(desk, mail.authentication),
    )


def _address(draft: Draft, mails: tuple[Mail, ...]) -> str:
    """Where it came from: what the mail itself says before what was typed."""
    said = next((mail.senders[0].address for mail in mails if mail.senders), "")
    return said or (draft.address if draft.channel == "mail" else "")


def _authority(draft: Draft) -> AuthorityRecord | None:
    return people.authority(draft.authority) if draft.authority else None


def _official(address: str, office: AuthorityRecord | None) -> OfficialRecord | None:
    """The official on record whose address it is, if they are of that authority."""
    found = people.official_by_mail(normal_address(address)) if office and "@" in address else None
    return found if found and office and found.authority == office.slug else None


def _jurisdiction(desk: Desk, office: AuthorityRecord | None) -> str:
    return office.jurisdiction if office else desk.home.jurisdiction
