"""What falls due by itself in a home: each once, on time, to the right people."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from sagwan.desk.casework import queries
from sagwan.desk.casework.actions import Step, execute
from sagwan.desk.people.authorities import suspend_authority
from sagwan.desk.setup import Desk
from sagwan.desk.tick.models import Act, Destruction
from sagwan.desk.tick.run import tick
from sagwan.record import commands as ask
from sagwan.record.events import Decision
from sagwan.record.request import Filing
from sagwan.record.vocabulary import DataCategory, Mark, Outcome, Release, Sender
from tests.desk.casework.make import LAST, SEOUL, TODAY, case, emergency, receive, told, work
from tests.support.desk_site import furnish
from tests.support.home import CONTENT, START, filing, live

from .make import DAY, HOUR, MAIL, act_events, acts, assert_rebuilds, held, mails, ran, reachable

ACCESS = (DataCategory.ACCESS,)


def interception(case_number: str = "감청-1") -> Filing:
    """An emergency interception of 2016, whose permit must follow within 36 hours."""
    return filing(
        case_number,
        instrument="communication-restriction",
        data=CONTENT,
        emergency=True,
        paper={"issuer": "judicial-police", "emergency-paper": "yes", "identity-checked": "yes"},
    )


def test_a_clock_is_told_before_and_when_it_is_over_once_each(desk: Desk) -> None:
    number = receive(desk, emergency(), at=TODAY)
    assert case(number).next_duty == "begin"
    assert ran(desk, TODAY + HOUR) == []
    assert ran(desk, TODAY + 1.5 * HOUR) == [(number, "Reminded", "begin")], "a quarter of two hours before"
    assert ran(desk, TODAY + 1.9 * HOUR) == []
    assert ran(desk, TODAY + 2 * HOUR) == [(number, "FellDue", "begin")]
    assert ran(desk, TODAY + 3 * HOUR) == []
    assert_rebuilds()


def test_a_clock_that_was_met_is_not_told(desk: Desk) -> None:
    number = receive(desk, emergency(), at=TODAY)
    work(desk, number, ("kim", ask.MeetDuty("begin")), at=TODAY)
    assert ran(desk, TODAY + 2 * HOUR) == []


def test_without_the_permit_the_provider_must_stop_after_36_hours(desk: Desk) -> None:
    number = receive(desk, interception(), at=START)
    work(desk, number, ("kim", ask.MeetDuty("begin")), at=START)
    done = ran(desk, START + 36 * HOUR - timedelta(seconds=1))
    assert done == [(number, "PaperAwaited", "permit-follows"), (number, "Reminded", "stop-without-permit")]
    done = ran(desk, START + 36 * HOUR)
    assert done == [(number, "PaperLate", "permit-follows"), (number, "StopFellDue", "stop-without-permit")]
    act = Act.objects.get(kind="StopFellDue")
    assert act.people == "kim park lee" and act.due == START + 36 * HOUR


def test_with_the_permit_nothing_is_stopped(desk: Desk) -> None:
    number = receive(desk, interception(), at=START)
    work(desk, number, ("kim", ask.MeetDuty("begin")), at=START)
    work(desk, number, ("kim", ask.SupplyPaper({"permit-cover": "yes"})), at=START + HOUR)
    assert not [kind for _, kind, _ in ran(desk, START + 40 * HOUR) if kind in ("StopFellDue", "PaperLate")]


def test_a_hold_is_warned_of_and_released_when_its_last_day_is_over(desk: Desk) -> None:
    number = held(desk)
    assert ran(desk, TODAY + DAY) == []
    over = datetime(2026, 12, 11, tzinfo=SEOUL)
    assert ran(desk, over - 7 * DAY) == [(number, "HoldEnding", "release-hold")]
    assert ran(desk, over - timedelta(seconds=1)) == []
    assert ran(desk, over) == [(number, "HoldLapsed", "release-hold")]
    hold = told(desk, number).progress.state.hold
    assert hold is not None and hold.released is Release.LAPSED and hold.until == LAST
    assert ran(desk, over + DAY) == []
    assert_rebuilds()


def test_a_hold_that_was_extended_is_warned_of_again(desk: Desk) -> None:
    number = held(desk)
    over = datetime(2026, 12, 11, tzinfo=SEOUL)
    assert ran(desk, over - 6 * DAY) == [(number, "HoldEnding", "release-hold")]
    work(desk, number, ("park", ask.ExtendHold(date(2027, 1, 9))), at=over - 6 * DAY)
    assert ran(desk, over) == []
    assert ran(desk, over + 30 * DAY) == [
        (number, "HoldEnding", "release-hold"),
        (number, "HoldLapsed", "release-hold"),
    ], "the late warning is recorded too, and the hold released all the same"


def test_a_non_disclosure_order_ends_after_its_last_day(desk: Desk) -> None:
    number = live(desk, "2016-1")[0]
    work(desk, number, ("kim", ask.ImposeOrder(date(2016, 4, 30))), at=START + DAY)
    assert ran(desk, datetime(2016, 4, 30, 23, 59, tzinfo=SEOUL)) == []
    assert told(desk, number).progress.state.notice.ordered
    assert ran(desk, datetime(2016, 5, 1, tzinfo=SEOUL)) == [(number, "OrderOver", "order")]
    assert not told(desk, number).progress.state.notice.ordered
    assert ran(desk, datetime(2016, 5, 2, tzinfo=SEOUL)) == []


def test_an_order_without_an_end_is_left_alone(desk: Desk) -> None:
    number = live(desk, "2016-1")[0]
    work(desk, number, ("kim", ask.ImposeOrder(None)), at=START + DAY)
    assert ran(desk, START + 900 * DAY) == []


def test_a_deferral_that_ended_is_told(desk: Desk) -> None:
    one = filing(
        instrument="subscriber-information", data=(DataCategory.SUBSCRIBER,), paper={"issuer": "prosecutor"}
    )
    number = receive(desk, one, at=TODAY)
    work(desk, number, ("kim", ask.DeferNotice("justice", date(2027, 1, 12))), at=TODAY)
    over = datetime(2027, 1, 13, tzinfo=SEOUL)
    assert (number, "DeferralOver", "deferral") not in ran(desk, over - HOUR)
    assert ran(desk, over) == [(number, "DeferralOver", "deferral")]


def test_a_standing_policy_drafts_once_and_decides_nothing(make_desk: Callable[..., Desk]) -> None:
    policy = {"voluntary": {"instrument": "subscriber-information", "reason": "no-legal-obligation"}}
    desk = make_desk(policy=policy)
    one = filing(
        instrument="subscriber-information", data=(DataCategory.SUBSCRIBER,), paper={"issuer": "prosecutor"}
    )
    number = receive(desk, one, at=TODAY)
    other = receive(desk, filing("2026-7"), at=TODAY)
    assert [one for one in ran(desk, TODAY) if one[0] != other] == [
        (number, "PolicyDrafted", "no-legal-obligation")
    ]
    assert ran(desk, TODAY + HOUR) == []
    found = told(desk, number)
    assert found.progress.state.pending is None and len(found.events) == 1
    drafted = queries.drafted(desk, found)
    assert drafted == Decision(Outcome.REFUSED, "no-legal-obligation")


def test_an_authority_is_to_be_vetted_again(desk: Desk) -> None:
    from sagwan.desk.people.actions import add_person  # noqa: PLC0415

    add_person(desk, name="hong", full_name="Hong", roles=("administrator",), actor="test", at=START)
    furnish(desk)
    year = datetime.now(UTC) + 365 * DAY
    vettings = [one for one in ran(desk, year - 31 * DAY) if "authority/" in one[0]]
    assert vettings == []
    vettings = [one for one in ran(desk, year - 29 * DAY) if "authority/" in one[0]]
    assert vettings == [("authority/seoul-gasang", "VettingEnding", "seoul-gasang")]
    assert Act.objects.get(kind="VettingEnding").people == "hong"
    suspend_authority(desk, slug="seoul-gasang", reason="x", actor="hong", at=datetime.now(UTC))
    assert [one for one in ran(desk, year + DAY) if "authority/" in one[0]] == []


def test_when_the_keeping_time_is_over_a_destruction_is_proposed_and_nothing_destroyed(desk: Desk) -> None:
    one = filing(
        instrument="communication-confirmation", data=ACCESS,
        paper={"issuer": "prosecutor", "permission-copy": "yes", "valid-until": "2016-12-31"},
    )  # fmt: skip
    number = receive(desk, one, at=START)
    work(desk, number, ("kim", ask.Withdraw("withdrawn-by-authority")), at=START + DAY)
    over = datetime(2023, 3, 4, tzinfo=SEOUL)
    assert [kind for _, kind, _ in ran(desk, over - HOUR)] == []
    done = ran(desk, over)
    assert done == [(number, "DestructionProposed", "ledger"), (number, "DestructionProposed", "matter")]
    rows = Destruction.objects.order_by("record_class").values_list("record_class", "kept_until", "rules")
    kept = date(2023, 3, 3)
    assert list(rows) == [
        ("ledger", kept, "ledger request-papers"),
        ("matter", kept, "ledger request-papers"),
    ]
    assert told(desk, number).progress.state.ledger is not None
    assert_rebuilds()


def test_where_the_law_gives_no_term_the_house_may(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(tick={"keep_years": 5})
    number = live(desk, "2016-1")[0]
    assert ran(desk, START + 4 * 365 * DAY) == []
    assert [what for _, _, what in ran(desk, datetime(2021, 3, 3, tzinfo=SEOUL))] == ["ledger", "matter"]
    assert Destruction.objects.filter(number=number, rules="house").count() == 2


def test_evidence_of_a_forgery_is_not_proposed(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(tick={"keep_years": 1})
    number = receive(desk, filing(), at=START)
    forged = Decision(Outcome.REFUSED, "suspected-forgery", marks=(Mark.SUSPECTED_FORGERY,))
    work(
        desk, number,
        ("kim", ask.SuspectForgery("x")), ("kim", ask.StartReview()), ("kim", ask.Propose(forged)),
        ("lee", ask.Approve()), ("kim", ask.Resolve()),
    )  # fmt: skip
    assert ran(desk, START + 900 * DAY) == []


def test_whoever_works_on_it_is_told_else_who_could_and_never_a_forger(
    make_desk: Callable[..., Desk],
) -> None:
    desk = make_desk(mail=MAIL)
    from sagwan.desk.people.actions import add_person  # noqa: PLC0415

    add_person(desk, name="hong", full_name="Hong", roles=("administrator",), actor="test", at=START)
    furnish(desk)
    reachable("kim", "lee", "park")
    numbers = [
        receive(desk, emergency(f"긴급-{n}"), at=TODAY, actor="park-official", sender=Sender.NOT_ASKED)
        for n in range(3)
    ]
    for number in numbers:
        work(desk, number, ("kim", ask.MeetDuty("begin")), at=TODAY)
    work(desk, numbers[0], ("park", ask.Assign("park")), at=TODAY + HOUR)
    work(desk, numbers[1], ("kim", ask.SuspectForgery("x")), at=TODAY + HOUR)
    soon = datetime(2026, 10, 14, 23, 59, tzinfo=SEOUL)
    ran(desk, soon)
    acted = dict(
        Act.objects.filter(kind="PaperAwaited", subject__in=numbers).values_list("subject", "people")
    )
    assert acted == {
        numbers[0]: "park park-official",
        numbers[1]: "kim park",
        numbers[2]: "kim park park-official",
    }
    told_to = [to for to, line in mails(desk) if numbers[0][:8] in line]
    assert told_to == ["park@example.kr", "park@seoul-gasang.example.kr"]


def test_no_mail_says_anything_of_a_request(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(mail=MAIL)
    reachable("kim", "lee", "park")
    number = receive(desk, emergency("비밀-77"), at=TODAY)
    ran(desk, TODAY + 30 * DAY)
    lines = mails(desk)
    assert lines and all(line.startswith(f"Request {number[:8]}…: ") for _, line in lines)
    for secret in ("비밀", "가상", "communication", "긴급-1", "http", number):
        assert not any(secret in line for _, line in lines)


def test_what_is_too_late_to_warn_of_is_recorded_and_not_mailed(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(mail=MAIL)
    reachable("kim")
    number = receive(desk, emergency(), at=TODAY)
    ran(desk, TODAY + 2.1 * HOUR)
    assert {kind for subject, kind, what, _ in acts() if what == "begin"} == {"Reminded", "FellDue"}
    assert [line for _, line in mails(desk)] == [
        f"Request {number[:8]}…: something fell due on 12 October 2026 11:00 and is not done."
    ]


def test_one_request_that_fails_stops_no_other(desk: Desk) -> None:
    """A clock that goes wrong: an event lies in the future of the run, so that nothing can follow it yet."""
    first, second = held(desk), held(desk)
    over = datetime(2026, 12, 11, tzinfo=SEOUL)
    execute(desk, [Step(first, ask.AddNote("x"), "kim", over + DAY)])
    done = tick(desk, over)
    assert [what for what, _ in done.failed] == [
        first
    ] and "is before the request's last event" in done.failed[0][1]
    assert (second, "HoldLapsed") in {(one.subject, str(one.item.kind)) for one in done.done}
    assert [one[:2] for one in ran(desk, over + 2 * DAY)] == [(first, "HoldLapsed")]


def test_nothing_happens_to_what_sleeps(desk: Desk, django_statements: Callable[..., list[str]]) -> None:
    for n in range(30):
        receive(desk, emergency(f"긴급-{n}"), at=TODAY)
    ran(desk, TODAY)
    few = len(django_statements(lambda: ran(desk, TODAY + timedelta(minutes=1))))
    for n in range(30, 90):
        receive(desk, emergency(f"긴급-{n}"), at=TODAY)
    ran(desk, TODAY + timedelta(minutes=2))
    assert len(django_statements(lambda: ran(desk, TODAY + timedelta(minutes=3)))) == few
    assert act_events() == []
