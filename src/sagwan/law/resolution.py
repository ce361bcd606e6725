"""May a request end so? Outcome, reason and data against the instrument's law of the day."""

from sagwan.law.errors import ResolutionNotAllowed
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.model import Reason
from sagwan.record.vocabulary import DataCategory, Outcome


def check_against(
    instrument: InstrumentOnDay,
    outcome: Outcome,
    reason: str | None,
    data: tuple[DataCategory, ...],
    allowed: tuple[Reason, ...],
) -> None:
    """Raise ResolutionNotAllowed unless the three fit together; `allowed` are its reasons."""
    _check_reason(instrument, outcome, None if reason == "-" else reason, allowed)
    _check_data(instrument, outcome, data)


def _check_reason(
    instrument: InstrumentOnDay, outcome: Outcome, reason: str | None, allowed: tuple[Reason, ...]
) -> None:
    if outcome is Outcome.COMPLIED:
        if reason is not None:
            raise ResolutionNotAllowed(
                f"complied has no reason, and {reason!r} is given",
                hint="leave the reason out, or say partial",
            )
        return
    slugs = [each.slug for each in allowed]
    if reason not in slugs:
        given = "no reason is given" if reason is None else f"{reason!r} is not a reason"
        listed = f"one of {', '.join(slugs)}" if slugs else "this instrument cannot end so"
        raise ResolutionNotAllowed(
            f"{given} for {outcome.value} under {instrument.slug} on {instrument.day}", hint=listed
        )


def _check_data(instrument: InstrumentOnDay, outcome: Outcome, data: tuple[DataCategory, ...]) -> None:
    if data and not outcome.discloses:
        raise ResolutionNotAllowed(
            f"data {', '.join(data)} with {outcome.value} under {instrument.slug}: "
            f"{outcome.value} discloses nothing",
            hint="leave the data out",
        )
    done = "disclosed" if instrument.discloses else "kept"
    if outcome.discloses and not data:
        raise ResolutionNotAllowed(
            f"{outcome.value} under {instrument.slug} names no data",
            hint=f"name what was {done}, of {_listed(instrument)}",
        )
    outside = sorted(set(data) - instrument.categories)
    if outside:
        raise ResolutionNotAllowed(
            f"data {', '.join(outside)} may not be {done} under {instrument.slug} on {instrument.day}",
            hint=f"only {_listed(instrument)}",
        )


def _listed(instrument: InstrumentOnDay) -> str:
    return ", ".join(sorted(instrument.categories))
