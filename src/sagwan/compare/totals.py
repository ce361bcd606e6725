"""Adding figures up: a provider's total over its services, a year over its halves."""

from collections.abc import Sequence
from dataclasses import dataclass

from sagwan.compare.book import Book
from sagwan.compare.claim import Claim
from sagwan.compare.figure import Figure
from sagwan.compare.period import halves_of, is_half
from sagwan.compare.value import Exact


@dataclass(frozen=True, slots=True)
class Addend:
    """A figure, its standing count and the claims that print it."""

    figure: Figure
    count: int
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of counts over all its parts."""

    parts: tuple[Addend, ...]

    @property
    def count(self) -> int:
        return sum(part.count for part in self.parts)

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
    services = book.services(figure)
    if {provider for provider, _ in services} != set(figure.providers):
        return None
    return _total([figure.of_service(provider, service) for provider, service in services], book)


def over_halves(figure: Figure, book: Book) -> Total | None:
    """The sum over the two half-years of the figure's year; None unless both have a count."""
    return _total([figure.in_period(half) for half in halves_of(figure.period)], book, deep=False)


def _total(figures: Sequence[Figure], book: Book, *, deep: bool = True) -> Total | None:
    parts = [addend(figure, book, deep=deep) for figure in figures]
    known = tuple(part for part in parts if part)
    return Total(known) if len(known) == len(parts) >= 2 else None


def addend(figure: Figure, book: Book, *, deep: bool = True) -> Addend | None:
    """The figure's standing count; for a year the sum of its halves where both are known (and `deep`)."""
    if deep and not is_half(figure.period) and (year := over_halves(figure, book)):
        return Addend(figure, year.count, year.claims)
    reading = book.count(figure)
    if reading and isinstance(reading.value, Exact):
        return Addend(figure, int(reading.value.number), reading.claims)
    return None
