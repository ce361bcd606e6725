"""Collects what does not hold while the checks run, and keeps a wrong folder from flooding the verdict."""

from collections.abc import Iterable

from sagwan.verify.verdict import Failure

SHOWN = 20
"""Failures kept for each check; the rest are counted."""


class Findings:
    """Failures by check. What is added first is shown first."""

    def __init__(self) -> None:
        self._kept: dict[int, list[Failure]] = {}
        self._count: dict[int, int] = {}
        self._unchecked: dict[int, str] = {}

    def add(
        self,
        check: int,
        file: str,
        message: str,
        expected: object = "",
        found: object = "",
        index: int | None = None,
    ) -> None:
        self.take((Failure(check, file, message, str(expected), str(found), index),))

    def take(self, failures: Iterable[Failure], more: int = 0) -> None:
        """Add failures that were found elsewhere; `more` counts further ones of the last one's check."""
        check = None
        for failure in failures:
            check = failure.check
            kept = self._kept.setdefault(check, [])
            if len(kept) < SHOWN:
                kept.append(failure)
            self._count[check] = self._count.get(check, 0) + 1
        if check is not None:
            self._count[check] += more

    def clear(self) -> None:
        """Forget everything: what was found is kept elsewhere."""
        self._kept.clear()
        self._count.clear()

    def leave_unchecked(self, check: int, why: str) -> None:
        """Say that a check could not be made, so that it never reads as held."""
        self._unchecked.setdefault(check, why)

    def failures(self, check: int) -> tuple[tuple[Failure, ...], int]:
        """The failures kept of a check, and how many more there were."""
        kept = self._kept.get(check, [])
        return tuple(kept), self._count.get(check, 0) - len(kept)

    def count(self, check: int) -> int:
        """How many failures a check has."""
        return self._count.get(check, 0)

    def unchecked(self, check: int) -> str:
        """Why a check could not be made; empty if it was."""
        return self._unchecked.get(check, "")
