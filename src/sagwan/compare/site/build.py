"""The site's files, and writing them: every page in both languages, the style sheet, the data."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from sagwan.compare.figure import Figure
from sagwan.compare.names import NAMES
from sagwan.compare.prefer import Why
from sagwan.compare.result import Comparison, Reconciled, Status
from sagwan.compare.site import addresses
from sagwan.compare.site.front import Grid, front_context, grid, lead_sentence
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
from sagwan.compare.value import MissingState
from sagwan.compare.words import Language
from sagwan.pages import LANGUAGES, Labels, Page, rendered, style_sheet, translator
from sagwan.pages.site import language_choice
from sagwan.record.errors import SagwanError

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


def build_site(comparison: Comparison, folders: Sequence[Folder], out: Path, *, labels: Labels) -> int:
    """Write the site of a comparison into the folder `out`; give back how many files were written.

    `labels` name the instruments (a law pack's names); services and providers that it does not name get
    Sagwan's. Raises SagwanError where `out` cannot be written. The same comparison gives the same bytes.
    """
    count = 0
    try:
        for path, data in site_files(comparison, folders, labels=labels):
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
    comparison: Comparison, folders: Sequence[Folder] = (), *, labels: Labels
) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of every file of the site. Raises SagwanError for a comparison of all periods at once."""
    period = comparison.period
    if period is None:
        raise SagwanError("a site is built for one period", hint="compare one, such as 2016H1")
    labels = replace(labels, services={**NAMES, **labels.services}, providers={**NAMES, **labels.providers})
    site = _Site(comparison, grid(comparison, period), tuple(folders), labels, period)
    yield style_sheet()
    yield addresses.data(period), _json(comparison)
    yield language_choice(
        {lang: translator(lang).gettext("How are they holding up?") for lang in LANGUAGES},
        {lang: lead_sentence(site.table, labels, cast(Language, lang)) for lang in LANGUAGES},
    )
    for page in site.pages():
        yield from rendered(page)


def _json(comparison: Comparison) -> bytes:
    return (json.dumps(comparison.to_json(), ensure_ascii=False, indent=1) + "\n").encode()


@dataclass(frozen=True, slots=True)
class _Site:
    comparison: Comparison
    table: Grid
    folders: tuple[Folder, ...]
    labels: Labels
    period: str

    def pages(self) -> Iterator[Page]:
        yield Page("index.html", "compare/front.html", self._front)
        yield Page(addresses.period_page(self.period), "compare/front.html", self._front)
        yield Page(addresses.all_figures(self.period), "compare/all.html", self._all)
        yield Page(addresses.METHOD, "compare/method.html", self._method)
        for item in self.comparison.figures:
            yield self._figure_page(item)

    def _common(self) -> dict[str, Any]:
        return {
            "all_href": addresses.all_figures(self.period),
            "method_href": addresses.METHOD,
            "data_href": addresses.data(self.period),
        }

    def _front(self, lang: str) -> dict[str, Any]:
        context = front_context(self.comparison, self.table, self.labels, cast(Language, lang))
        folders = [
            {"name": self.labels.provider(one.provider, lang), **self._folder(one, lang)}
            for one in self.folders
        ]
        return {**self._common(), **context, "folders": folders}

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
        for item in self.comparison.figures:
            words = title(item.figure, self.labels, tongue)
            row = {**words, **cell(item, tongue), "status": str(item.status)}
            groups.setdefault(f"{words['provider']}, {words['jurisdiction']}", []).append(row)
        return {**self._common(), "period": self.period, "groups": groups}

    def _method(self, lang: str) -> dict[str, Any]:
        return {**self._common(), "statuses": [str(status) for status in Status], "defined": DEFINED}

    def _figure_page(self, item: Reconciled) -> Page:
        def context(lang: str) -> dict[str, Any]:
            tongue = cast(Language, lang)
            return {
                **self._common(),
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
            }

        return Page(addresses.figure_page(item.figure), "compare/figure.html", context)

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

    def _beside(self, figure: Figure, lang: Language) -> list[dict[str, Any]]:
        """The other figures of the same service and kind of request."""
        near = [
            item
            for item in self.comparison.figures
            if item.figure.under_metric("") == figure.under_metric("") and item.figure != figure
        ]
        near.sort(key=lambda item: (*_place(item.figure.metric), item.figure))
        return [{**cell(item, lang), "metric": metric_word(item.figure.metric, lang)} for item in near]


def _place(metric: str) -> tuple[int]:
    return (METRIC_ORDER.index(metric) if metric in METRIC_ORDER else len(METRIC_ORDER),)
