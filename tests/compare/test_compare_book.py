"""What lies beside a figure, and that nothing depends on the order of the claims."""

import json
import random

import pytest

from sagwan.compare import Exact, compare
from sagwan.compare.book import Book
from sagwan.compare.gaps import gaps, unprinted_totals
from sagwan.compare.index import FIELDS, Name

from .make import claim, own

OTHER = {
    "provider": "bolt",
    "service": "chat",
    "jurisdiction": "US",
    "period": "2015H2",
    "category": "subscriber-information",
    "metric": "requested",
    "part": "authority=police",
}


@pytest.mark.parametrize("name", FIELDS)
def test_alike_in_all_but_one_field(name: Name) -> None:
    here = own(17)
    others = {field: own(17, **{field: value}) for field, value in OTHER.items()}
    both = own(17, **{field: OTHER[field] for field in ("period", "metric")})
    book = Book([here, *others.values(), both, own(18, **{name: f"another-{OTHER[name]}"[-7:]})])
    assert list(book.alike(here.figure, name, Exact(17))) == [others[name].figure]
    assert list(book.alike(here.figure, name, Exact(19))) == []


def test_parts_of_a_whole() -> None:
    here, police, chat = (
        own(17),
        own(3, part="authority=police"),
        own(3, part="authority=nis", service="chat"),
    )
    book = Book([here, police, chat])
    assert list(book.parts(here.figure)) == [police.figure]
    assert list(book.parts(police.figure)) == []


def test_what_an_article_prints_of_one_table() -> None:
    rows = [claim(1, "A"), claim(2, "A", metric="requested"), claim(3, "A", period="2014"), claim(4, "B")]
    book = Book(rows)
    printed = book.printed(("a", "2016-08-03"), rows[0].figure)
    assert {figure.metric: [c.value for c in claims] for figure, claims in printed.items()} == {
        "processed": ["1"],
        "requested": ["2"],
    }
    assert book.printed(("c", "2016-08-03"), rows[0].figure) == {}


def test_any_order_of_the_claims_gives_the_same_bytes() -> None:
    claims = [claim(n % 3 + 500, f"Paper {n}", service=f"s{n % 2}") for n in range(8)]
    claims += [own(n, part=f"authority={n}") for n in range(3)] + [claim(1500, service="all")]
    told = json.dumps(compare(claims).to_json())
    for seed in range(5):
        mixed = claims[:]
        random.Random(seed).shuffle(mixed)
        assert json.dumps(compare(mixed).to_json()) == told


def test_gaps_and_totals_only_where_a_period_is_reported() -> None:
    scope = claim(90, service="all", period="2012")
    parts = [own(15), own(18, service="chat"), own(4, period="2015H2")]
    book = Book([scope, *parts])
    totals = {figure: total.count for figure, total in unprinted_totals(book.by_figure, book)}
    assert {(f.period, f.metric): count for f, count in totals.items()} == {("2016H1", "processed"): 33}
    found = list(gaps(book.by_figure, book.by_figure))
    assert len(found) == 3 * 12 - 3 == len(set(found))
