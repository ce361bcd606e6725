"""Dated rules of one kind must not contradict each other: checks on the days on which they hold."""

from collections.abc import Hashable, Sequence
from datetime import date, timedelta

from sagwan.law.errors import LawPackError
from sagwan.law.model import Dated


def _meet(one: Dated, other: Dated) -> bool:
    return (one.until is None or other.since <= one.until) and (
        other.until is None or one.since <= other.until
    )


def check_apart(where: str, keyed: Sequence[tuple[Hashable, Dated]]) -> None:
    """Raise LawPackError where two rules with the same key hold on the same day."""
    seen: dict[Hashable, list[Dated]] = {}
    for index, (key, span) in enumerate(keyed):
        for earlier in seen.setdefault(key, []):
            if _meet(earlier, span):
                raise LawPackError(
                    f"{where}[{index}]",
                    f"{_shown(key)} is stated twice for the same days, from {max(earlier.since, span.since)}",
                    hint="end the earlier one with until, the day before",
                )
        seen[key].append(span)


def check_covers(where: str, whole: Dated, parts: Sequence[Dated]) -> None:
    """Raise LawPackError unless on every day of `whole` exactly one of `parts` holds."""
    check_apart(where, [("it", part) for part in parts])
    day: date | None = whole.since
    for part in sorted(parts, key=lambda part: part.since):
        if day is None or part.since > day:
            break
        if part.until is None:
            return
        if part.until >= day:
            day = part.until + timedelta(days=1) if part.until < date.max else None
    if day is None or (whole.until is not None and day > whole.until):
        return
    raise LawPackError(where, f"nothing is stated for {day}", hint="every day of the instrument needs one")


def _shown(key: Hashable) -> str:
    return "/".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
