"""What can happen to a request. Events are never changed, only followed; they are the only truth.

Fields are public but for `ledger`, `check` and `matter`, which are encrypted at rest and are None once their
key has been destroyed. What happens to a request besides its decision (notes, call-backs, holds, notice) is
in the second half.
"""

from dataclasses import dataclass
from datetime import date

from sagwan.record.private import Check, Ledger, Matter
from sagwan.record.vocabulary import (
    CallResult,
    DataCategory,
    FindingAnswer,
    LineKind,
    Mark,
    Outcome,
    Release,
    Sender,
    Teller,
)


@dataclass(frozen=True, slots=True)
class Decision:
    """How a request shall end: at most `accounts` accounts' data of these categories, or none and why."""

    outcome: Outcome
    reason: str = ""
    data: tuple[DataCategory, ...] = ()
    accounts: int = 0
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """More accounts named under a further request, after a first, blinded disclosure."""

    data: tuple[DataCategory, ...]
    accounts: int
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """Better values for sealed line number `line` of the request (0 is its `received` line)."""

    line: int
    outcome: Outcome | None
    reason: str = ""
    data: tuple[DataCategory, ...] = ()
    accounts: int = 0
    marks: tuple[Mark, ...] = ()


Proposal = Decision | FollowUp | Correction


@dataclass(frozen=True, slots=True)
class RequestReceived:
    """The request came in; `pack` is the SHA-256 of the law pack it is judged under.

    `findings` are codes; `blocking` are those findings, as `code` or `code:subject`, that stand against a
    disclosure until a person has answered them. `discloses` is False where the instrument hands nothing over
    (a preservation request).
    """

    service: str
    jurisdiction: str
    instrument: str
    data: tuple[DataCategory, ...]
    accounts: int
    marks: tuple[Mark, ...]
    channel: str
    pack: str
    findings: tuple[str, ...] = ()
    synthetic: bool = False
    sender: Sender = Sender.NOT_ASKED
    blocking: tuple[str, ...] = ()
    discloses: bool = True
    ledger: Ledger | None = None
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class ReviewStarted:
    by: str


@dataclass(frozen=True, slots=True)
class ClarificationAsked:
    by: str
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class ClarificationAnswered:
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    proposal: Proposal
    by: str
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class Approved:
    by: str
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class SentBack:
    by: str
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class Disclosed:
    """Stage `stage` (from 1) of the disclosure; `manifest` is the SHA-256 of what was handed over, or ''."""

    stage: int
    data: tuple[DataCategory, ...]
    accounts: int
    by: str
    manifest: str = ""
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    outcome: Outcome
    reason: str
    data: tuple[DataCategory, ...]
    accounts: int
    marks: tuple[Mark, ...]
    by: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The authority took its request back before any data went out."""

    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class FollowedUp:
    data: tuple[DataCategory, ...]
    accounts: int
    marks: tuple[Mark, ...]
    by: str
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    correction: Correction
    by: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """`to` works on it from now; `by` may be the same person."""

    to: str
    by: str


@dataclass(frozen=True, slots=True)
class HandedBack:
    """Nobody in particular works on it any more."""

    by: str


@dataclass(frozen=True, slots=True)
class NoteAdded:
    by: str
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class MessageSent:
    """The provider wrote to the official."""

    by: str
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class MessageReceived:
    """The official wrote; `by` entered it (the official themselves, or staff for a letter)."""

    by: str
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class ThreadRead:
    by: str


@dataclass(frozen=True, slots=True)
class FindingAnswered:
    """`finding` is a code, or a code and its subject (`item-missing:valid-until`)."""

    finding: str
    answer: FindingAnswer
    by: str
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class PaperSupplied:
    """Better or later paper came; `ledger` replaces the earlier one, `findings` and `blocking` are those of
    the check made anew."""

    findings: tuple[str, ...]
    blocking: tuple[str, ...]
    by: str
    ledger: Ledger | None = None
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class CalledBack:
    """The authority's independent contact was called; number, its source and a note are private."""

    result: CallResult
    by: str
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class IdentityChecked:
    """The officer's identification, and who approved the request with what rank, were looked at."""

    by: str
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class ForgerySuspected:
    by: str
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class SuspicionCleared:
    by: str
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class DutyMet:
    """What a clock waited for was done, or came; `duty` is the clock's slug."""

    duty: str
    by: str
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class HoldPlaced:
    """Data are kept from deletion from `start` until `until`, both days included; the scope is private."""

    start: date
    until: date
    by: str
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class HoldExtended:
    until: date
    by: str


@dataclass(frozen=True, slots=True)
class HoldReleased:
    reason: Release
    by: str


@dataclass(frozen=True, slots=True)
class NoticeDeferred:
    """Telling the person concerned is put off until the end of that day, on a ground of the law pack."""

    ground: str
    until: date
    by: str
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class NoticeRecorded:
    """The person concerned was told on that day."""

    who: Teller
    on: date
    by: str
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class OrderImposed:
    """A non-disclosure order: the provider may tell nobody, until the end of that day or for good (None)."""

    until: date | None
    by: str
    matter: Matter | None = None


@dataclass(frozen=True, slots=True)
class OrderEnded:
    by: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """The official fetched the production of a stage; who it was is private."""

    stage: int
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class Expired:
    """The production of a stage can be fetched no more."""

    stage: int
    by: str


Event = (
    RequestReceived
    | ReviewStarted
    | ClarificationAsked
    | ClarificationAnswered
    | Proposed
    | Approved
    | SentBack
    | Disclosed
    | Resolved
    | Withdrawn
    | FollowedUp
    | Corrected
    | Assigned
    | HandedBack
    | NoteAdded
    | MessageSent
    | MessageReceived
    | ThreadRead
    | FindingAnswered
    | PaperSupplied
    | CalledBack
    | IdentityChecked
    | ForgerySuspected
    | SuspicionCleared
    | DutyMet
    | HoldPlaced
    | HoldExtended
    | HoldReleased
    | NoticeDeferred
    | NoticeRecorded
    | OrderImposed
    | OrderEnded
    | Fetched
    | Expired
)

SEALED: dict[type, LineKind] = {
    RequestReceived: LineKind.RECEIVED,
    Resolved: LineKind.RESOLVED,
    Withdrawn: LineKind.RESOLVED,
    FollowedUp: LineKind.FOLLOW_UP,
    Corrected: LineKind.CORRECTED,
}
"""The events that write an opening line, and of which kind it is."""
