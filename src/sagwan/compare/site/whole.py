"""What the pages of the whole observatory share: every period's figures, laid out once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sagwan.compare.editions import Change
from sagwan.compare.figure import Figure
from sagwan.compare.period import is_half
from sagwan.compare.result import Comparison, Reconciled
from sagwan.compare.score import Sheet, score
from sagwan.compare.series import Shelf, Subject, subject_of
from sagwan.compare.site import addresses
from sagwan.compare.site.editions import changes_of
from sagwan.compare.site.front import grid
from sagwan.compare.site.view import View, amount, is_disputed
from sagwan.compare.words import Language
from sagwan.pages import N_, Labels, translator

NAV = (
    (addresses.PROVIDERS, N_("Providers")),
    (addresses.BESIDE, N_("Silicon Valley beside Korea")),
    (addresses.CONTRADICTIONS, N_("Contradictions")),
    (addresses.METHOD, N_("Method")),
    (addresses.DATA_PAGE, N_("Data")),
)


@dataclass(frozen=True)
class Whole:
    """A comparison of all periods, and what is derived from it once for all pages.

    `contact` is where errors are reported (`mailto:…` or an https address), or empty; `address` is where the
    site will lie, with a slash at its end, or empty.
    """

    comparison: Comparison
    labels: Labels
    contact: str = ""
    address: str = ""
    shelf: Shelf = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shelf", Shelf(self.comparison))

    @cached_property
    def halves(self) -> tuple[str, ...]:
        """The half-years of which a figure has a value, in order."""
        known = {i.figure.period for i in self.comparison.figures if i.value is not None}
        return tuple(sorted(period for period in known if is_half(period)))

    @cached_property
    def featured(self) -> str:
        """The latest half-year of which most cells of the front page's table are known; else the latest."""
        for period in reversed(self.halves):
            cells = grid(self.comparison, period).all()
            if cells and 2 * sum(cell.value is not None for cell in cells) > len(cells):
                return period
        return self.halves[-1] if self.halves else ""

    @cached_property
    def providers(self) -> tuple[str, ...]:
        """Single providers (a joint total is nobody's), in order of name."""
        return tuple(sorted({s.provider for s in self.shelf.subjects if "+" not in s.provider}))

    @cached_property
    def countries(self) -> tuple[str, ...]:
        return tuple(sorted({subject.jurisdiction for subject in self.shelf.subjects}))

    def subjects(self, provider: str, jurisdiction: str) -> Sequence[Subject]:
        """A provider's subjects in a country: single services first, then its totals."""
        mine = [s for s in self.shelf.subjects if (s.provider, s.jurisdiction) == (provider, jurisdiction)]
        named = [subject for subject in mine if subject.category]
        return sorted(named, key=lambda s: (s.service == "all", s.service != provider, s.service, s.category))

    @cached_property
    def _parts(self) -> dict[Subject, list[Figure]]:
        found: dict[Subject, list[Figure]] = {}
        for figure in self.comparison.by_key:
            if figure.part:
                found.setdefault(subject_of(figure), []).append(figure)
        return found

    def parts_of(self, subject: Subject) -> Sequence[Figure]:
        """The figures of the subject that count a part of the whole."""
        return self._parts.get(subject, ())

    def countries_of(self, provider: str) -> list[str]:
        return sorted({s.jurisdiction for s in self.shelf.subjects if s.provider == provider})

    @cached_property
    def _told(self) -> frozenset[tuple[str, str]]:
        return frozenset((figure.provider, figure.period) for figure in self.comparison.by_key)

    def has_figures(self, provider: str, period: str) -> bool:
        return (provider, period) in self._told

    def sheets(self, provider: str, period: str) -> Sequence[Sheet]:
        """The disclosure score of a provider's half-year, reckoned once for its page and the tables."""
        found = self._sheets.get((provider, period))
        if found is None:
            found = self._sheets[provider, period] = score(self.comparison, provider, period)
        return found

    @cached_property
    def _sheets(self) -> dict[tuple[str, str], Sequence[Sheet]]:
        return {}

    @cached_property
    def changes(self) -> Mapping[Figure, Sequence[Change]]:
        """What later editions of a source say otherwise, by figure."""
        return changes_of(self.comparison)

    def common(self, lang: str, period: str = "") -> dict[str, Any]:
        """What every page's frame needs; `period` is the page's own, or the featured one."""
        of = period or self.featured
        return {
            "nav": navigation(lang),
            "all_href": addresses.all_figures(of),
            "method_href": addresses.METHOD,
            "data_href": addresses.data(of),
            "error_href": addresses.ERROR,
            "feed_href": addresses.FEED,
        }


def navigation(lang: str) -> list[View]:
    translate = translator(lang).gettext
    return [{"href": href, "name": translate(name)} for href, name in NAV]


def short(item: Reconciled | None) -> View:
    """A cell of a plain table: the value, its mark and its page."""
    if item is None:
        return {"href": "", "value": None, "disputed": False, "rounded": False}
    return {
        "href": addresses.figure_page(item.figure),
        "value": amount(item.value) if item.value is not None else None,
        "disputed": is_disputed(item),
        "rounded": item.rounding_only,
    }


def tongue(lang: str) -> Language:
    return "ko" if lang == "ko" else "en"
