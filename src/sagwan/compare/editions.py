"""Editions of one source: what a later one says otherwise, and why. Pure.

`changes` sets two editions side by side, `restatements` walks all editions of every source among some claims.
A period that only one of the two editions speaks of is no restatement. Numbers that a rename, a form or a
blank turned into 0 leaves as they were are marked so: the world did not change.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from sagwan.compare.claim import Claim, SourceKind
from sagwan.compare.edition import checksum
from sagwan.compare.edition_causes import Cause, Kind, is_empty, is_released_letter, judge
from sagwan.compare.edition_moves import reclassed, renamed
from sagwan.compare.edition_words import sentence
from sagwan.compare.figure import Figure
from sagwan.compare.words import Language

__all__ = ["Cause", "Change", "Kind", "changes", "restatements"]

Scope = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that a later edition gives otherwise.

    `before` is None where it was added, `after` where it was removed. `others` are the claims that the cause
    rests on, such as what the moved requests were added to.
    """

    kind: Kind
    cause: Cause
    before: Claim | None
    after: Claim | None
    others: tuple[Claim, ...] = ()

    @property
    def figure(self) -> Figure:
        claim = self.after or self.before
        assert claim is not None  # noqa: S101 - a change has one side at least
        return claim.figure

    @property
    def is_of_the_number(self) -> bool:
        """False where only form or name changed."""
        return self.cause not in (Cause.FORMATTING, Cause.RENAME)

    def sentence(self, language: Language) -> str:
        """In plain words, with both numbers."""
        return sentence(self.kind, self.cause, self.before, self.after, self.others, language)

    def to_json(self) -> dict[str, object]:
        return {
            "figure": self.figure.to_json(),
            "kind": self.kind.value,
            "cause": self.cause.value,
            "before": self.before.to_json() if self.before else None,
            "after": self.after.to_json() if self.after else None,
            "others": [claim.id for claim in self.others],
        }


def changes(earlier: Iterable[Claim], later: Iterable[Claim]) -> tuple[Change, ...]:
    """What the later of two editions says otherwise, in the order of figures.

    Only of services and periods that both speak of: a file that begins later removes nothing.
    """
    return _changes(earlier, later, lambda claim: (claim.provider, claim.service, claim.period))


def restatements(claims: Iterable[Claim]) -> tuple[Change, ...]:
    """What providers and ministries restated, source by source, the earliest first.

    Editions that share a figure under one voice are editions of one source; each service, country and period
    is compared with the last edition before that spoke of it. Articles are no editions, nor are recounts; and
    claims without an `edition` may be an excerpt, so that nothing is said of what they leave out.
    """
    found: list[Change] = []
    for editions in _sources(claims):
        known: dict[Scope, list[Claim]] = {}
        for edition in editions:
            scopes: dict[Scope, list[Claim]] = {}
            for claim in edition:
                scopes.setdefault(_place(claim), []).append(claim)
            before = [claim for scope in scopes for claim in known.get(scope, ())]
            excerpts = {_place(claim) for claim in (*before, *edition) if not claim.edition}
            found += _changes(before, edition, _place, excerpts)
            known |= scopes
    return tuple(found)


def _place(claim: Claim) -> Scope:
    return claim.provider, claim.service, claim.jurisdiction, claim.period


def _changes(
    earlier: Iterable[Claim],
    later: Iterable[Claim],
    scope: Callable[[Claim], Scope],
    excerpts: Collection[Scope] = (),
) -> tuple[Change, ...]:
    """The changes within each scope; of an excerpt's scopes, nothing that stands in one edition alone."""
    old, new = list(earlier), list(later)
    old, new = _of_one_table(old, new), _of_one_table(new, old)
    both = {scope(claim) for claim in old} & {scope(claim) for claim in new}
    pairs, gone, come = _pair(
        [claim for claim in old if scope(claim) in both], [claim for claim in new if scope(claim) in both]
    )
    gone = [claim for claim in gone if scope(claim) not in excerpts]
    come = [claim for claim in come if scope(claim) not in excerpts]
    found: list[Change] = []
    for before, after in renamed(gone, come):
        gone.remove(before)
        come.remove(after)
        found.append(Change(Kind.CHANGED, Cause.RENAME, before, after))
    moved = reclassed(pairs, gone, come)
    for before, after in pairs:
        if verdict := judge(before, after):
            others = moved.get(after.id, ())
            kind, cause = verdict
            if others and cause in (Cause.CORRECTION, Cause.UNKNOWN):
                cause = Cause.RE_CLASSING
            found.append(Change(kind, cause, before, after, others if cause is Cause.RE_CLASSING else ()))
    found += [_lone(Kind.REMOVED, claim, moved) for claim in gone]
    found += [_lone(Kind.ADDED, claim, moved) for claim in come]
    return tuple(sorted(found, key=lambda change: (change.figure, change.kind)))


def _of_one_table(claims: Sequence[Claim], others: Sequence[Claim]) -> list[Claim]:
    """The claims of those tables that share a figure with the other edition: an archive may hold more tables
    than its like of an earlier year, and what a new table says is no addition to an old one."""
    figures = {claim.figure for claim in others}
    shared = {checksum(claim.edition) for claim in claims if claim.figure in figures}
    return [claim for claim in claims if checksum(claim.edition) in shared]


def _lone(kind: Kind, claim: Claim, moved: dict[str, tuple[Claim, ...]]) -> Change:
    """A figure of one edition alone. A row of noughts that comes or goes is a matter of form."""
    others = moved.get(claim.id, ())
    lone = Cause.FORMATTING if is_empty(claim.read) else Cause.UNKNOWN
    if kind is Kind.ADDED and is_released_letter(claim):
        lone = Cause.UN_GAGGING
    cause = Cause.RE_CLASSING if others and lone is Cause.UNKNOWN else lone
    before, after = (claim, None) if kind is Kind.REMOVED else (None, claim)
    return Change(kind, cause, before, after, others if cause is Cause.RE_CLASSING else ())


def _pair(
    old: Sequence[Claim], new: Sequence[Claim]
) -> tuple[list[tuple[Claim, Claim]], list[Claim], list[Claim]]:
    """Claims on one figure, pair by pair, equal ones first; then those that only one edition has."""
    waiting: dict[Figure, list[Claim]] = {}
    for claim in old:
        waiting.setdefault(claim.figure, []).append(claim)
    pairs, left, come = [], [], []
    for claim in new:
        same = [other for other in waiting.get(claim.figure, ()) if other.read == claim.read]
        if same:
            waiting[claim.figure].remove(same[0])
            pairs.append((same[0], claim))
        else:
            left.append(claim)
    for claim in left:
        if others := waiting.get(claim.figure):
            pairs.append((others.pop(0), claim))
        else:
            come.append(claim)
    return pairs, [claim for rest in waiting.values() for claim in rest], come


def _sources(claims: Iterable[Claim]) -> list[list[list[Claim]]]:
    """The editions of each source, in order of time."""
    editions: dict[tuple[str, str, str, str], list[Claim]] = {}
    for claim in claims:
        if claim.source_kind is SourceKind.MINISTRY or (
            claim.source_kind.is_provider and claim.source_kind is not SourceKind.RECOUNTED
        ):
            key = (claim.voice, claim.last_day.isoformat(), claim.source_publisher, checksum(claim.edition))
            editions.setdefault(key, []).append(claim)
    family: dict[tuple[str, Figure], int] = {}
    groups: dict[int, list[list[Claim]]] = {}
    for number, key in enumerate(sorted(editions)):
        edition = editions[key]
        shared = {family[key[0], claim.figure] for claim in edition if (key[0], claim.figure) in family}
        group = [one for other in sorted(shared) for one in groups.pop(other)]
        groups[number] = [*group, edition]
        family |= {(key[0], claim.figure): number for one in groups[number] for claim in one}
    for group in groups.values():
        group.sort(key=lambda edition: edition[0].last_day)
    return [groups[number] for number in sorted(groups)]
