"""The member `banded` of a report: figures that the law allows only in bands, and what hides their numbers.

They are stated, not recounted: the entries behind them are never opened (docs/decisions/0016-bands.md).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sagwan.formats.errors import FormatError
from sagwan.formats.reading import LANGUAGES, Reader
from sagwan.record.vocabulary import SLUG

MEASURES = ("requested", "accounts-asked")
LONGEST = 500
"""The most characters of a name or a citation."""
_ABOUT = re.compile(r"[1-9][0-9]{3}(H[12])?\Z")
_JURISDICTION = re.compile(r"[A-Z]{2}\Z")


@dataclass(frozen=True, slots=True)
class BandedFigure:
    """One figure: between `low` and `high`, both included, a band of `width` from 0.

    `about` is the half-year or the year whose requests it counts; `measure` one of MEASURES; `instruments`
    are added together. `option` names the law pack's way of reporting, `rule` its article in the pack's
    words, `citation` the same for people.
    """

    figure: str
    names: Mapping[str, str]
    jurisdiction: str
    instruments: tuple[str, ...]
    measure: str
    about: str
    width: int
    low: int
    high: int
    option: str
    rule: str
    citation: Mapping[str, str]

    @property
    def band(self) -> str:
        return f"{self.low}-{self.high}"

    @property
    def half_years(self) -> tuple[str, ...]:
        """The half-years that it is about."""
        return (self.about,) if "H" in self.about else (f"{self.about}H1", f"{self.about}H2")


@dataclass(frozen=True, slots=True)
class Banded:
    """`per_batch`: so many entries of each batch of the half-year are banded, from the batch that begins at
    entry `first` on; 0 where none is."""

    per_batch: int
    first: int
    figures: tuple[BandedFigure, ...]


def banded_document(banded: Banded) -> dict[str, Any]:
    """The member as JSON values, in its order."""
    return {
        "per-batch": banded.per_batch,
        "first": banded.first,
        "figures": [
            {
                "figure": one.figure,
                "names": _in_order(one.names),
                "jurisdiction": one.jurisdiction,
                "instruments": list(one.instruments),
                "measure": one.measure,
                "about": one.about,
                "width": one.width,
                "low": one.low,
                "high": one.high,
                "option": one.option,
                "rule": one.rule,
                "citation": _in_order(one.citation),
            }
            for one in banded.figures
        ],
    }


def _in_order(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: texts[language] for language in LANGUAGES}


def read_banded(document: dict[str, Any]) -> Banded:
    """Read the member, strictly; raise FormatError."""
    reader = Reader(document, "report.banded")
    banded = Banded(
        per_batch=reader.count("per-batch"),
        first=reader.count("first"),
        figures=tuple(
            _figure(one, f"report.banded.figures[{n}]") for n, one in enumerate(reader.take("figures", list))
        ),
    )
    reader.end()
    seen: set[tuple[str, ...]] = set()
    for number, one in enumerate(banded.figures):
        key = (one.jurisdiction, one.figure, one.measure, one.about)
        if key in seen:
            raise FormatError(f"report.banded.figures[{number}]: {' '.join(key)} stands there twice")
        seen.add(key)
    return banded


def _figure(document: Any, where: str) -> BandedFigure:
    reader = Reader(document, where)
    figure = BandedFigure(
        figure=_slug(reader, "figure"),
        names=reader.texts("names"),
        jurisdiction=_shaped(reader, "jurisdiction", _JURISDICTION),
        instruments=_slugs(reader, "instruments"),
        measure=reader.take("measure", str),
        about=_shaped(reader, "about", _ABOUT),
        width=reader.count("width"),
        low=reader.count("low"),
        high=reader.count("high"),
        option=_slug(reader, "option"),
        rule=reader.take("rule", str),
        citation=reader.texts("citation"),
    )
    reader.end()
    if figure.measure not in MEASURES:
        raise FormatError(f"{where}.measure is {figure.measure!r}", hint=f"one of {', '.join(MEASURES)}")
    for text in (figure.rule, *figure.names.values(), *figure.citation.values()):
        if not text.isprintable() or not 0 < len(text) <= LONGEST:
            raise FormatError(
                f"{where}: {text[:LONGEST]!r} is no text of 1 to {LONGEST} printable characters"
            )
    if not figure.width or figure.low % figure.width or figure.high != figure.low + figure.width - 1:
        raise FormatError(f"{where}: {figure.band} is no band of {figure.width} from 0")
    return figure


def _shaped(reader: Reader, name: str, shape: re.Pattern[str]) -> str:
    value: str = reader.take(name, str)
    if not shape.match(value):
        raise FormatError(f"{reader.where}.{name} is {value!r}")
    return value


def _slug(reader: Reader, name: str) -> str:
    return _shaped(reader, name, SLUG)


def _slugs(reader: Reader, name: str) -> tuple[str, ...]:
    values: Sequence[Any] = reader.take(name, list)
    if not values or len(set(map(str, values))) != len(values):
        raise FormatError(f"{reader.where}.{name} must name something, and nothing twice")
    for value in values:
        if not isinstance(value, str) or not SLUG.match(value):
            raise FormatError(f"{reader.where}.{name} holds {value!r}")
    return tuple(values)
