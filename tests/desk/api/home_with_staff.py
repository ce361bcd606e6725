"""The people of the other tests, in a home of one's own config."""

from datetime import UTC, datetime

from sagwan.desk.people.actions import add_person
from sagwan.desk.setup import Desk
from tests.support.desk_site import furnish


def staff(desk: Desk) -> Desk:
    """An administrator, an auditor, staff, authorities and an official."""
    people = (("hong", "administrator"), ("choi", "auditor"), ("yoon", "intake"), ("seo", "counsel"))
    for name, role in people:
        add_person(desk, name=name, full_name=name.title(), roles=(role,), actor="test", at=datetime.now(UTC))
    furnish(desk)
    return desk
