"""Reconciliation: set the rival claims of every figure side by side and say how it stands."""

from collections.abc import Iterable, Sequence

from sagwan.compare.book import Book
from sagwan.compare.claim import Claim
from sagwan.compare.conflict import Conflict, conflicts
from sagwan.compare.explain import Doubt, Explanation, explain
from sagwan.compare.figure import Figure
from sagwan.compare.gaps import gaps, unprinted_totals
from sagwan.compare.period import is_year
from sagwan.compare.reading import Reading
from sagwan.compare.recount import Badge, Recount
from sagwan.compare.result import Comparison, Reconciled, Status
from sagwan.compare.totals import Total, over_halves, over_services
from sagwan.compare.value import Band, Exact, Missing, MissingState, compatible

# What says most about a figure without a number comes first.
_STATES = (
    MissingState.UNREADABLE,
    MissingState.WITHDRAWN,
    MissingState.SUPPRESSED,
    MissingState.NOT_YET_DUE,
    MissingState.NOT_REPORTED,
    MissingState.NOT_APPLICABLE,
)


def compare(
    claims: Iterable[Claim], period: str | None = None, recounts: Sequence[Recount] = ()
) -> Comparison:
    """Reconcile all claims; pure. With a `period` (`2016H1`, `2016`) only its figures are given back, but
    every claim is looked at: explanations and sums may lie in other periods."""
    book = Book([*claims, *(claim for recount in recounts for claim in recount.claims)])
    badges = _by_figure(badge for recount in recounts for badge in recount.badges)
    wanted = [figure for figure in book.by_figure if period is None or figure.period == period]
    found = {figure: _reconcile(figure, book, badges.get(figure, ())) for figure in wanted}
    for figure, total in unprinted_totals(wanted, book):
        found[figure] = Reconciled(
            figure, Status.DERIVED, Exact(total.count), total=total, badges=badges.get(figure, ())
        )
    for figure in gaps(wanted, found):
        state = MissingState.NOT_REPORTED
        found[figure] = Reconciled(figure, Status.MISSING, missing=state, badges=badges.get(figure, ()))
    ordered = {figure: found[figure] for figure in sorted(found)}
    return Comparison(period, tuple(ordered.values()), ordered)


def _by_figure(badges: Iterable[Badge]) -> dict[Figure, tuple[Badge, ...]]:
    found: dict[Figure, tuple[Badge, ...]] = {}
    for badge in badges:
        found[badge.figure] = (*found.get(badge.figure, ()), badge)
    return found


def _reconcile(figure: Figure, book: Book, badges: tuple[Badge, ...]) -> Reconciled:
    claims = book.claims(figure)
    preference = book.preference(figure, lambda reading: len(conflicts(figure, reading.value, book)))
    if preference is None:
        return Reconciled(figure, Status.MISSING, claims=claims, missing=_state(claims), badges=badges)
    standing = preference.reading
    rivals = tuple(other for other in preference.over if not compatible(other.value, standing.value))
    broken = conflicts(figure, standing.value, book)
    total = _sum_of_parts(figure, standing, book)
    return Reconciled(
        figure,
        status=_status(standing, rivals, broken, total),
        value=standing.value,
        preferred=standing.best,
        why=preference.why,
        claims=claims,
        rivals=tuple(claim for rival in rivals for claim in rival.claims),
        explanations=_explanations(figure, standing, rivals, broken, book),
        conflicts=broken,
        total=total,
        badges=badges,
    )


def _state(claims: Sequence[Claim]) -> MissingState:
    """Why there is no number: what could not be read first, for a person can mend that."""
    states = {claim.read.state for claim in claims if isinstance(claim.read, Missing)}
    return next(state for state in _STATES if state in states)


def _sum_of_parts(figure: Figure, standing: Reading, book: Book) -> Total | None:
    """The parts whose sum the standing value is, over services or else over halves."""
    totals = [over_services(figure, book)] if figure.is_total else []
    if is_year(figure.period):
        totals.append(over_halves(figure, book))
    return next((t for t in totals if t and standing.value == Exact(t.count)), None)


def _status(
    standing: Reading, rivals: Sequence[Reading], broken: Sequence[Conflict], total: Total | None
) -> Status:
    if rivals or broken:
        return Status.DISPUTED
    if isinstance(standing.value, Band):
        return Status.BANDED
    if len(standing.voices) >= 2:
        return Status.AGREED
    return Status.DERIVED if total else Status.SINGLE_SOURCE


def _explanations(
    figure: Figure, standing: Reading, rivals: Sequence[Reading], broken: Sequence[Conflict], book: Book
) -> tuple[Explanation, ...]:
    """Explain each rival against what stands, and what stands against the counts that it conflicts with."""
    if not rivals and not broken:
        return ()
    doubts = [Doubt(figure, rival, standing) for rival in rivals]
    doubts += [
        Doubt(figure, standing, Reading(Exact(conflict.count), conflict.claims, frozenset()), rival=False)
        for conflict in broken
        if conflict.count is not None
    ]
    found = [explanation for doubt in doubts for explanation in explain(doubt, book)]
    return tuple({(e.code, e.variant, e.claims, e.against): e for e in found}.values())
