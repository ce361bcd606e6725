"""What a law pack is made of: rules, each with the article it rests on and the days on which it holds.

Frozen values without behaviour beyond "does it hold on this day"; `parse` makes them, `in_force` picks them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from sagwan.law.citation import Citation, Label
from sagwan.record.vocabulary import DataCategory, Outcome


class SourceKind(StrEnum):
    ACT = "act"
    CODE = "code"
    DECREE = "decree"
    RULING = "ruling"


class Binding(StrEnum):
    """Does the law oblige the provider to comply?"""

    BINDING = "binding"
    VOLUNTARY = "voluntary"


class Opened(StrEnum):
    """What of a request's opening lines is published at the half-year's end."""

    LINE = "line"
    BANDED = "banded"
    WITHHELD = "withheld"


class When(StrEnum):
    """For which requests a rule is meant."""

    ALWAYS = "always"
    ORDINARY = "ordinary"
    EMERGENCY = "emergency"


class ItemKind(StrEnum):
    """How the value of a document item must look.

    `date` 2016-03-02; `period` 2016-01-01/2016-01-31; `yes` the word yes; `choice` one of the item's choices;
    `choices` some of them, comma-separated; `issuer`, `approver` a role; `cited-law` an article;
    `text` anything, or what its pattern says.
    """

    TEXT = "text"
    DATE = "date"
    PERIOD = "period"
    YES = "yes"
    CHOICE = "choice"
    CHOICES = "choices"
    ISSUER = "issuer"
    APPROVER = "approver"
    CITED_LAW = "cited-law"


class Bound(StrEnum):
    """How a date on the document must lie to the day on which the request is judged."""

    NOT_AFTER = "not-after"
    NOT_BEFORE = "not-before"


class ClockKind(StrEnum):
    HOURS = "hours"
    DAYS = "days"
    BUSINESS_DAYS = "business-days"
    WITHOUT_DELAY = "without-delay"
    PAPER_DATE = "paper-date"


class Start(StrEnum):
    """From when a clock runs. Only the receipt is known from the filing; the desk records the others."""

    RECEIVED = "received"
    EXECUTION = "execution"
    DISPOSITION = "disposition"
    PROVISION = "provision"
    ASKED = "asked"


class MetBy(StrEnum):
    """What ends a clock besides a person's word: the request's end, the first disclosure, the hold that is
    placed or released, or a paper that came. `record`: a person's word alone."""

    END = "end"
    DISCLOSURE = "disclosure"
    HOLD = "hold"
    RELEASE = "release"
    PAPER = "paper"
    RECORD = "record"


class Who(StrEnum):
    """On whom a duty lies; `nobody` where the law of that day laid it on no one."""

    PROVIDER = "provider"
    AUTHORITY = "authority"
    NOBODY = "nobody"


class ProviderNotice(StrEnum):
    """May the provider itself tell the user? `unsettled`: ask counsel, and until then do not."""

    MUST_NOT = "must-not"
    UNSETTLED = "unsettled"
    MAY = "may"
    MUST = "must"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Something that holds from `since` to `until`, both days included; `until` None is to this day."""

    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Dated):
    """A dated rule and the article on which it rests."""

    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Dated):
    """What something is called between two days; a change of name needs no citation."""

    label: Label


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    slug: str
    kind: SourceKind
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One who may ask or approve: judge, prosecutor, …"""

    slug: str
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis(Rule):
    """An article that a document may quote for this instrument; `issuers` () is anyone's."""

    issuers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingRule(Rule):
    binding: Binding


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedRule(Rule):
    how: Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRule(Rule):
    """A data category that may be asked for and handed over."""

    category: DataCategory


@dataclass(frozen=True, slots=True, kw_only=True)
class Party(Rule):
    """A role that may ask for (issuer) or must have allowed (approver) a request; `condition` limits it."""

    role: str
    when: When = When.ALWAYS
    condition: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentItem(Rule):
    """Something that stands on the document, or that the desk ascertains of it."""

    slug: str
    label: Label
    kind: ItemKind
    required: bool = True
    when: When = When.ALWAYS
    data: tuple[DataCategory, ...] = ()
    choices: tuple[str, ...] = ()
    pattern: str = ""
    bound: Bound | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Rule):
    """The longest that the period in `item` may be: calendar months, or days; `approvers` () is all."""

    item: str
    months: int = 0
    days: int = 0
    approvers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyRule(Rule):
    """The emergency variant: its name, the item whose paper must follow, and which data may go out before it
    came; `data` () is all that the instrument covers."""

    label: Label
    follow_up: str
    data: tuple[DataCategory, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The house's own number where the law says 'without delay'; always shown as policy."""

    kind: ClockKind
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRule(Rule):
    """A clock. `number` counts the kind's units; `item` is the document item of a paper-date.

    `met_by` says what ends it, `paper` the item that must have come for `paper`. `pauses`: it stands still
    while the provider waits for an answer to a clarification.
    """

    slug: str
    label: Label
    who: Who
    kind: ClockKind
    number: int = 0
    starts: Start = Start.RECEIVED
    when: When = When.ALWAYS
    issuers: tuple[str, ...] = ()
    policy: Policy | None = None
    item: str = ""
    stops: bool = False
    met_by: MetBy = MetBy.END
    paper: str = ""
    pauses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A ground on which notice may be put off; `longest` says for how long, `times` and `months` the same as
    numbers: at most so often, each time so long (0: the law gives no number)."""

    slug: str
    label: Label
    longest: Label
    times: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRule(Rule):
    """How long data may be kept from deletion: the first term, and its one extension (0: none), in days."""

    days: int
    extension: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRule(Rule):
    """Who must tell the person concerned, within how many days of what; what the provider may do.

    With `who` nobody, `days` is 0 and `starts` means nothing.
    """

    who: Who
    label: Label
    days: int
    starts: Start
    provider: ProviderNotice
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention(Rule):
    """How many years a class of record must be kept."""

    record: str
    label: Label
    instruments: tuple[str, ...]
    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRule(Rule):
    """A half-yearly report that the provider owes: to whom, within how many days of the half-year's end."""

    slug: str
    label: Label
    to: Label
    instruments: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Never(Rule):
    """Something that is never handed over, whatever the request says."""

    slug: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason(Dated):
    """Why a request was not complied with in full; `citation` None where it states a fact, not a right.

    `partly` is the reason that a partial answer has where this one holds for some of its targets only.
    """

    slug: str
    label: Label
    outcomes: tuple[Outcome, ...]
    instruments: tuple[str, ...]
    citation: Citation | None = None
    partly: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument(Rule):
    """One legal process (절차) with all its rules, of all times. `discloses`: do data go out?"""

    slug: str
    discloses: bool
    names: tuple[Name, ...]
    basis: tuple[Basis, ...]
    binding: tuple[BindingRule, ...]
    opened: tuple[OpenedRule, ...]
    data: tuple[DataRule, ...]
    issuers: tuple[Party, ...]
    approvers: tuple[Party, ...]
    items: tuple[DocumentItem, ...]
    limits: tuple[Limit, ...]
    emergency: tuple[EmergencyRule, ...]
    deadlines: tuple[DeadlineRule, ...]
    notice: tuple[NoticeRule, ...]
    holds: tuple[HoldRule, ...] = ()


def holding(rules: Iterable[D], day: date) -> tuple[D, ...]:
    """Those that hold on that day, in the pack's order."""
    return tuple(rule for rule in rules if rule.holds_on(day))
