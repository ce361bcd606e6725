"""Claims made up for one test: only what matters to it is said."""

import itertools

from sagwan.compare import Claim, SourceKind
from sagwan.compare.book import Book
from sagwan.compare.explain import Doubt
from sagwan.compare.explain.model import Explanation, Rule
from sagwan.compare.reading import readings

_numbers = itertools.count()


def claim(value: str | int, publisher: str = "", **fields: str) -> Claim:
    """A news claim of a publisher of its own, unless said otherwise."""
    publisher = publisher or f"Paper {next(_numbers)}"
    row = {
        "provider": "acme",
        "service": "mail",
        "jurisdiction": "KR",
        "period": "2016H1",
        "category": "search-and-seizure-warrant",
        "metric": "processed",
        "part": "",
        "unit": "requests",
        "source_url": f"https://example.com/{publisher.replace(' ', '-')}",
        "source_date": "2016-08-03",
    } | fields
    kind = SourceKind(row.pop("kind", "news"))
    return Claim(value=str(value), source_publisher=publisher, source_kind=kind, **row)


def own(value: str | int, date: str = "2016-08-01", **fields: str) -> Claim:
    """A claim of the provider's own report."""
    return claim(value, "Acme", source_date=date, kind="company-report", **fields)


def found(rule: Rule, doubted: Claim, standing: Claim, *others: Claim) -> list[Explanation]:
    """What a rule says of a doubted claim beside the one that stands, and other claims. A `doubted` and
    a `standing` of different figures are a conflict, not rivals."""
    claims = [doubted, standing, *others]
    same = [c for c in claims if c.figure == doubted.figure]
    reading = next(r for r in readings(same) if doubted in r.claims)
    rival = standing.figure == doubted.figure
    beside = next(r for r in readings(same if rival else [standing]) if standing in r.claims)
    return list(rule(Doubt(doubted.figure, reading, beside, rival=rival), Book(claims)))
