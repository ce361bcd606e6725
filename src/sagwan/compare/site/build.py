"""The site's files, and writing them: every page in both languages, the style sheet, the script, the data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from sagwan.compare.claim import SourceKind
from sagwan.compare.editions import Cause, Change
from sagwan.compare.explain import Code
from sagwan.compare.figure import Figure
from sagwan.compare.names import NAMES
from sagwan.compare.prefer import Why
from sagwan.compare.result import Comparison, Reconciled, Status
from sagwan.compare.series import subject_of
from sagwan.compare.site import addresses
from sagwan.compare.site.cite import citation
from sagwan.compare.site.data import to_json
from sagwan.compare.site.editions import CAUSES, changes_of, editions_of
from sagwan.compare.site.front import Grid, front_context, grid, lead_sentence
from sagwan.compare.site.observatory import files as whole_files
from sagwan.compare.site.observatory import pages as whole_pages
from sagwan.compare.site.terms import CATEGORIES, EXPLAINED
from sagwan.compare.site.view import (
    amount,
    cell,
    claim_row,
    conflict_sentences,
    is_disputed,
    metric_word,
    sentences,
    title,
    why_sentence,
)
from sagwan.compare.site.whole import Whole, short
from sagwan.compare.value import MissingState
from sagwan.compare.words import Language
from sagwan.pages import LANGUAGES, N_, Labels, Page, rendered, script, style_sheet, translator
from sagwan.pages.site import language_choice
from sagwan.record.errors import SagwanError

MOST = 250  # figures on one page; what is beyond them stands in the data and on the series' pages
METRIC_ORDER = ("requested", "processed", "refused", "accounts")
DEFINED = ("requested", "processed", "accounts", "refused")


@dataclass(frozen=True, slots=True)
class Folder:
    """A provider's published report, recounted: where its pages are (from the site's root, or a web address
    that ends in `/`), and how the recount came out."""

    provider: str
    period: str
    address: str
    synthetic: bool
    holds: bool = True


def build_site(
    comparison: Comparison,
    folders: Sequence[Folder],
    out: Path,
    *,
    labels: Labels,
    contact: str = "",
    address: str = "",
) -> int:
    """Write the site of a comparison into the folder `out`; give back how many files were written.

    A comparison of one period gives that period's pages; one of all periods the whole observatory. `labels`
    name the instruments (a law pack's names); services and providers that it does not name get Sagwan's.
    `contact` is where errors are reported: `mailto:…` or an https address; `address` is where the site will
    lie (`https://…/`), for citations and the feed.
    Raises SagwanError where `out` cannot be written. The same comparison gives the same bytes.
    """
    count = 0
    try:
        for path, data in site_files(comparison, folders, labels=labels, contact=contact, address=address):
            target = out / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            count += 1
    except OSError as error:
        raise SagwanError(
            f"the site cannot be written to {out}: {error.strerror}", hint="name a folder that you may write"
        ) from error
    return count


def site_files(
    comparison: Comparison,
    folders: Sequence[Folder] = (),
    *,
    labels: Labels,
    contact: str = "",
    address: str = "",
) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of every file of the site: of one period, or of the whole observatory.

    Raises SagwanError for a comparison of all periods that has no half-year, for a contact that is neither a
    mail nor a web address, and for an address that is not the web's.
    """
    labels = Labels(
        {**CATEGORIES, **labels.instruments},
        labels.reasons,
        {**NAMES, **labels.services},
        {**NAMES, **labels.providers},
    )
    whole = None if comparison.period else _whole(comparison, labels, contact, address)
    periods = whole.halves if whole else (comparison.period or "",)
    front = whole.featured if whole else periods[0]
    sites = {
        p: PeriodSite(comparison, grid(comparison, p), tuple(folders), labels, p, whole) for p in periods
    }
    yield style_sheet()
    yield script()
    table = sites[front].table
    yield language_choice(
        {lang: translator(lang).gettext("How are they holding up?") for lang in LANGUAGES},
        {lang: lead_sentence(table, labels, cast(Language, lang)) for lang in LANGUAGES},
    )
    yield from whole_files(whole) if whole else [(addresses.data(front), to_json(comparison.to_json()))]
    every = [page for site in sites.values() for page in site.pages(is_front=site.period == front)]
    every += _years(comparison, sites[front]) if whole else []
    for page in every + (list(whole_pages(whole)) if whole else []):
        yield from rendered(page)


def _whole(comparison: Comparison, labels: Labels, contact: str, address: str) -> Whole:
    if contact and not (addresses.link(contact) or contact.startswith("mailto:")):
        raise SagwanError(f"{contact!r} is no contact", hint="write mailto:name@example.org, or https://…")
    if address and not addresses.link(address):
        raise SagwanError(f"{address!r} is no address of a site", hint="write https://…")
    whole = Whole(comparison, labels, contact, address and address.rstrip("/") + "/")
    if not whole.halves:
        raise SagwanError("no claim gives a figure of a half-year", hint="a site needs at least one")
    return whole


def _years(comparison: Comparison, site: "PeriodSite") -> list[Page]:
    """The pages of figures of whole years, and of half-years of which no figure has a value."""
    shown = set(site.whole.halves) if site.whole else set()
    return [site.figure_page(item) for item in comparison.figures if item.figure.period not in shown]


@dataclass(frozen=True)
class PeriodSite:
    """The pages of one period; `whole` is the observatory that they belong to, or None."""

    comparison: Comparison
    table: Grid
    folders: tuple[Folder, ...]
    labels: Labels
    period: str
    whole: Whole | None = None

    @cached_property
    def figures(self) -> tuple[Reconciled, ...]:
        return tuple(item for item in self.comparison.figures if item.figure.period == self.period)

    def pages(self, *, is_front: bool) -> Iterator[Page]:
        if is_front:
            yield Page("index.html", "compare/front.html", self._front, script=True)
            yield Page(addresses.METHOD, "compare/method.html", self._method, script=True)
        yield Page(addresses.period_page(self.period), "compare/front.html", self._front, script=True)
        yield Page(addresses.all_figures(self.period), "compare/all.html", self._all, script=True)
        for item in self.figures:
            yield self.figure_page(item)

    def _common(self, lang: str) -> dict[str, Any]:
        if self.whole:
            return {**self.whole.common(lang, self.period), "halves": self._halves()}
        return {
            "nav": [{"href": addresses.METHOD, "name": translator(lang).gettext(N_("Method"))}],
            "all_href": addresses.all_figures(self.period),
            "method_href": addresses.METHOD,
            "data_href": addresses.data(self.period),
            "error_href": "",
            "feed_href": "",
            "halves": [],
        }

    def _halves(self) -> list[dict[str, Any]]:
        """Every half-year that has a page, the latest first."""
        halves = reversed(self.whole.halves) if self.whole else ()
        return [{"period": p, "href": addresses.period_page(p), "here": p == self.period} for p in halves]

    def _front(self, lang: str) -> dict[str, Any]:
        context = front_context(self.comparison, self.table, self.labels, cast(Language, lang))
        folders = [
            {"name": self.labels.provider(one.provider, lang), **self._folder(one, lang)}
            for one in self.folders
        ]
        extra = {
            "brief_href": addresses.brief_page(self.period) if self.whole else "",
            "score_href": addresses.score_page(self.period) if self.whole else "",
            "protection_href": addresses.protection_page(self.period) if self.whole else "",
        }
        return {**self._common(lang), **context, **extra, "folders": folders}

    def _folder(self, one: Folder, lang: str) -> dict[str, Any]:
        external = bool(addresses.link(one.address))
        return {
            "href": f"{one.address}{lang}/{one.period}.html",
            "external": external,
            "period": one.period,
            "synthetic": one.synthetic,
            "holds": one.holds,
        }

    def _all(self, lang: str) -> dict[str, Any]:
        tongue = cast(Language, lang)
        groups: dict[str, list[dict[str, Any]]] = {}
        for item in self.figures[:MOST]:
            words = title(item.figure, self.labels, tongue)
            row = {**words, **short(item), "status": str(item.status), "slug": item.figure.service}
            groups.setdefault(f"{words['provider']}, {words['country']}", []).append(row)
        return {
            **self._common(lang),
            "period": self.period,
            "groups": groups,
            "more": len(self.figures[MOST:]),
        }

    def _method(self, lang: str) -> dict[str, Any]:
        translate = translator(lang).gettext
        return {
            **self._common(lang),
            "statuses": [str(status) for status in Status],
            "preference": [str(kind) for kind in SourceKind],
            "kinds": [{"code": str(code), "text": translate(EXPLAINED[code])} for code in Code],
            "causes": [{"code": str(cause), "text": translate(CAUSES[str(cause)])} for cause in Cause],
            "defined": DEFINED,
        }

    def figure_page(self, item: Reconciled) -> Page:
        def context(lang: str) -> dict[str, Any]:
            tongue = cast(Language, lang)
            return {
                **self._common(lang),
                "words": title(item.figure, self.labels, tongue),
                "value": amount(item.value) if item.value is not None else None,
                "status": str(item.status),
                "disputed": is_disputed(item),
                "rounded": item.rounding_only,
                "voices": item.voices,
                "why": why_sentence(item, tongue) if item.why is not Why.ONLY else "",
                "unreadable": item.missing is MissingState.UNREADABLE,
                "reasons": sentences(item, tongue) if item.explanations else [],
                "conflicts": conflict_sentences(item, tongue),
                "claims": self._claims(item, tongue),
                "parts": self._parts(item, tongue),
                "badges": self._badges(item, tongue),
                "beside": self._beside(item.figure, tongue),
                "defined": item.figure.metric in DEFINED,
                "metric": item.figure.metric,
                "cited": citation(item, self.labels, tongue, self.whole.address if self.whole else ""),
                "editions": editions_of(item, self._changes.get(item.figure, ()), tongue),
                "series_href": self._series(item.figure),
                "error_to": self._error_to(item.figure),
            }

        return Page(addresses.figure_page(item.figure), "compare/figure.html", context, script=True)

    @cached_property
    def _changes(self) -> Mapping[Figure, Sequence[Change]]:
        return self.whole.changes if self.whole else changes_of(self.comparison)

    def _series(self, figure: Figure) -> str:
        """The page of the same figure over the years, where there is one."""
        if self.whole is None or figure.part or subject_of(figure) not in self.whole.shelf.subjects:
            return ""
        return addresses.series_page(figure.provider, figure.service, figure.jurisdiction, figure.category)

    def _error_to(self, figure: Figure) -> str:
        """Where an error in this figure is reported, with its key in the subject of a mail."""
        contact = self.whole.contact if self.whole else ""
        return f"{contact}?subject={quote(str(figure))}" if contact.startswith("mailto:") else contact

    def _claims(self, item: Reconciled, lang: Language) -> list[Any]:
        order = {"preferred": 0, "same": 1, "other": 2, "rival": 3}
        rows = [claim_row(claim, item, lang) for claim in item.claims]
        return sorted(rows, key=lambda row: (order[row["standing"]], row["date"], row["id"]))

    def _parts(self, item: Reconciled, lang: Language) -> list[dict[str, Any]]:
        return [
            {
                **title(part.figure, self.labels, lang),
                "href": addresses.figure_page(part.figure) if part.figure in self.comparison.by_key else "",
                "count": part.count,
            }
            for part in (item.total.parts if item.total else ())
        ]

    def _badges(self, item: Reconciled, lang: Language) -> list[dict[str, Any]]:
        found = []
        for badge in item.badges:
            folder = next((f for f in self.folders if self._is_of(f, badge.source.provider)), None)
            where = self._folder(folder, lang) if folder else {"href": "", "external": False}
            found.append({"count": badge.count, "label": badge.label(lang), **where})
        return found

    def _is_of(self, folder: Folder, provider: str) -> bool:
        return folder.provider == provider and folder.period == self.period

    @cached_property
    def _by_row(self) -> dict[Figure, list[Reconciled]]:
        found: dict[Figure, list[Reconciled]] = {}
        for item in self.comparison.figures:
            found.setdefault(item.figure.under_metric(""), []).append(item)
        return found

    def _beside(self, figure: Figure, lang: Language) -> list[dict[str, Any]]:
        """The other figures of the same service and kind of request."""
        near = [item for item in self._by_row.get(figure.under_metric(""), ()) if item.figure != figure]
        near.sort(key=lambda item: (*_place(item.figure.metric), item.figure))
        return [{**cell(item, lang), "metric": metric_word(item.figure.metric, lang)} for item in near]


def _place(metric: str) -> tuple[int]:
    return (METRIC_ORDER.index(metric) if metric in METRIC_ORDER else len(METRIC_ORDER),)
