"""Percentages and averages that are printed beside the counts they are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sagwan.compare.book import Book
from sagwan.compare.claim import Claim
from sagwan.compare.figure import Figure
from sagwan.compare.value import Exact, Number, Stated

# metric -> what is divided by what, and how often it is taken.
RATIOS: Mapping[str, tuple[str, str, int]] = {
    "compliance-percent": ("processed", "requested", 100),
    "accounts-per-processed": ("accounts", "processed", 1),
}


@dataclass(frozen=True, slots=True)
class Counts:
    """Two counts, the claims that print them, and `times` their ratio."""

    part: int
    whole: int
    times: int
    claims: tuple[Claim, ...]

    @property
    def exact(self) -> Fraction:
        return Fraction(self.part * self.times, self.whole)

    @property
    def number(self) -> Number:
        """The ratio to one digit after the point, half up."""
        tenths = int(self.exact * 10 + Fraction(1, 2))
        return tenths // 10 if tenths % 10 == 0 else Decimal(tenths).scaleb(-1)

    @property
    def sum_text(self) -> str:
        """The division written out: `1,052 / 1,306`, of a percentage `100 \u00d7 1,052 / 1,306`."""
        times = f"{self.times} \u00d7 " if self.times != 1 else ""
        return f"{times}{self.part:,} / {self.whole:,}"

    def give(self, printed: Stated) -> bool:
        """True where the printed number is the ratio rounded or cut off at its last digit that is not a 0
        after the point: 83.00 may be 82.7 made round to 83."""
        if not isinstance(printed, Exact):
            return True
        number = Decimal(printed.number)
        places = max(0, -int(number.normalize().as_tuple().exponent))
        return abs(Fraction(number) - self.exact) < Fraction(1, 10**places)


def counts_behind(figure: Figure, book: Book) -> Counts | None:
    """The counts that a percentage or average is made of; None where either is not known, or nothing was
    asked."""
    if figure.metric not in RATIOS:
        return None
    of, by, times = RATIOS[figure.metric]
    part, whole = book.count(figure.under_metric(of)), book.count(figure.under_metric(by))
    if not part or not whole:
        return None
    above, below = part.value, whole.value
    if not (isinstance(above, Exact) and isinstance(below, Exact)) or below.number == 0:
        return None
    return Counts(int(above.number), int(below.number), times, (*part.claims, *whole.claims))
