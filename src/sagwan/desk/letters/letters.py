"""Writing a letter about a request: the record is read, the values are put together, the letter is set.

Writes nothing: whoever sends a letter keeps its bytes with `SendMessage`, and records the view of private
parts (`casework.access`) before the letter is shown.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from sagwan.desk.casework import queries
from sagwan.desk.casework.packs import Packs
from sagwan.desk.journal.queries import Stored
from sagwan.desk.letters import answers, custody, notices, words
from sagwan.desk.letters.facts import Body, Letter, Matter, Recipient, Signer
from sagwan.desk.letters.kinds import Kind, LetterNotPossible
from sagwan.desk.letters.letterhead import LetterConfig, read_letter_config
from sagwan.desk.letters.source import Source
from sagwan.desk.people.models import Authority, Person
from sagwan.desk.setup import Desk
from sagwan.desk.vault.productions.queries import released
from sagwan.law.citation import Label
from sagwan.law.finding import Finding, Severity
from sagwan.law.model import Who
from sagwan.pages.i18n import LANGUAGES
from sagwan.record.errors import InvalidValue
from sagwan.record.events import ClarificationAsked, Disclosed, Event, ForgerySuspected, HoldPlaced
from sagwan.record.request import Target
from sagwan.record.vocabulary import FindingAnswer, Mark, Sender

_USER = Label("이용자 귀하", "To the user")
_AWAITING = Label("승인 대기", "awaiting approval")


@dataclass(frozen=True, slots=True)
class Wish:
    """Which letter: `target` is the user's own, of a notice; `stage` is a production's, None the latest;
    `preview` also writes of a decision that waits."""

    kind: Kind
    lang: str
    preview: bool = False
    target: Target | None = None
    stage: int | None = None


def compose(desk: Desk, number: str, wish: Wish, *, at: datetime) -> Letter:
    """The letter's values, dated on `at` (aware) in the provider's zone.

    Raise UnknownRequest, LetterNotPossible where the record does not hold what the letter would say or it may
    not be written, TermNotAllowed where the law does not let the provider tell, HomeError for `[letter]`.
    """
    if wish.lang not in LANGUAGES:
        raise InvalidValue(f"{wish.lang!r} is not a language of letters", hint="write ko or en")
    config = read_letter_config(desk.home)
    story, packs = queries.story(desk, number), Packs(desk.home)
    state = story.progress.state
    if wish.kind.to_requester and (state.suspected_by or state.sender is Sender.DENIED):
        raise LetterNotPossible(
            "the request is denied or suspected to be forged; nothing goes out to the one who sent it",
            hint="the authority is told by its independent contact: --kind forgery",
        )
    found = queries.findings_now(desk, packs, story) or ()
    source = Source(
        story=story,
        pack=packs.pinned(state.pack),
        home=desk.home,
        lang=wish.lang,
        day=at.astimezone(desk.home.zone).date(),
        preview=wish.preview,
        duties=_owed(desk, story, wish.lang),
        missing=_sentences(found, None, story, wish.lang),
        defects=_sentences(found, FindingAnswer.ACCEPTED, story, wish.lang),
        to_fetch={one.stage: one.expires_at for one in released(desk, number, at)},
    )
    return letter_of(source, wish, config)


def letter_of(source: Source, wish: Wish, config: LetterConfig) -> Letter:
    """The letter that a source gives; the body says what else must be on record."""
    body = _body(source, wish)
    event, signer = _signed(source, wish, config)
    return Letter(
        kind=wish.kind,
        lang=source.lang,
        number=f"{source.story.number}-{event.seq}",
        day=source.day,
        dated=source.dated(source.day),
        head=config.head(source.lang),
        to=_recipient(source, wish),
        matter=_matter(source, wish.kind),
        body=body,
        signer=signer,
        preview=wish.preview,
        synthetic=source.state.synthetic,
    )


def _body(source: Source, wish: Wish) -> Body:
    match wish.kind:
        case Kind.ACKNOWLEDGEMENT:
            return answers.acknowledgement(source)
        case Kind.CLARIFICATION:
            return answers.clarification(source)
        case Kind.PRESERVATION | Kind.PRESERVATION_ENDING:
            return custody.preservation(source)
        case Kind.PRODUCTION:
            return custody.production(source, wish.stage)
        case Kind.NOTICE:
            return notices.notice(source, wish.target)
        case Kind.FORGERY:
            return notices.forgery(source)
        case _:
            return answers.answer(source, wish.kind)


_RESTS_ON: dict[Kind, type[Event]] = {
    Kind.CLARIFICATION: ClarificationAsked,
    Kind.PRESERVATION: HoldPlaced,
    Kind.PRESERVATION_ENDING: HoldPlaced,
    Kind.NOTICE: Disclosed,
    Kind.FORGERY: ForgerySuspected,
}
"""The event on which a letter rests: it gives the number, and who did it signs. An answer rests on the
decision's approval, a production on its hand-over, an acknowledgement on the receipt."""
_UNSIGNED = (Kind.ACKNOWLEDGEMENT, Kind.NOTICE)
"""Letters of the house; no person is named in them."""


def _signed(source: Source, wish: Wish, config: LetterConfig) -> tuple[Stored, Signer]:
    """The event that gives the letter its number, and who signs."""
    if wish.kind in (Kind.REFUSAL, Kind.PARTIAL, Kind.NO_DATA):
        approval = source.decision()[1]
        if approval is None:
            return source.story.events[-1][0], Signer(rank=_AWAITING.text(source.lang), awaiting=True)
        return approval, _signer(approval.actor, config, source.lang, approves=True)
    event = _event(source, wish)
    if wish.kind in _UNSIGNED:
        return event, Signer()
    return event, _signer(event.actor, config, source.lang, approves=False)


def _event(source: Source, wish: Wish) -> Stored:
    kind = _RESTS_ON.get(wish.kind)
    found = source.last(kind) if kind else None
    if wish.kind is Kind.PRODUCTION:
        found = source.disclosed(wish.stage)
    return found[0] if found else source.story.events[0][0]


def _signer(person: str, config: LetterConfig, lang: str, *, approves: bool) -> Signer:
    row = Person.objects.filter(name=person).first()
    return Signer(config.rank(person, lang, approves=approves), row.full_name if row else person)


def _recipient(source: Source, wish: Wish) -> Recipient:
    if wish.kind is Kind.NOTICE:
        return Recipient("", (_USER.text(source.lang),))
    ledger = source.ledger
    if wish.kind is not Kind.FORGERY:
        return Recipient(ledger.authority, ledger.officials)
    names = Q(slug=ledger.authority) | Q(name_ko=ledger.authority) | Q(name_en=ledger.authority)
    row = Authority.objects.filter(names, vetted_at__isnull=False).first()
    if row is None:
        raise LetterNotPossible(
            f"{ledger.authority} has no contact that was found independently",
            hint="vet the authority first: sagwan authority vet",
        )
    return Recipient(row.name_ko if source.lang == "ko" else row.name_en, (row.head,) if row.head else ())


def _matter(source: Source, kind: Kind) -> Matter:
    """What the letter says of the request; a user is not told the case, nor how many others are named."""
    received = source.state.received
    to_user = kind is Kind.NOTICE
    return Matter(
        number=source.story.number,
        case_number="" if to_user else source.ledger.case_number,
        service=source.service,
        instrument=source.instrument.name.text(source.lang),
        citation=source.instrument.citation.text(source.lang),
        received="" if to_user else source.moment(source.story.progress.received_at),
        data=() if to_user else source.data(received.data),
        accounts=0 if to_user else received.accounts,
        emergency=Mark.EMERGENCY in received.marks and not to_user,
    )


def _owed(desk: Desk, story: queries.Story, lang: str) -> tuple[str, ...]:
    """What the authority itself still owes, each with its due time where one can be told."""
    return tuple(
        duty.label.text(lang)
        + (f" ({words.moment(duty.due, desk.home.zone, lang)})" if duty.due else "")
        + (f" [{duty.citation.text(lang)}]" if duty.citation else "")
        for duty in queries.duties(desk, story)
        if duty.who is Who.AUTHORITY and duty.due is not None
    )


def _sentences(
    found: tuple[Finding, ...], answer: FindingAnswer | None, story: queries.Story, lang: str
) -> tuple[str, ...]:
    """The findings that stand against a disclosure and were answered so (None: not answered yet)."""
    state = story.progress.state
    return tuple(
        finding.sentence(lang)
        for finding in found
        if finding.severity is Severity.BLOCKS and state.answer(finding.key) is answer
    )
