"""The outcome of a comparison: for each figure its status, what stands, its rivals and why they differ."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sagwan.compare.claim import Claim
from sagwan.compare.conflict import Conflict
from sagwan.compare.explain import Code, Explanation
from sagwan.compare.figure import Figure
from sagwan.compare.prefer import Why
from sagwan.compare.recount import Badge
from sagwan.compare.totals import Total
from sagwan.compare.value import Band, Exact, MissingState, Stated
from sagwan.compare.voices import voices


class Status(StrEnum):
    """How a figure stands."""

    AGREED = "agreed"
    """Two voices or more give the same value, and nothing speaks against it."""
    DISPUTED = "disputed"
    """A rival gives another value, or the value cannot stand with its neighbours."""
    SINGLE_SOURCE = "single-source"
    """One voice gives it."""
    DERIVED = "derived"
    """The sum of other figures; printed by one voice alike, or by none."""
    BANDED = "banded"
    """Known only to lie in a band."""
    MISSING = "missing"
    """No source gives a number. Never 0."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One figure, reconciled.

    `value` is what stands: the preferred claim's, the sum of `total` where nobody prints the figure, or None
    where it is missing. `why` says what decided for `preferred` over `rivals`. `missing` says why there is no
    number. `badges` are counts shown beside that take no part.
    """

    figure: Figure
    status: Status
    value: Stated | None = None
    preferred: Claim | None = None
    why: Why | None = None
    claims: tuple[Claim, ...] = ()
    rivals: tuple[Claim, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    total: Total | None = None
    missing: MissingState | None = None
    badges: tuple[Badge, ...] = ()

    @property
    def codes(self) -> tuple[Code, ...]:
        """The kinds of explanation that hold, each once, the most specific first."""
        return tuple(dict.fromkeys(explanation.code for explanation in self.explanations))

    @property
    def supporters(self) -> tuple[Claim, ...]:
        """The claims that give the value that stands."""
        return tuple(claim for claim in self.claims if claim.read == self.value)

    @property
    def voices(self) -> int:
        """How many independent voices give the value that stands."""
        return len(voices(self.supporters))

    @property
    def rounding_only(self) -> bool:
        """True where the dispute is about nothing but rounding."""
        explained = {i for e in self.explanations if e.code is Code.ROUNDING for i in e.claims}
        return bool(self.rivals) and not self.conflicts and all(c.id in explained for c in self.rivals)

    @property
    def unexplained(self) -> tuple[Claim, ...]:
        """The rivals that nothing tested explains, and what stands where nothing explains its conflicts."""
        explained = {i for e in self.explanations for i in e.claims}
        broken = any(conflict.count is not None for conflict in self.conflicts)
        doubted = (*self.rivals, *(self.supporters if broken else ()))
        return tuple(claim for claim in doubted if claim.id not in explained)

    def explanations_of(self, claim: Claim) -> tuple[Explanation, ...]:
        """The explanations of why this claim differs."""
        return tuple(explanation for explanation in self.explanations if claim.id in explanation.claims)

    def to_json(self) -> dict[str, object]:
        """Plain data; `preferred` and `rivals` as printed, `value` as read (exact, low and high, or null)."""
        return {
            "figure": self.figure.to_json(),
            "status": self.status.value,
            "value": _value(self.value),
            "preferred": self.preferred.to_json() if self.preferred else None,
            "why": self.why.value if self.why else None,
            "voices": self.voices,
            "rivals": [claim.to_json() for claim in self.rivals],
            "unexplained": [claim.id for claim in self.unexplained],
            "explanations": [explanation.to_json() for explanation in self.explanations],
            "conflicts": [conflict.to_json() for conflict in self.conflicts],
            "parts": _parts(self.total),
            "missing": self.missing.value if self.missing else None,
            "badges": [badge.to_json() for badge in self.badges],
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """All figures of a period (or of all periods, where `period` is None), in order."""

    period: str | None
    figures: tuple[Reconciled, ...]
    by_key: Mapping[Figure, Reconciled] = field(repr=False)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim on the figures, each once, in the order of their ids."""
        found = {claim.id: claim for item in self.figures for claim in item.claims}
        return tuple(found[name] for name in sorted(found))

    def with_status(self, status: Status) -> tuple[Reconciled, ...]:
        return tuple(reconciled for reconciled in self.figures if reconciled.status is status)

    def disputed_parts(self, reconciled: Reconciled) -> tuple[Reconciled, ...]:
        """The disputed figures that a sum rests on: it is no firmer than they are."""
        parts = reconciled.total.parts if reconciled.total else ()
        found = (self.by_key.get(part.figure) for part in parts)
        return tuple(part for part in found if part and part.status is Status.DISPUTED)

    def to_json(self) -> dict[str, object]:
        return {"period": self.period, "figures": [reconciled.to_json() for reconciled in self.figures]}


def _value(value: Stated | None) -> object:
    if isinstance(value, Exact):
        # A decimal goes out as text: a JSON number may lose digits on the way.
        return {"exact": value.number if isinstance(value.number, int) else str(value.number)}
    return {"low": value.low, "high": value.high} if isinstance(value, Band) else None


def _parts(total: Total | None) -> list[dict[str, object]]:
    return [
        {"figure": part.figure.to_json(), "count": part.count, "claims": [claim.id for claim in part.claims]}
        for part in (total.parts if total else ())
    ]
