"""What can happen to a request. Events are never changed, only followed; they are the only truth.

Fields are public but for `ledger` and `matter`, which are encrypted at rest and are None once their key
has been destroyed.
"""

from dataclasses import dataclass

from sagwan.record.private import Ledger, Matter
from sagwan.record.vocabulary import DataCategory, LineKind, Mark, Outcome


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
    """The request came in; `pack` is the SHA-256 of the law pack it is judged under, `findings` its codes."""

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
)

SEALED: dict[type, LineKind] = {
    RequestReceived: LineKind.RECEIVED,
    Resolved: LineKind.RESOLVED,
    Withdrawn: LineKind.RESOLVED,
    FollowedUp: LineKind.FOLLOW_UP,
    Corrected: LineKind.CORRECTED,
}
"""The events that write an opening line, and of which kind it is."""
