"""Sign-ins, failures and changes of factors, as events of the `access/<person>` stream.

Nothing private is in them: no address, no device, no password; which way was used, and whether it was a
device that the person used before.
"""

from sagwan.desk import clock, setup
from sagwan.desk.journal.actions import ConcurrentChange, Recorder
from sagwan.desk.journal.locks import writing
from sagwan.desk.people.models import Person

TRIES = 5
"""Who looks at a request writes to the same stream, and may come first; then the next place is taken."""


def note(person: str, kind: str, /, **facts: object) -> None:
    """Write an event that `person` caused; raise ConcurrentChange only if others came first every time."""
    for left in reversed(range(TRIES)):
        try:
            with writing():
                Person.objects.select_for_update(of=("self",)).get(name=person)  # one after another
                recorder = Recorder(setup.current())
                recorder.note(f"access/{person}", kind, facts, actor=person, at=clock.now())
                recorder.flush()
            return
        except ConcurrentChange:
            if not left:
                raise
