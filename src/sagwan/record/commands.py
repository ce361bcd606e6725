"""What people ask to be done with a request; `lifecycle.decide` says whether it may be done."""

from dataclasses import dataclass

from sagwan.record.events import Proposal
from sagwan.record.request import Filing, Target
from sagwan.record.vocabulary import DataCategory


@dataclass(frozen=True, slots=True)
class Receive:
    """Take a filing in. `voluntary`: the law does not oblige (the pack says so)."""

    filing: Filing
    pack: str
    findings: tuple[str, ...] = ()
    voluntary: bool = False
    synthetic: bool = False


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
    """`targets`: on a follow-up, whom it names."""

    proposal: Proposal
    note: str = ""
    targets: tuple[Target, ...] = ()


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
)
