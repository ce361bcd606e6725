"""How a law lets figures be printed in bands that it forbids to print exactly: frozen values of a pack."""

from dataclasses import dataclass
from enum import StrEnum

from sagwan.law.citation import Citation, Label
from sagwan.law.model import Rule


class BandPeriod(StrEnum):
    """What span a banded figure is about."""

    HALF_YEAR = "half-year"
    YEAR = "year"


class BandMeasure(StrEnum):
    """What a banded figure counts of the requests received: them, or the accounts that they ask for."""

    REQUESTED = "requested"
    ACCOUNTS_ASKED = "accounts-asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class BandFigure:
    """One figure that may be printed as a band: of some instruments together.

    `delay`: by how many half-years it comes late. `new_service_days`: for so many days after a service's
    first request of these instruments nothing of that service is in it (0: no such rule).
    """

    slug: str
    label: Label
    instruments: tuple[str, ...]
    measure: BandMeasure
    citation: Citation
    delay: int = 0
    new_service_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BandOption(Rule):
    """One way in which the law lets banded instruments be reported: bands of `width` from 0, and which
    figures; a provider chooses one option, whole."""

    slug: str
    label: Label
    width: int
    period: BandPeriod
    figures: tuple[BandFigure, ...]
