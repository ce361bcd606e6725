"""Adding figures up: a provider's total over its services, a year over its halves, a whole over its parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sagwan.compare.book import Book
from sagwan.compare.claim import Claim
from sagwan.compare.figure import ALL_SERVICES, Figure, split_part
from sagwan.compare.period import halves_of, is_year
from sagwan.compare.value import Exact

# The names of parts that no request can fall under two of: whoever asked, by what means, how urgently.
DISJOINT = frozenset({"authority", "channel", "medium", "requester", "urgency"})


@dataclass(frozen=True, slots=True)
class Addend:
    """A figure, its standing count and the claims that print it."""

    figure: Figure
    count: int
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Total:
    """A sum of counts over all its parts, added up once: a hundred doubts may ask for the same one."""

    parts: tuple[Addend, ...]

    @cached_property
    def count(self) -> int:
        return sum(part.count for part in self.parts)

    @cached_property
    def each_counts(self) -> bool:
        """Whether no part is 0: with a 0 a sum over fewer parts is the same sum."""
        return all(part.count for part in self.parts)

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(claim for part in self.parts for claim in part.claims)

    @property
    def sum_text(self) -> str:
        """The sum written out, such as `15 + 18 + 17`."""
        return " + ".join(f"{part.count:,}" for part in self.parts)


def over_services(figure: Figure, book: Book) -> Total | None:
    """The sum over every service of the figure's providers; None unless there are two or more and each has
    a count. A provider of whom no service is known counts as missing, not as 0."""
    whole = figure.of_service(figure.provider, ALL_SERVICES)
    # Asked for every service of a provider, of which there may be many.
    return book.once((over_services, whole), lambda: _over_services(whole, book))


def _over_services(whole: Figure, book: Book) -> Total | None:
    services = book.services(whole)
    if {provider for provider, _ in services} != set(whole.providers):
        return None
    return _total([whole.of_service(provider, service) for provider, service in services], book)


def over_halves(figure: Figure, book: Book) -> Total | None:
    """The sum over the two half-years of the figure's year; None unless both have a count."""
    return _total([figure.in_period(half) for half in halves_of(figure.period)], book, deep=False)


def over_parts(figure: Figure, book: Book) -> Mapping[str, Total]:
    """The sums over the parts that are printed of a whole, by what parts them: `authority`, `medium`, ….

    Only where two or more parts have a count and no request can fall under two of them. Whether the parts are
    all there is nobody says: a sum below the whole proves nothing.
    """
    if not (parts := book.parts(figure)):  # as most figures have it
        return {}
    found: dict[str, dict[str, Addend]] = {}
    for part in parts:
        pairs = split_part(part.part)
        reading = book.count(part)
        if len(pairs) != 1 or not reading or not isinstance(reading.value, Exact):
            continue
        [(name, value)] = pairs.items()
        # 'other (military)' and 'other' are one part that two sources describe at different length.
        found.setdefault(name, {}).setdefault(
            value.partition("-(")[0], Addend(part, int(reading.value.number), reading.claims)
        )
    return {
        name: Total(tuple(parts.values()))
        for name, parts in sorted(found.items())
        if name in DISJOINT and len(parts) >= 2
    }


def _total(figures: Sequence[Figure], book: Book, *, deep: bool = True) -> Total | None:
    parts = [addend(figure, book, deep=deep) for figure in figures]
    known = tuple(part for part in parts if part)
    return Total(known) if len(known) == len(parts) >= 2 else None


def addend(figure: Figure, book: Book, *, deep: bool = True) -> Addend | None:
    """The figure's standing count; for a year the sum of its halves where both are known (and `deep`)."""
    if deep and is_year(figure.period) and (year := over_halves(figure, book)):
        return Addend(figure, year.count, year.claims)
    reading = book.count(figure)
    if reading and isinstance(reading.value, Exact):
        return Addend(figure, int(reading.value.number), reading.claims)
    return None
