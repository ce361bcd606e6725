"""The agenda alone: when each item is due. Pure: a state, no home."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tests.support.django_ready  # noqa: F401 - casework's modules import models
from sagwan.desk.casework.duties import Duty
from sagwan.desk.casework.progress import Progress
from sagwan.desk.tick.agenda import Keep, Kind, Watched, agenda, split
from sagwan.desk.tick.config import TickConfig
from sagwan.law.citation import Citation, Label
from sagwan.law.model import MetBy, NoticeRule, ProviderNotice, Start, Who
from sagwan.record.private import RecordClass
from sagwan.record.state import Notice, Stage, State
from sagwan.record.vocabulary import Teller
from tests.support.home import SEOUL, START

DAY = timedelta(days=1)
NO_NOTICE = Notice()
STATE = State(
    stage=Stage.DISCLOSED,
    service="kakao",
    jurisdiction="KR",
    instrument="subscriber-information",
    pack="0" * 64,
    synthetic=True,
    lines=(),
)
PROGRESS = Progress(STATE, 1, START, START, disclosed_at=START + 2 * DAY)
MUST = NoticeRule(
    since=date(2016, 1, 1),
    citation=Citation((), Label("조", "article")),
    who=Who.PROVIDER,
    label=Label("통지", "tell"),
    days=30,
    starts=Start.PROVISION,
    provider=ProviderNotice.MUST,
)
DUE = datetime(2016, 4, 4, tzinfo=SEOUL)
"""The first instant after the thirtieth day from 4 March, on which data went out."""


def watched(notice: Notice = NO_NOTICE, rule: NoticeRule | None = MUST, **changes: object) -> Watched:
    progress = replace(PROGRESS, state=replace(STATE, notice=notice), **changes)
    return Watched("0" * 16, progress, (), notice=rule)


def told(one: Watched) -> list[tuple[str, datetime]]:
    return [(str(item.kind), item.at) for item in agenda(one, TickConfig(), SEOUL)]


def test_a_notice_that_the_provider_owes_is_told_before_and_when_it_is_due() -> None:
    assert told(watched()) == [("NoticeReminded", DUE - DAY), ("NoticeFellDue", DUE)]


@pytest.mark.parametrize("provider", [ProviderNotice.MAY, ProviderNotice.MUST_NOT, ProviderNotice.UNSETTLED])
def test_nobody_is_pressed_to_a_notice_that_the_law_does_not_ask_for(provider: ProviderNotice) -> None:
    assert told(watched(rule=replace(MUST, provider=provider))) == []


def test_without_its_start_no_term_runs() -> None:
    assert told(watched(disclosed_at=None)) == []
    assert told(watched(rule=replace(MUST, starts=Start.DISPOSITION))) == []
    assert told(watched(rule=None)) == []


def test_a_notice_that_was_given_is_not_told() -> None:
    assert told(watched(Notice(told=((Teller.PROVIDER, date(2016, 3, 10)),)))) == []


def test_an_order_without_an_end_forbids_it() -> None:
    assert told(watched(Notice(ordered=True))) == []


def test_notice_waits_for_the_end_of_an_order_and_of_a_deferral() -> None:
    """Ordered until the end of May, put off until the end of June: told on 1 July."""
    held = Notice(deferrals=(("justice", date(2016, 6, 30)),), ordered=True, order_until=date(2016, 5, 31))
    july = datetime(2016, 7, 1, tzinfo=SEOUL)
    assert told(watched(held)) == [
        ("OrderOver", datetime(2016, 6, 1, tzinfo=SEOUL)),
        ("DeferralOver", july),
        ("NoticeFellDue", july),
        ("NoticeReminded", july),
    ]


def test_what_is_kept_is_proposed_after_its_last_day() -> None:
    keep = Keep(RecordClass.LEDGER, date(2017, 3, 2), ("ledger",))
    one = replace(watched(rule=None), keeps=(keep,))
    assert told(one) == [("DestructionProposed", datetime(2017, 3, 3, tzinfo=SEOUL))]


DUTIES = st.builds(
    Duty,
    slug=st.sampled_from(["a", "b", "c"]),
    due=st.none() | st.integers(-100, 2000).map(lambda hours: START + timedelta(hours=hours)),
    who=st.sampled_from(Who),
    label=st.just(Label("일", "thing")),
    stops=st.booleans(),
    met_by=st.sampled_from(MetBy),
)


@given(duties=st.lists(DUTIES, max_size=4, unique_by=lambda duty: duty.slug), hours=st.integers(1, 720))
def test_a_clock_is_told_in_its_last_quarter_at_the_earliest_and_at_its_end(
    duties: list[Duty], hours: int
) -> None:
    config = TickConfig(remind_hours=hours)
    items = agenda(replace(watched(rule=None), duties=tuple(duties)), config, SEOUL)
    running = {duty.slug: duty.due for duty in duties if duty.due is not None}
    assert sorted(item.what for item in items) == sorted([*running, *running])
    for item in items:
        due = running[item.what]
        assert item.due == due
        if item.kind.warns:
            assert due - timedelta(hours=hours) <= item.at <= due
            assert item.at == due or item.at - START >= (due - START) * 3 / 4 - timedelta(microseconds=1)
        else:
            assert item.at == due
    assert len({item.key for item in items}) == len(items)
    assert items == tuple(sorted(items, key=lambda item: (item.at, item.key)))


@given(duties=st.lists(DUTIES, max_size=4, unique_by=lambda duty: duty.slug), at=st.integers(-200, 3000))
def test_what_is_due_and_what_comes_next_leave_nothing_out(duties: list[Duty], at: int) -> None:
    items = agenda(replace(watched(rule=None), duties=tuple(duties)), TickConfig(), SEOUL)
    now = START + timedelta(hours=at)
    due, then = split(items, now, set())
    assert [item for item in items if item.at > now] == [item for item in items if item not in due]
    assert then == min((item.at for item in items if item not in due), default=None)
    assert split(items, now, {item.key for item in due}) == ([], then)


def test_a_paper_that_the_authority_owes_is_told_as_such() -> None:
    duty = Duty(
        slug="permit-follows", due=DUE, who=Who.AUTHORITY, label=Label("서류", "paper"), met_by=MetBy.PAPER
    )
    kinds = [Kind(kind) for kind, _ in told(replace(watched(rule=None), duties=(duty,)))]
    assert kinds == [Kind.PAPER_SOON, Kind.PAPER_LATE]
    stops = replace(duty, stops=True)
    kinds = [Kind(kind) for kind, _ in told(replace(watched(rule=None), duties=(stops,)))]
    assert kinds == [Kind.REMINDED, Kind.STOP]
