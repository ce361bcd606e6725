"""What verify says: seven checks, each with its failures, and the recounted table of every half-year."""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sagwan.formats.banded import Banded, banded_document
from sagwan.formats.report import ROW_COLUMNS, Report, Restated, Rows


class Status(StrEnum):
    """How a check came out; only `HOLDS` deserves a tick."""

    HOLDS = "holds"
    FAILED = "failed"
    SELF_DECLARED = "self-declared"
    """Signed, but by a key that only the folder itself names."""
    NOT_WITNESSED = "not-witnessed"
    """Signed by a key that the reader names; the reader names no witness."""
    UNDATED = "undated"
    """The roots hold; without witnesses that the reader names, no time is evidence."""
    NOT_CHECKED = "not-checked"
    """An earlier check failed in such a way that this one had nothing to work on."""


class Anchor(StrEnum):
    """Who names the log's key."""

    READER = "reader"
    MEMORY = "memory"
    FOLDER = "folder"


PYTHON: Mapping[str, str] = {"en": "Python", "ko": "파이썬"}
"""Who makes a check where nobody else is named: the code that `sagwan.verify` is made of."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that does not hold: at check 1 to 7, in which file, at which log index where there is one.

    `expected` is what must stand there by what was recounted or rehashed, `found` what does.
    """

    check: int
    file: str
    message: str
    expected: str = ""
    found: str = ""
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A line of the verdict. `failures` names the first ones; `more` counts those that are left out.

    `name`, `text` and `made_by` (which engine made the check) are in English and Korean, by `en` and `ko`.
    """

    number: int
    name: Mapping[str, str]
    status: Status
    text: Mapping[str, str]
    failures: tuple[Failure, ...] = ()
    more: int = 0
    made_by: Mapping[str, str] = field(default_factory=lambda: PYTHON)


@dataclass(frozen=True, slots=True)
class PeriodVerdict:
    """One half-year, recounted from its opened lines.

    `rows` and `restated` are the verifier's own counts, whatever the report prints. Where entries are
    withheld, `floors` is true: every total is at least what it says. `report` is the decoded report, None
    where it cannot be read; of it only rows, withheld, restated and entries are recounted, never `stated`.
    """

    period: str
    first: int
    cut: int
    opened: int
    withheld: Mapping[str, int]
    rows: Rows
    restated: tuple[Restated, ...]
    report: Report | None
    manifest: str

    @property
    def floors(self) -> bool:
        return any(self.withheld.values())

    @property
    def promises(self) -> Mapping[str, int | float]:
        """The report's `stated` counts of promises, by `made`, `kept` and `late`; empty where it states none.

        They are the provider's word: only a receipt can contradict them.
        """
        stated = self.report.stated if self.report else {}
        found = {name: stated.get(f"promises-{name}") for name in ("made", "kept", "late")}
        known = {name: count for name, count in found.items() if count is not None}
        return known if len(known) == len(found) else {}

    @property
    def banded(self) -> Banded | None:
        """What the report states in bands, since its law allows no more: the provider's word."""
        return self.report.banded if self.report else None

    @property
    def withheld_share(self) -> float:
        """Withheld entries among all entries of the half-year, from 0 to 1."""
        return sum(self.withheld.values()) / max(self.cut - self.first, 1)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of `verify`: the seven checks in order, and each half-year, oldest first.

    `size` counts the log's entries, `key` is the log's verifier key that was used, `anchor` who named it.
    """

    source: str
    origin: str
    key: str
    anchor: Anchor
    size: int
    checks: tuple[Check, ...]
    periods: tuple[PeriodVerdict, ...]
    synthetic: bool = False
    limits: Mapping[str, str] = field(default_factory=dict)
    engine: str = "python"

    @property
    def holds(self) -> bool:
        """True if no check failed; says nothing of who vouches for the key (see `exit_code`)."""
        return not any(check.status in (Status.FAILED, Status.NOT_CHECKED) for check in self.checks)

    @property
    def exit_code(self) -> int:
        """0: all hold. 1: a check failed. 3: all else holds, but no reader named the key."""
        if not self.holds:
            return 1
        return 3 if self.anchor is Anchor.FOLDER else 0

    def to_json(self) -> str:
        """The verdict for machines, one JSON document; rows as the report writes them."""
        document = {
            "format": "sagwan-verdict/1",
            "source": self.source,
            "origin": self.origin,
            "key": self.key,
            "anchor": self.anchor,
            "size": self.size,
            "synthetic": self.synthetic,
            "engine": self.engine,
            "exit-code": self.exit_code,
            "checks": [dataclasses.asdict(check) for check in self.checks],
            "periods": [_period(period) for period in self.periods],
            "limits": dict(self.limits),
        }
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _period(verdict: PeriodVerdict) -> dict[str, Any]:
    document = {
        "period": verdict.period,
        "entries": {"first": verdict.first, "cut": verdict.cut},
        "opened": verdict.opened,
        "withheld": dict(verdict.withheld),
        "floors": verdict.floors,
        "manifest": verdict.manifest,
        "stated-promises": dict(verdict.promises),
        "rows": [
            {**dict(zip(ROW_COLUMNS, key, strict=True)), "counts": counts}
            for key, counts in verdict.rows.items()
        ],
        "restated": [dataclasses.asdict(row) for row in verdict.restated],
    }
    if verdict.banded is not None:
        document["stated-banded"] = banded_document(verdict.banded)
    return document
