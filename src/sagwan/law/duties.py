"""Which clocks of a request still run: what was done, came or ended since, taken off."""

from collections.abc import Iterable, Set
from dataclasses import dataclass

from sagwan.law.clocks import Deadline
from sagwan.law.model import MetBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What has been done with a request, as far as clocks care.

    `met` are clocks that a person called met, `paper` the document items that came. `over`: the request has
    ended; `complied`: with something handed over or kept. `held`, `released`: a hold was placed, and ended.
    """

    met: Set[str] = frozenset()
    paper: Set[str] = frozenset()
    disclosed: bool = False
    held: bool = False
    released: bool = False
    over: bool = False
    complied: bool = False


_OUTLIVE = (MetBy.PAPER, MetBy.RELEASE, MetBy.RECORD)
"""These run on after the request's end, if it was complied with: a paper still has to come, a hold to end."""


def still_open(clocks: Iterable[Deadline], done: Done) -> tuple[Deadline, ...]:
    """The clocks that run on, in their order."""
    return tuple(clock for clock in clocks if not _is_met(clock, done))


def _is_met(clock: Deadline, done: Done) -> bool:
    if clock.slug in done.met:
        return True
    if done.over and not (done.complied and clock.met_by in _OUTLIVE):
        return True
    match clock.met_by:
        case MetBy.DISCLOSURE:
            return done.disclosed
        case MetBy.HOLD:
            return done.held
        case MetBy.RELEASE:
            return done.released
        case MetBy.PAPER:
            return clock.paper in done.paper
    return False
