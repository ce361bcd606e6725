"""Fewer days than were asked: what the law's paper allows, what goes out, what the letter says."""

import io
from datetime import date, timedelta

import pytest

from sagwan.desk.letters.kinds import Kind
from sagwan.desk.letters.letters import Wish, compose
from sagwan.desk.letters.typeset import typeset
from sagwan.desk.setup import Desk
from sagwan.desk.vault.productions.actions import put_in
from sagwan.desk.vault.productions.declare import Declared
from sagwan.desk.vault.productions.errors import OutsideScope
from sagwan.record import commands as ask
from sagwan.record.disposition import Disposition
from sagwan.record.errors import InvalidValue
from sagwan.record.events import Decision
from sagwan.record.vocabulary import DataCategory, Grant, Mark, Outcome
from tests.desk.casework.make import assert_rebuilt_the_same, receive, told, work
from tests.desk.letters.make import read, squeezed
from tests.support.home import CONTENT, START, filing

ASKED = (date(2016, 1, 1), date(2016, 1, 31))
GRANTED = (date(2016, 1, 10), date(2016, 1, 20))


def propose(period: tuple[date, date]) -> ask.Propose:
    one = filing()
    decision = Decision(Outcome.PARTIAL, "scope-narrowed", CONTENT, 2, (Mark.NARROWED,))
    return ask.Propose(
        decision, dispositions=(Disposition(Grant.DISCLOSE, CONTENT, one.targets),), period=period
    )


def decided(desk: Desk) -> str:
    number = receive(desk, filing())
    work(desk, number, ("kim", ask.StartReview()), ("kim", propose(GRANTED)), ("lee", ask.Approve()))
    return number


@pytest.mark.parametrize(
    ("period", "says"),
    [
        (ASKED, "the whole period that was asked for is granted"),
        ((date(2016, 1, 10), date(2016, 2, 1)), "2016-01-01 to 2016-01-31 was asked for"),
        ((date(2015, 12, 31), date(2016, 1, 2)), "2016-01-01 to 2016-01-31 was asked for"),
        ((date(2016, 1, 20), date(2016, 1, 10)), "before it begins"),
    ],
)
def test_only_fewer_days_than_the_document_names(desk: Desk, period: tuple[date, date], says: str) -> None:
    number = receive(desk, filing())
    work(desk, number, ("kim", ask.StartReview()))
    with pytest.raises(InvalidValue, match=says):
        work(desk, number, ("kim", propose(period)), at=START + timedelta(hours=1))


def test_a_document_without_a_period_is_narrowed_to_any(desk: Desk) -> None:
    paper = {slug: value for slug, value in filing().paper.items() if slug != "creation-period"}
    number = receive(desk, filing(paper=paper))
    missing = ask.AnswerFinding("item-missing:creation-period", ask.FindingAnswer.MENDED, "told by telephone")
    work(desk, number, ("kim", ask.StartReview()), ("kim", missing), ("kim", propose(GRANTED)))
    assert told(desk, number).progress.state.period == GRANTED


def test_files_of_other_days_are_refused(desk: Desk) -> None:
    number = decided(desk)
    targets = filing().targets
    for first, last, fits in ((GRANTED[0], GRANTED[1], True), (ASKED[0], GRANTED[1], False)):
        declared = Declared("talk.zip", targets, DataCategory.CONTENT, first, last)
        if fits:
            assert put_in(desk, number, declared, io.BytesIO(b"x"), actor="kim", at=START).size == 1
        else:
            with pytest.raises(OutsideScope, match="approved: 2016-01-10 to 2016-01-20"):
                put_in(desk, number, declared, io.BytesIO(b"x"), actor="kim", at=START)
    assert_rebuilt_the_same(desk)


def test_the_letter_names_the_days_granted_and_asked(desk: Desk) -> None:
    number = decided(desk)
    for lang, granted, asked in (
        ("ko", "2016년 1월 10일 – 2016년 1월 20일", "2016년 1월 1일 – 2016년 1월 31일"),
        ("en", "10 January 2016 – 20 January 2016", "1 January 2016 – 31 January 2016"),
    ):
        text = read(typeset(compose(desk, number, Wish(Kind.PARTIAL, lang), at=START.replace(day=3))).pdf)
        assert squeezed(granted) in text and squeezed(asked) in text, lang
