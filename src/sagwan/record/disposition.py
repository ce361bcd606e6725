"""Deciding per target and per data category: groups of targets with one answer, and what they add up to.

A request about `n` targets and `d` data categories asks `n × d` things. Each is answered exactly once; the
totals of a decision follow from the answers, so that what a second person approves is what will go out.
All of it is linear in the number of targets.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sagwan.record.errors import InvalidValue
from sagwan.record.request import Target, check_slug, check_words
from sagwan.record.vocabulary import DataCategory, Grant, Mark, Outcome


@dataclass(frozen=True, slots=True)
class Disposition:
    """What becomes of these data categories of these targets; `reason` is a slug of the law pack, '' with
    `disclose` and `ask`."""

    grant: Grant
    data: tuple[DataCategory, ...]
    targets: tuple[Target, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for: targets, data categories, and how many accounts are counted for it."""

    targets: tuple[Target, ...]
    data: tuple[DataCategory, ...]
    accounts: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many targets get one answer for one data category."""

    category: DataCategory
    grant: Grant
    reason: str
    targets: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What dispositions add up to.

    `accounts` is how many targets get any data; `reasons` are those of what is not disclosed, the one that
    explains most first; `narrowed`: something is disclosed and something refused.
    """

    outcome: Outcome
    reasons: tuple[str, ...]
    data: tuple[DataCategory, ...]
    accounts: int
    narrowed: bool

    @property
    def marks(self) -> tuple[Mark, ...]:
        return (Mark.NARROWED,) if self.narrowed else ()

    def reason(self, partly: Mapping[str, str], default: str = "") -> str:
        """The reason of the whole: the main one; for a partial answer, what the law pack calls it then.

        `partly` maps reasons of refusals and missing data to those of partial answers; `default` stands where
        it maps none of them.
        """
        if self.outcome is Outcome.COMPLIED:
            return ""
        if self.outcome is Outcome.PARTIAL:
            return next((partly[reason] for reason in self.reasons if reason in partly), default)
        return self.reasons[0]


def shares(dispositions: Iterable[Disposition]) -> tuple[Share, ...]:
    """The approver's view: by data category, how many targets get which answer, and why."""
    counts: dict[tuple[DataCategory, Grant, str], int] = {}
    for each in dispositions:
        for category in each.data:
            key = (category, each.grant, each.reason)
            counts[key] = counts.get(key, 0) + len(each.targets)
    return tuple(Share(*key, count) for key, count in sorted(counts.items()))


def differing(dispositions: Iterable[Disposition]) -> tuple[Share, ...]:
    """What differs from what was asked: everything that is not disclosed."""
    return tuple(share for share in shares(dispositions) if share.grant is not Grant.DISCLOSE)


def add_up(asked: Asked, dispositions: tuple[Disposition, ...], *, narrower: bool = False) -> Totals:
    """What the dispositions decide; raise InvalidValue where something is unanswered, answered twice, not
    asked for, or still to be asked of the authority. `narrower`: of fewer days than was asked."""
    check_complete(asked, dispositions)
    if any(each.grant is Grant.ASK for each in dispositions):
        raise InvalidValue(
            "something is still to be asked of the authority",
            hint="ask first (AskClarification), then decide",
        )
    granted = [each for each in dispositions if each.grant is Grant.DISCLOSE]
    if narrower and not granted:
        raise InvalidValue("a period is granted, and no data", hint="leave the period out")
    weights: dict[str, int] = {}
    for each in dispositions:
        if each.grant is not Grant.DISCLOSE:
            weights[each.reason] = weights.get(each.reason, 0) + len(each.data) * len(each.targets)
    refused = any(each.grant is Grant.REFUSE for each in dispositions)
    return Totals(
        outcome=_outcome(bool(granted), refused, bool(weights) or narrower),
        reasons=tuple(sorted(weights, key=lambda reason: (-weights[reason], reason))),
        data=tuple(sorted({category for each in granted for category in each.data})),
        accounts=len({target for each in granted for target in each.targets}),
        narrowed=bool(granted) and (refused or narrower),
    )


def _outcome(granted: bool, refused: bool, lacking: bool) -> Outcome:
    if granted:
        return Outcome.PARTIAL if lacking else Outcome.COMPLIED
    return Outcome.REFUSED if refused else Outcome.NO_DATA


def check_complete(asked: Asked, dispositions: tuple[Disposition, ...]) -> None:
    """Raise InvalidValue unless every category of every target asked for is answered, once, and no other."""
    if not asked.targets:
        raise InvalidValue("the request names no target", hint="decide it as a whole, without dispositions")
    wanted = set(asked.targets)
    answered: dict[DataCategory, set[Target]] = {category: set() for category in asked.data}
    for each in dispositions:
        _check(each)
        stray = next((target for target in each.targets if target not in wanted), None)
        if stray is not None:
            raise InvalidValue(f"{stray.kind} {stray.value} was not asked for")
        if len(set(each.targets)) != len(each.targets):
            raise InvalidValue("a target stands twice in one disposition", hint="name each target once")
        for category in each.data:
            if category not in answered:
                raise InvalidValue(f"{category} was not asked for", hint=f"asked: {', '.join(asked.data)}")
            if not answered[category].isdisjoint(each.targets):
                raise InvalidValue(f"{category} of a target is decided twice", hint="decide each thing once")
            answered[category].update(each.targets)
    for category, targets in answered.items():
        if len(targets) != len(wanted):
            raise InvalidValue(
                f"{category} of {len(wanted) - len(targets):,} targets is not decided",
                hint="say for each target: disclose, refuse or no-data",
            )


def _check(disposition: Disposition) -> None:
    check_words(disposition.data, DataCategory, "data categories")
    if not disposition.data or not disposition.targets:
        raise InvalidValue("a disposition names no target or no data category")
    if not isinstance(disposition.grant, Grant):
        raise InvalidValue(f"{disposition.grant!r} is no answer", hint=f"one of {', '.join(Grant)}")
    if disposition.grant in (Grant.DISCLOSE, Grant.ASK):
        if disposition.reason:
            raise InvalidValue(f"reason {disposition.reason!r} with {disposition.grant}")
    else:
        check_slug(disposition.reason, "reason")


def granted_to(dispositions: Iterable[Disposition]) -> dict[DataCategory, set[Target]]:
    """By data category, the targets whose data may go out."""
    found: dict[DataCategory, set[Target]] = {}
    for each in dispositions:
        if each.grant is Grant.DISCLOSE:
            for category in each.data:
                found.setdefault(category, set()).update(each.targets)
    return found
