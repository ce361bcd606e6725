"""Why a figure reads otherwise in a later edition: what the two claims themselves tell."""

import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from sagwan.compare.claim import Claim
from sagwan.compare.forms import is_fraction, is_rounding
from sagwan.compare.value import PERCENT, Band, Exact, Missing, MissingState, Stated, Value, compatible

_SECURITY = re.compile(r"national-security|\bnsls?\b|\bfisa\b")
_RELEASED = "released"
_LAW_OF_BANDS = "1874"
_BLANK = frozenset({MissingState.NOT_REPORTED, MissingState.NOT_APPLICABLE})
_NAMES = ("jurisdiction_printed", "process", "entity", "requester", "crime")
_DEFINITION = ("unit", "counted", "law", "identifier", "data_class", "live")


class Cause(StrEnum):
    """Why a later edition differs."""

    CORRECTION = "correction"
    """Another number under the same definition, where nothing below holds."""
    RE_CLASSING = "re-classing"
    """Moved between kinds of request: what one lost others gained."""
    UN_GAGGING = "un-gagging"
    """A band's lower end rose under the same upper end: letters were freed from their gag (50 USC 1874)."""
    FORMATTING = "formatting"
    """The same in another form: a blank for 0, a comma, a percentage made round."""
    RENAME = "rename"
    """The same number under another name."""
    RE_DEFINITION = "re-definition"
    """Another unit, thing counted or rule: bands of another width, a number for a band."""
    UNKNOWN = "unknown"
    """A figure came or went, and the editions do not say why."""


class Kind(StrEnum):
    """What happened to the figure."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


def judge(before: Claim, after: Claim) -> tuple[Kind, Cause] | None:
    """What happened between two claims on one figure; None where nothing did.

    What was not yet due and came, and what was partial and became complete, were announced: no restatement.
    """
    old, new = before.read, after.read
    if old == new:
        return _same(before, after)
    if is_blank_and_zero(old, new):
        return Kind.CHANGED, Cause.FORMATTING
    if isinstance(old, Missing) or isinstance(new, Missing):
        return _came_or_went(old, new)
    if (before.completeness, after.completeness) == ("partial", "complete"):
        return None
    return Kind.CHANGED, _cause(before, after, old, new)


def is_empty(value: Value) -> bool:
    """True for a blank, a dash or a nought: a row of nothing else may come and go without saying anything."""
    return value == Exact(0) or (isinstance(value, Missing) and value.state in _BLANK)


def is_blank_and_zero(one: Value, other: Value) -> bool:
    return is_empty(one) and is_empty(other) and isinstance(one, Missing) != isinstance(other, Missing)


def is_released_letter(claim: Claim) -> bool:
    """True for a letter that is listed since it may be spoken of."""
    return claim.metric == _RELEASED and _is_secret(claim)


def _is_secret(claim: Claim) -> bool:
    return _SECURITY.search(f"{claim.category} {claim.process_class}") is not None


def _same(before: Claim, after: Claim) -> tuple[Kind, Cause] | None:
    if _differ(before, after, _NAMES):
        return Kind.CHANGED, Cause.RENAME
    if before.value.strip() != after.value.strip():
        return Kind.CHANGED, Cause.FORMATTING
    return None


def _came_or_went(old: Value, new: Value) -> tuple[Kind, Cause] | None:
    if isinstance(old, Missing) and isinstance(new, Missing):
        gone = MissingState.WITHDRAWN in (old.state, new.state)
        return (Kind.REMOVED, Cause.UNKNOWN) if gone else (Kind.CHANGED, Cause.FORMATTING)
    if isinstance(old, Missing):
        if old.state is MissingState.NOT_YET_DUE:
            return None
        mended = old.state is MissingState.UNREADABLE
        return (Kind.CHANGED, Cause.CORRECTION) if mended else (Kind.ADDED, Cause.UNKNOWN)
    return Kind.REMOVED, Cause.UNKNOWN


def _cause(before: Claim, after: Claim, old: Stated, new: Stated) -> Cause:
    if _differ(before, after, _DEFINITION):
        return Cause.RE_DEFINITION
    if _is_other_form(old, new, after.unit):
        return Cause.FORMATTING
    if isinstance(old, Band) and isinstance(new, Band) and _is_un_gagged(old, new, after):
        return Cause.UN_GAGGING
    banded = isinstance(old, Band) or isinstance(new, Band)
    return Cause.RE_DEFINITION if banded and compatible(old, new) else Cause.CORRECTION


def _differ(before: Claim, after: Claim, names: tuple[str, ...]) -> bool:
    """True where both say something under one of the names, and not the same."""
    pairs = ((getattr(before, name), getattr(after, name)) for name in names)
    return any(old and new and old != new for old, new in pairs)


def _is_other_form(old: Stated, new: Stated, unit: str) -> bool:
    if is_fraction(old, new) or is_fraction(new, old):
        return True
    if not (isinstance(old, Exact) and isinstance(new, Exact)):
        return False
    if unit == PERCENT:
        return _is_made_round(Decimal(old.number), Decimal(new.number))
    return is_rounding(old, new) or is_rounding(new, old)


def _is_made_round(one: Decimal, other: Decimal) -> bool:
    """True where one is the other with fewer decimals, halves up or to the even digit."""
    fine, coarse = sorted((one, other), key=lambda number: int(number.as_tuple().exponent))
    if fine.as_tuple().exponent == coarse.as_tuple().exponent:
        return False
    step = Decimal(1).scaleb(int(coarse.as_tuple().exponent))
    return coarse in (fine.quantize(step, ROUND_HALF_UP), fine.quantize(step, ROUND_HALF_EVEN))


def _is_un_gagged(old: Band, new: Band, claim: Claim) -> bool:
    secret = _LAW_OF_BANDS in new.rule or _is_secret(claim)
    return secret and new.high == old.high and new.low > old.low
