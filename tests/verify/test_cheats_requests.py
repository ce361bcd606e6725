"""Cheats in the order of a request: caught by check 6.

Where a cheating provider could make signatures, seals and manifests agree with the lie, the builder does so:
what is left is the lie itself.
"""

import hashlib

import pytest

from sagwan.verify import verify
from tests.support.folder import (
    H1,
    H2,
    Half,
    Publisher,
    build,
    corrected,
    first_half,
    follow_up,
    received,
    resolved,
    second_half,
)

from .helpers import OPENINGS, failed, failure


@pytest.mark.parametrize(
    ("lines", "index", "expected", "found"),
    [
        ([received("a"), resolved("a"), received("a")], 2, "received once", "received already"),
        ([received("a"), resolved("a"), resolved("a")], 2, "resolved once", "resolved already"),
        ([received("a"), resolved("b")], 1, "an opened received line before it", "none"),
        ([resolved("a"), received("a")], 0, "an opened received line before it", "none"),
        ([received("a"), follow_up("a")], 1, "an opened resolved line before it", "none"),
        (
            [received("a"), resolved("a", "refused"), follow_up("a")],
            2,
            "resolved as complied or partial",
            "resolved otherwise",
        ),
        (
            [received("a"), resolved("a", instrument="subscriber-information")],
            1,
            "the service, jurisdiction and instrument that were received",
            "another",
        ),
    ],
    ids=[
        "reused",
        "resolved-twice",
        "never-received",
        "received-after",
        "no-resolved",
        "refused",
        "other-row",
    ],
)
def test_a_request_out_of_order(tmp_path, trust, lines, index, expected, found):
    build(tmp_path, Half(H1, list(lines)))
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [6]
    first = failure(verdict, 6)
    assert (first.file, first.index, first.expected, first.found) == (OPENINGS, index, expected, found)


OTHER = {"instrument": "subscriber-information"}


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        ([resolved("a", **OTHER), received("a"), follow_up("a")], [0]),
        ([follow_up("a", **OTHER), received("a"), resolved("a")], [0]),
        ([received("a"), received("a", **OTHER), resolved("a", **OTHER)], [1, 2]),
        ([received("a"), resolved("a", "refused"), resolved("a"), follow_up("a")], [2]),
        ([received("a"), resolved("a"), resolved("a", "refused"), follow_up("a")], [2, 3]),
        (
            [received("b"), resolved("a"), corrected("a", 1, outcome="partial", reason="x"), received("a")],
            [1],
        ),
        ([follow_up("a"), corrected("a", 0), received("a"), resolved("a"), follow_up("a")], [0]),
        ([received("b", **OTHER), follow_up("a"), corrected("a", 1), received("a"), resolved("a")], [1]),
    ],
    ids=[
        "resolved-elsewhere-first",
        "followed-up-elsewhere-first",
        "received-elsewhere-again",
        "resolved-again-with-data",
        "resolved-again-without",
        "corrected-before-received",
        "follow-up-corrected-before-received",
        "corrected-first-and-another-row",
    ],
)
def test_what_follows_a_line_out_of_order_is_judged_by_what_was_received_and_resolved_last(
    tmp_path, trust, lines, wrong
):
    build(tmp_path, Half(H1, list(lines)))
    found = verify(tmp_path, trust=trust).checks[5].failures
    assert [failure.index for failure in found] == wrong


def test_a_request_number_reused_in_the_next_half_year(tmp_path, trust):
    build(tmp_path, first_half(), second_half(received("a")))
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [6]
    found = failure(verdict, 6)
    assert (found.file, found.index, found.found) == ("openings/2016H2/12.tsv", 15, "received already")


def test_resolved_opened_while_its_received_is_withheld(tmp_path, trust):
    build(tmp_path, first_half(withheld={8: "non-disclosure-order"}))
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [6]
    found = failure(verdict, 6)
    assert (found.file, found.index, found.found) == (OPENINGS, 9, "none")


def test_a_line_opened_late_that_was_passed_over(tmp_path, trust):
    lines = [received("a"), resolved("a"), follow_up("a"), follow_up("a")]
    build(tmp_path, Half(H1, lines, withheld={2: "lost"}), Half(H2, [received("b")], late=[2]))
    verdict = verify(tmp_path, trust=trust)
    assert failed(verdict) == [6]
    found = failure(verdict, 6)
    assert (found.file, found.index) == ("openings/2016H2/late.tsv", 2)
    assert found.found == "entry 3 was opened before this one"


@pytest.mark.parametrize(
    ("late", "index"),
    [([0], 0), ([10, 10], 10), ([14], 14)],
    ids=["opened-already", "twice", "of-this-half-year"],
)
def test_late_lines_that_are_not_late(tmp_path, trust, late, index):
    publisher = Publisher(tmp_path)
    publisher.publish(first_half(withheld={10: "lost"}))

    def lie(lines):
        return [b"%d\t%s" % (n, publisher.lines[n]) for n in late]

    publisher.publish(second_half(late=[10], late_published=lie))
    found = failure(verify(tmp_path, trust=trust), 6)
    assert (found.file, found.index) == ("openings/2016H2/late.tsv", index)


def test_a_late_line_that_was_not_sealed(tmp_path, trust):
    publisher = Publisher(tmp_path)
    publisher.publish(first_half(withheld={11: "lost"}))
    other = publisher.lines[11].replace(b"withdrawn-by-authority", b"withdrawn-by-providers")
    publisher.publish(second_half(late=[11], late_published=lambda lines: [b"11\t" + other]))
    found = failure(verify(tmp_path, trust=trust), 5)
    assert (found.file, found.index, found.expected, found.found) == (
        "openings/2016H2/late.tsv",
        11,
        publisher.entries[11].hex(),
        hashlib.sha256(other).hexdigest(),
    )
