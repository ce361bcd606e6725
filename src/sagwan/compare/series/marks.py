"""Marks: what changed beside a series. Reviewed events with their sources, and what the figures tell."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from sagwan.compare.explain import Code
from sagwan.compare.figure import Figure
from sagwan.compare.result import Reconciled
from sagwan.compare.value import Band
from sagwan.compare.words import Language, amount

STEPS = (1000, 500, 250, 100)
"""The widths of bands that a law allows (50 USC 1874); a clean band begins at a multiple of its width."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An event in a period. An empty scope names all; `sources` are addresses."""

    id: str
    date: str
    period: str
    text: Mapping[Language, str]
    sources: tuple[str, ...]
    providers: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()

    def concerns(self, figure: Figure) -> bool:
        """True where the mark stands beside a figure of any period."""
        pairs = (
            (self.providers, figure.provider),
            (self.services, figure.service),
            (self.jurisdictions, figure.jurisdiction),
            (self.categories, figure.category),
            (self.metrics, figure.metric),
        )
        return all(not scope or value in scope for scope, value in pairs)


@cache
def reviewed() -> tuple[Mark, ...]:
    """The marks that come with Sagwan, by date. Raises KeyError or TOMLDecodeError for damaged data."""
    text = resources.files("sagwan.compare.series").joinpath("data", "marks.toml").read_text("utf-8")
    return tuple(sorted(map(_mark, tomllib.loads(text)["mark"]), key=lambda mark: (mark.date, mark.id)))


def _mark(row: dict[str, Any]) -> Mark:
    scopes = ("providers", "services", "jurisdictions", "categories", "metrics")
    return Mark(
        id=row["id"],
        date=row["date"],
        period=row["period"],
        text={"en": row["en"], "ko": row["ko"]},
        sources=tuple(row["sources"]),
        **{scope: tuple(row.get(scope, ())) for scope in scopes},
    )


def marks_of(figures: Iterable[Figure], marks: Iterable[Mark] | None = None) -> tuple[Mark, ...]:
    """The reviewed marks that concern one of the figures in that figure's period."""
    chosen = reviewed() if marks is None else tuple(marks)
    found = {mark.id for figure in figures for mark in chosen if _stands(mark, figure)}
    return tuple(mark for mark in chosen if mark.id in found)


def _stands(mark: Mark, figure: Figure) -> bool:
    return mark.period == figure.period and mark.concerns(figure)


def told_by(item: Reconciled) -> Mark | None:
    """The mark that a figure itself tells: that it was restated, or that its band was raised."""
    figure = item.figure
    restated = next((e for e in item.explanations if e.code is Code.RESTATEMENT), None)
    if restated:
        text: Mapping[Language, str] = restated.sentences
        claims = {claim.id: claim.source_url for claim in item.claims}
        return Mark(f"restated {figure}", "", figure.period, text, _of(claims, restated.against))
    if isinstance(item.value, Band) and is_raised(item.value):
        shown = amount(item.value)
        text = {
            "en": f"{shown}: the lower end is no clean step; letters that may now be told raise such ends.",
            "ko": f"{shown}: 하한이 구간의 시작이 아닙니다. 공개가 허용된 건수만큼 하한을 올리곤 합니다.",
        }
        source = (item.preferred.source_url,) if item.preferred else ()
        return Mark(f"raised {figure}", "", figure.period, text, source)
    return None


def is_raised(band: Band) -> bool:
    """True where a band ends as a legal step does and begins above that step's start: 13-499, 1,005-1,499."""
    step = next((step for step in STEPS if (band.high + 1) % step == 0 and band.high >= step - 1), None)
    width = band.high - band.low + 1
    return step is not None and width < step and width not in STEPS


def _of(addresses: Mapping[str, str], ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(addresses[one] for one in ids if one in addresses))
