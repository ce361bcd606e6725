"""A home of before the team's day: its cases come through, and a rebuild tells what the migration cannot."""

from django.core.management import call_command
from django.db import connection
from django.forms.models import model_to_dict

from sagwan.desk.casework.models import Case
from sagwan.desk.casework.projection import NO_CLOCK
from sagwan.desk.casework.rebuild import rebuild
from sagwan.desk.setup import Desk
from tests.support.home import filing, live

from .make import receive

ADDED = (
    "is_open", "filed_by", "assigned", "sender", "suspected", "unread", "open_findings", "next_due",
    "next_duty", "queue_at", "hold_until", "first_answer_at",
)  # fmt: skip


def columns() -> set[str]:
    with connection.cursor() as cursor:
        return {each.name for each in connection.introspection.get_table_description(cursor, "casework_case")}


def test_rows_of_before_come_through(desk: Desk) -> None:
    number, (closed,) = receive(desk, filing("open")), live(desk, "closed")
    made = [model_to_dict(row) for row in Case.objects.order_by("number")]
    call_command("migrate", "casework", "0001", verbosity=0)
    assert columns().isdisjoint(ADDED)
    call_command("migrate", "casework", verbosity=0)
    assert columns() >= set(ADDED)
    assert Case.objects.get(number=number).is_open and not Case.objects.get(number=closed).is_open
    row = Case.objects.get(number=number)
    assert (row.sender, row.next_due, row.queue_at) == ("not-asked", None, NO_CLOCK)
    rebuild(desk)
    assert [model_to_dict(row) for row in Case.objects.order_by("number")] == made
