"""Steps from a page: done only if the request still stands where the page showed it."""

from collections.abc import Sequence
from datetime import datetime

from sagwan.desk.casework.actions import Done, Step, execute
from sagwan.desk.casework.models import Case
from sagwan.desk.casework.queries import UnknownRequest
from sagwan.desk.journal.locks import writing
from sagwan.desk.setup import Desk
from sagwan.record import commands as ask
from sagwan.record.errors import IllegalStep


class MovedOn(IllegalStep):
    """The request went on since the page was made: at its event `seen` then, at `now` now."""

    def __init__(self, number: str, seen: int, now: int) -> None:
        super().__init__(
            f"request {number} went on meanwhile; nothing was done",
            hint="read what happened, then send the form again if it still holds",
        )
        self.seen, self.now = seen, now


def execute_seen(
    desk: Desk,
    number: str,
    commands: Sequence[ask.Command],
    *,
    seen: int,
    actor: str,
    at: datetime,
    contents: tuple[bytes, ...] = (),
) -> list[Done]:
    """Do the commands, in order, in one transaction, if the request's last event is number `seen`.

    `contents` are the files that the last command names. Raise MovedOn and do nothing where the request went
    on, UnknownRequest where there is none, and what `execute` raises.
    """
    with writing():
        # The row is held until the end, so that of two who saw the same only one goes on.
        row = Case.objects.select_for_update().filter(number=number).values_list("seq", flat=True).first()
        if row is None:
            raise UnknownRequest(f"there is no request {number}", hint="sagwan list shows the numbers")
        if row != seen:
            raise MovedOn(number, seen, row)
        last = len(commands) - 1
        return execute(
            desk,
            [
                Step(number, command, actor, at, contents if place == last else ())
                for place, command in enumerate(commands)
            ],
        )
