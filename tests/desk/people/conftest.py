import pytest

from sagwan.desk.setup import Desk
from tests.desk.people.make import staff


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A home with administrators, on each database."""
    staff(desk)
    return desk
