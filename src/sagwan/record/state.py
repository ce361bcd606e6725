"""Where a request stands: what its events so far add up to."""

from dataclasses import dataclass
from enum import StrEnum

from sagwan.record.events import Decision, Proposal
from sagwan.record.private import Ledger
from sagwan.record.request import Document, Target
from sagwan.record.vocabulary import DataCategory, LineKind, Mark, Outcome


class Stage(StrEnum):
    """The stations of a request, in the order of an undisturbed life."""

    RECEIVED = "received"
    UNDER_REVIEW = "under-review"
    CLARIFICATION_ASKED = "clarification-asked"
    DECISION_PROPOSED = "decision-proposed"
    APPROVED = "approved"
    DISCLOSED = "disclosed"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class SealedLine:
    """The counted values of one opening line of the request, in the order they were written.

    `kind` is the kind it counts as: a correction has the kind of the line it replaces, whose number is
    `replaces`. `superseded` turns True when a later line corrects this one.
    """

    kind: LineKind
    outcome: Outcome | None
    reason: str
    data: tuple[DataCategory, ...]
    accounts: int
    marks: tuple[Mark, ...]
    replaces: int | None = None
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """One request. `pending` waits for a second person; `decision` is what was approved last.

    `documents` came with the filing. `disclosed_*` add up over the stages of disclosure. `ledger`,
    `documents` and the target lists are empty where the private parts were not read or their key is
    destroyed.
    """

    stage: Stage
    service: str
    jurisdiction: str
    instrument: str
    pack: str
    synthetic: bool
    lines: tuple[SealedLine, ...]
    pending: Proposal | None = None
    proposed_by: str = ""
    pending_targets: tuple[Target, ...] = ()
    decision: Decision | None = None
    stages: int = 0
    disclosed_data: tuple[DataCategory, ...] = ()
    disclosed_accounts: int = 0
    disclosed_targets: tuple[Target, ...] = ()
    asked_targets: tuple[Target, ...] = ()
    documents: tuple[Document, ...] = ()
    ledger: Ledger | None = None

    def current(self, kind: LineKind) -> tuple[SealedLine, ...]:
        """The lines that count as `kind` and are not superseded."""
        return tuple(line for line in self.lines if line.kind is kind and not line.superseded)

    @property
    def received(self) -> SealedLine:
        return self.current(LineKind.RECEIVED)[0]

    @property
    def resolution(self) -> SealedLine | None:
        found = self.current(LineKind.RESOLVED)
        return found[0] if found else None
