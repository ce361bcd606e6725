"""What people ask to be done with a request; `lifecycle.decide` says whether it may be done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sagwan.record.disposition import Disposition
from sagwan.record.events import Proposal
from sagwan.record.request import Document, Filing, Target
from sagwan.record.vocabulary import CallResult, DataCategory, FindingAnswer, Release, Sender, Teller


@dataclass(frozen=True, slots=True)
class Receive:
    """Take a filing in. `sender` says whether it is known who asks, `sender_findings` what was found of them
    (codes), `sender_blocking` those of them that must be answered before anything goes out.

    The desk fills the rest from the law pack: `voluntary`: the law does not oblige; `blocking`: the law's
    findings that must be answered first; `discloses`: does the instrument hand data over?
    """

    filing: Filing
    pack: str
    findings: tuple[str, ...] = ()
    voluntary: bool = False
    synthetic: bool = False
    sender: Sender = Sender.NOT_ASKED
    sender_findings: tuple[str, ...] = ()
    sender_blocking: tuple[str, ...] = ()
    blocking: tuple[str, ...] = ()
    discloses: bool = True


@dataclass(frozen=True, slots=True)
class StartReview:
    pass


@dataclass(frozen=True, slots=True)
class AskClarification:
    text: str


@dataclass(frozen=True, slots=True)
class AnswerClarification:
    text: str


@dataclass(frozen=True, slots=True)
class Propose:
    """`targets`: on a follow-up, whom it names. `dispositions`: what becomes of each target's data; the
    decision must be what they add up to. Without them the decision is on the request as a whole. `period`:
    the first and last day of which data are granted, where that is less than was asked."""

    proposal: Proposal
    note: str = ""
    targets: tuple[Target, ...] = ()
    dispositions: tuple[Disposition, ...] = ()
    period: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Approve:
    note: str = ""


@dataclass(frozen=True, slots=True)
class SendBack:
    note: str


@dataclass(frozen=True, slots=True)
class Disclose:
    data: tuple[DataCategory, ...]
    accounts: int
    targets: tuple[Target, ...] = ()
    manifest: str = ""


@dataclass(frozen=True, slots=True)
class Resolve:
    pass


@dataclass(frozen=True, slots=True)
class Withdraw:
    reason: str


@dataclass(frozen=True, slots=True)
class Assign:
    """Give the request to a person, or take it oneself (`to` is the actor)."""

    to: str


@dataclass(frozen=True, slots=True)
class HandBack:
    pass


@dataclass(frozen=True, slots=True)
class AddNote:
    text: str


@dataclass(frozen=True, slots=True)
class SendMessage:
    text: str
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiveMessage:
    text: str
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkRead:
    """The thread was read."""


@dataclass(frozen=True, slots=True)
class AnswerFinding:
    """`finding`: a code, for all findings of it, or `code:subject` for one."""

    finding: str
    answer: FindingAnswer
    note: str = ""


@dataclass(frozen=True, slots=True)
class SupplyPaper:
    """Later or better paper: `paper` is added to what stood on the document, and replaces it slug by slug.

    `findings` and `blocking` are codes of what was found of the documents; the desk adds those of the law by
    judging the request anew.
    """

    paper: Mapping[str, str] = field(default_factory=dict)
    documents: tuple[Document, ...] = ()
    note: str = ""
    findings: tuple[str, ...] = ()
    blocking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CallBack:
    """`source` says where the number was found: never in anything that the sender sent."""

    result: CallResult
    number: str
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordIdentification:
    """Which officer, shown by which kind of document; and who approved the request, with what rank."""

    officer: str
    document: str
    approver: str = ""
    approver_rank: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SuspectForgery:
    note: str


@dataclass(frozen=True, slots=True)
class ClearSuspicion:
    note: str


@dataclass(frozen=True, slots=True)
class MeetDuty:
    duty: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlaceHold:
    """`scope` says in words what is kept; `start` and `until` are days, both included."""

    scope: str
    start: date
    until: date


@dataclass(frozen=True, slots=True)
class ExtendHold:
    until: date


@dataclass(frozen=True, slots=True)
class ReleaseHold:
    reason: Release


@dataclass(frozen=True, slots=True)
class DeferNotice:
    ground: str
    until: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordNotice:
    who: Teller
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class ImposeOrder:
    """A non-disclosure order; `until` None has no end."""

    until: date | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class EndOrder:
    pass


@dataclass(frozen=True, slots=True)
class Fetch:
    """The production of a stage is handed to the official who acts."""

    stage: int


@dataclass(frozen=True, slots=True)
class Expire:
    """End the time in which the production of a stage can be fetched."""

    stage: int


Command = (
    Receive
    | StartReview
    | AskClarification
    | AnswerClarification
    | Propose
    | Approve
    | SendBack
    | Disclose
    | Resolve
    | Withdraw
    | Assign
    | HandBack
    | AddNote
    | SendMessage
    | ReceiveMessage
    | MarkRead
    | AnswerFinding
    | SupplyPaper
    | CallBack
    | RecordIdentification
    | SuspectForgery
    | ClearSuspicion
    | MeetDuty
    | PlaceHold
    | ExtendHold
    | ReleaseHold
    | DeferNotice
    | RecordNotice
    | ImposeOrder
    | EndOrder
    | Fetch
    | Expire
)
