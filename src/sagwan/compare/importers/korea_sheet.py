"""Sheets of Korea's services as they lay them out themselves: by half-year, category, service, or all three.

No one layout is assumed. A number becomes a claim where the words above and beside it name one category, one
measure, one half-year and one service; where one of these is not named the number is noted as not read.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sagwan.compare.importers.cells import Reading
from sagwan.compare.importers.countries import Place
from sagwan.compare.importers.dates import Span, find_period, read_period
from sagwan.compare.importers.grid import Number, numbers
from sagwan.compare.importers.korea import CATEGORIES, KOREA, SERVICES
from sagwan.compare.importers.maker import Line, Maker
from sagwan.compare.importers.table import Table, key
from sagwan.compare.importers.understood import Document
from sagwan.compare.importers.written import plain
from sagwan.compare.recount import FOLLOW_UP
from sagwan.compare.value import AVERAGE, PERCENT, State

PUBLISHER = "Kakao and Naver"

_Measure = tuple[str, str, str]
_MEASURES: Mapping[str, _Measure] = {
    key(name): measure
    for measure, names in (
        (
            ("requested", "requests", "request"),
            "요청,요청수,요청건수,요청문서수,requests,requested,number of requests,no. of requests,received",
        ),
        (
            ("processed", "requests", "request"),
            "처리,처리수,처리건수,처리문서수,processed,processes,number of processes,"
            "number of processed requests,number of requests processed,requests processed,"
            "processed requests,no. of processed requests",
        ),
        (
            ("accounts", "accounts", "account"),
            "계정,계정수,제공계정수,처리계정수,accounts,number of accounts,no. of accounts,accounts provided,"
            "number of accounts provided,number of processed accounts",
        ),
        (("accounts", "accounts", "item"), "제공,제공수,제공건수,제공개수,number of items provided"),
        (("compliance-percent", PERCENT, "request"), "처리율,처리비율,processing rate"),
        (("accounts-per-processed", AVERAGE, "item"), "평균제공수,건당평균,건당평균제공수,평균제공건수"),
    )
    for name in names.split(",")
}
_HALVES = dict.fromkeys(("상반기", "firsthalf", "1sthalf", "h1", "1h"), "1") | dict.fromkeys(
    ("하반기", "secondhalf", "2ndhalf", "h2", "2h"), "2"
)
_YEAR = re.compile(r"(20[0-9]{2})년?(?:도)?")
_UNIT = re.compile(
    r"\s*[\[(](?:단위|unit)?\s*:?\s*(?:건|개|명|%|cases?|accounts?|requests?)[\])]\s*$", re.IGNORECASE
)
_FOLLOWED = re.compile(r"([0-9][0-9,]*) ?\(([0-9][0-9,]*)\)")


@dataclass(slots=True)
class _Words:
    """What the words round a number name."""

    categories: dict[str, str] = field(default_factory=dict)
    measures: set[_Measure] = field(default_factory=set)
    services: set[tuple[str, str]] = field(default_factory=set)
    spans: dict[str, Span] = field(default_factory=dict)
    years: set[str] = field(default_factory=set)
    halves: set[str] = field(default_factory=set)

    @property
    def is_figure(self) -> bool:
        return len(self.categories) == 1 and len(self.measures) == 1


def knows(document: Document) -> bool:
    return any(_of(one).is_figure for table in document.tables for one in numbers(table, _counts))


def read(document: Document, maker: Maker) -> None:
    for table in document.tables:
        maker.sheet = table.sheet
        for number in numbers(table, _counts):
            _read(number, table, maker)


def _counts(above: tuple[str, ...]) -> bool:
    return bool(_words(above).measures)


def _of(number: Number) -> _Words:
    return _words((*number.above, *number.beside, *_naming(number.titles)))


def _naming(titles: Iterable[str]) -> Iterable[str]:
    """The titles that name a service or category alone, and no number's measure."""
    return (title for title in titles if key(title) in SERVICES or key(title) in CATEGORIES)


def _words(texts: Iterable[str]) -> _Words:
    words = _Words()
    for text in texts:
        _take(" ".join(_UNIT.sub("", plain(text)).split()), words)
    return words


def _take(text: str, words: _Words) -> None:
    name = key(text)
    if name in SERVICES:
        words.services.add(SERVICES[name])
    elif name in CATEGORIES:
        words.categories.setdefault(CATEGORIES[name], text)
    elif name in _MEASURES:
        words.measures.add(_MEASURES[name])
    elif name in _HALVES:
        words.halves.add(_HALVES[name])
    elif year := _YEAR.fullmatch(text):
        words.years.add(year[1])
    elif span := find_period(text):
        words.spans.setdefault(span.period, span)
    else:
        _take_pair(text, name, words)


def _take_pair(text: str, name: str, words: _Words) -> None:
    """A category and a measure in one head: `압수영장 요청건수`."""
    for start, category in CATEGORIES.items():
        if name.startswith(start) and name[len(start) :] in _MEASURES:
            words.categories.setdefault(category, text)
            words.measures.add(_MEASURES[name[len(start) :]])
            return


def _read(number: Number, table: Table, maker: Maker) -> None:
    words = _of(number)
    if not (words.categories or words.measures):
        return
    label = " / ".join(number.above)
    span, service = _span(words, number, table, maker), _service(words, number, table, maker)
    missing = [
        what
        for what, there in (
            ("category", len(words.categories) == 1),
            ("measure", len(words.measures) == 1),
            ("half-year", span),
            ("service", service),
        )
        if not there
    ]
    if missing or span is None or service is None:
        maker.skip(number.row, number.text, f"no one {' and no one '.join(missing)} is named for it", label)
        return
    [(category, printed)], [measure] = words.categories.items(), words.measures
    line = Line(number.row, *service, span, category, Place(KOREA, ""), dims={"process": printed})
    _add(line, measure, number.text, label, maker)


def _add(line: Line, measure: _Measure, text: str, label: str, maker: Maker) -> None:
    """A number and, where another stands behind it in brackets, the follow-up requests that it counts."""
    metric, unit, counted = measure
    found = _FOLLOWED.fullmatch(plain(text))
    if not found or metric != "processed":
        maker.add(line, metric, label, text, unit, counted=counted)
        return
    part, _, stage = FOLLOW_UP.partition("=")
    maker.add(line, metric, label, text, unit, _exact(found[1], "before the brackets"), counted=counted)
    own = replace(line, parts={part: stage})
    maker.add(own, metric, label, text, unit, _exact(found[2], "in brackets"), counted=counted)


def _exact(digits: str, reason: str) -> Reading:
    state = State.EXACT if digits.strip("0,") else State.ZERO
    return Reading(state.value, digits, reason=reason)


def _span(words: _Words, number: Number, table: Table, maker: Maker) -> Span | None:
    """The half-year of the words; else of the titles, the sheet, who imports it, the file's name."""
    if len(words.spans) == 1 and not words.years:
        return next(iter(words.spans.values()))
    if words.spans or len(words.years) > 1 or len(words.halves) > 1:
        return None
    named = [find_period(text) for text in (*reversed(number.titles), table.sheet)]
    given = read_period(maker.origin.period) if maker.origin.period else None
    if words.years and words.halves:
        return read_period(f"{min(words.years)}H{min(words.halves)}")
    if words.years or words.halves:
        return None
    return next((span for span in (*named, given, find_period(maker.document.name)) if span), None)


def _service(words: _Words, number: Number, table: Table, maker: Maker) -> tuple[str, str] | None:
    """The service of the words; else of the sheet, or the one of a provider who runs but one."""
    if words.services:
        return next(iter(words.services)) if len(words.services) == 1 else None
    if service := SERVICES.get(key(table.sheet)):
        return service
    provider = maker.origin.provider or next(
        (one for one in ("kakao", "naver") if one in key(maker.document.name)), ""
    )
    if not provider:
        return None
    return (provider, "naver" if provider == "naver" else "all")
