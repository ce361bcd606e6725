"""Who looked at what: a view of private parts is an event of the `access/<person>` stream."""

from collections.abc import Mapping
from datetime import datetime

from sagwan.desk.casework.models import Case
from sagwan.desk.journal.actions import Recorder
from sagwan.desk.journal.locks import writing
from sagwan.desk.people.queries import Staff
from sagwan.desk.setup import Desk

VIEWERS = ("intake", "counsel", "approver", "auditor")


def record_access(desk: Desk, *, person: str, what: str, details: Mapping[str, object], at: datetime) -> None:
    """Write the event, before anything is shown; raise UnknownPerson where the person may not look.

    `what` is Viewed, Searched, ReceiptMade, …; `details` say of what, never a private value. Where they name
    a `request`, the event also says whose it was then (`assigned`, '' for nobody's), for the audit.
    """
    Staff().require(person, VIEWERS, "look at private parts")
    if "request" in details:
        whose = Case.objects.filter(number=details["request"]).values_list("assigned", flat=True).first()
        details = {**details, "assigned": whose or ""}
    with writing():
        recorder = Recorder(desk)
        recorder.note(f"access/{person}", what, details, actor=person, at=at)
        recorder.flush()
