"""The private parts of an event, by record class: each class has a key of its own, so that each can be
destroyed when the law's keeping time for it ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sagwan.record.disposition import Disposition
from sagwan.record.request import Document, Target


class RecordClass(StrEnum):
    """LEDGER: who asked under which paper, as the law's ledger wants. MATTER: about whom, and free text."""

    LEDGER = "ledger"
    MATTER = "matter"


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the law's ledger keeps of a demand: who asked, under which case and paper."""

    authority: str
    case_number: str
    officials: tuple[str, ...] = ()
    paper: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """What was ascertained of the one who asks, of the ledger's class: slug → what was seen, such as the
    number that was called (`number`) and where it was found (`source`)."""

    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Matter:
    """About whom, and what was written: targets, free text, which files came with it, what becomes of each
    target's data, and of which days (both included) data are granted where these are fewer than was asked."""

    targets: tuple[Target, ...] = ()
    text: str = ""
    documents: tuple[Document, ...] = ()
    dispositions: tuple[Disposition, ...] = ()
    period: tuple[date, date] | None = None
