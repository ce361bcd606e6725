"""The counts: what each kind of line adds, and that tables add up in any order."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.formats.errors import FormatError
from sagwan.formats.opening import parse
from sagwan.formats.tally import BASE_MEASURES, Table, differences, measures
from sagwan.record.vocabulary import LineKind

from .strategies import openings

ROW = ("kakao", "KR", "search-and-seizure-warrant")
_LINE = (
    "sagwan/1\t" + "0" * 32 + "\t{}\t" + "0" * 16 + "\t2016H1\tkakao\tKR\t"
    "search-and-seizure-warrant\t{}\t{}\t{}\t{}\t{}\t" + "ab" * 32 + "\t-"
)


def line(kind, outcome="-", reason="-", data="access", accounts=0, marks="-"):
    return parse(_LINE.format(kind, outcome, reason, data, accounts, marks).encode())


def counted(*lines):
    table = Table()
    for opening in lines:
        table.add(opening, opening.kind)
    return {name: count for name, count in table.counts().get(ROW, {}).items() if count}


def test_received_counts_as_requested():
    assert counted(line("received", accounts=3, marks="emergency")) == {
        "requested": 1,
        "accounts-asked": 3,
        "received.emergency": 1,
    }


def test_complied_and_partial_count_as_processed():
    assert counted(
        line("resolved", "complied", accounts=2, marks="notified"),
        line("resolved", "partial", "scope-narrowed", accounts=5),
    ) == {
        "processed": 2,
        "complied": 1,
        "partial": 1,
        "accounts-disclosed": 7,
        "reason.scope-narrowed": 1,
        "resolved.notified": 1,
    }


@pytest.mark.parametrize("outcome", ["refused", "no-data", "withdrawn"])
def test_other_outcomes_do_not(outcome):
    assert counted(line("resolved", outcome, "retention-expired", "-")) == {
        outcome: 1,
        "reason.retention-expired": 1,
    }


def test_follow_ups_are_counted_apart():
    assert counted(line("follow-up", accounts=4)) == {"follow-ups": 1, "follow-up-accounts": 4}


def test_a_corrected_line_counts_as_the_kind_it_replaces():
    opening = dataclasses.replace(line("received", accounts=3), kind=LineKind.CORRECTED, supersedes=0)
    assert dict(measures(opening, LineKind.RECEIVED)) == {"requested": 1, "accounts-asked": 3}
    with pytest.raises(FormatError):
        measures(opening, LineKind.CORRECTED)


@given(st.lists(openings().filter(lambda o: o.kind is not LineKind.CORRECTED), max_size=8), st.randoms())
def test_order_and_taking_away_do_not_matter(lines, random):
    one, two = Table(), Table()
    for opening in lines:
        one.add(opening, opening.kind)
    random.shuffle(lines)
    for opening in [*lines, *lines]:
        two.add(opening, opening.kind)
    for opening in lines:
        two.add(opening, opening.kind, -1)
    assert one.counts() == two.counts()
    assert all(tuple(counts)[: len(BASE_MEASURES)] == BASE_MEASURES for counts in one.counts().values())


def test_differences_name_each_cell_once():
    before = {ROW: {"requested": 3, "processed": 1}}
    after = {ROW: {"requested": 4, "processed": 1, "reason.x": 2}}
    assert list(differences(before, after)) == [(ROW, "requested", 3, 4), (ROW, "reason.x", 0, 2)]
