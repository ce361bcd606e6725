"""Where a request stands: what its events so far add up to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sagwan.record.disposition import Disposition
from sagwan.record.events import Decision, Proposal
from sagwan.record.private import Ledger
from sagwan.record.request import Document, Target
from sagwan.record.vocabulary import (
    DataCategory,
    FindingAnswer,
    LineKind,
    Mark,
    Outcome,
    Release,
    Sender,
    Teller,
)


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

    @property
    def is_over(self) -> bool:
        return self in (Stage.RESOLVED, Stage.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Hold:
    """Data kept from deletion, both days included; `released` says why it ended, None while it stands."""

    start: date
    until: date
    extended: bool = False
    released: Release | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Whether the person concerned was told. `deferrals` are (ground, until), the latest last; `told` are
    those who told, with the day; `ordered`: a non-disclosure order stands, until the day or for good."""

    deferrals: tuple[tuple[str, date], ...] = ()
    told: tuple[tuple[Teller, date], ...] = ()
    ordered: bool = False
    order_until: date | None = None

    def forbidden_on(self, day: date) -> bool:
        """Does an order forbid telling anyone on that day?"""
        return self.ordered and (self.order_until is None or day <= self.order_until)

    def deferred_on(self, day: date) -> bool:
        return any(day <= until for _, until in self.deferrals)


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

    `documents` came with the filing. `disclosed_*` add up over the stages of disclosure. `dispositions` are
    those of the decision that waits or was approved last, `period` the days that it grants where these are
    fewer than was asked. `ledger`, `documents`, `dispositions` and the
    target lists are empty where the private parts were not read or their key is destroyed.

    `findings` are codes, `blocking` those that stand against a disclosure, `answers` what was said of them.
    `denied_by` recorded that the sender was denied, `suspected_by` marked the request as a forgery ('' for
    nobody). `fetched` are the stages whose production was fetched, once for each time.
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
    dispositions: tuple[Disposition, ...] = ()
    period: tuple[date, date] | None = None
    discloses: bool = True
    assigned: str = ""
    unread: bool = False
    findings: tuple[str, ...] = ()
    blocking: tuple[str, ...] = ()
    answers: Mapping[str, FindingAnswer] = field(default_factory=dict)
    sender: Sender = Sender.NOT_ASKED
    denied_by: str = ""
    identified: bool = False
    suspected_by: str = ""
    duties_met: tuple[str, ...] = ()
    hold: Hold | None = None
    notice: Notice = Notice()
    fetched: tuple[int, ...] = ()
    expired: tuple[int, ...] = ()

    def answer(self, finding: str) -> FindingAnswer | None:
        """What was said of a finding, by itself or with all of its code."""
        return self.answers.get(finding) or self.answers.get(finding.partition(":")[0])

    @property
    def points(self) -> tuple[str, ...]:
        """The findings one by one: a blocking one with its subject, any other by its code."""
        codes = {finding.partition(":")[0] for finding in self.blocking}
        return (*self.blocking, *(code for code in self.findings if code not in codes))

    @property
    def open_findings(self) -> tuple[str, ...]:
        """Those that nobody has answered yet."""
        return tuple(finding for finding in self.points if self.answer(finding) is None)

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
