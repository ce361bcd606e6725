"""A desk with people of every role, and clients that are signed in as them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from sagwan.desk.setup import Desk
from tests.support.desks import make_desk
from tests.support.people import Visitor

__all__ = ["make_desk"]


@pytest.fixture(autouse=True)
def no_attempts() -> None:
    """No attempt and no used code of another test counts."""
    cache.clear()


@pytest.fixture
def staffed(make_desk: Callable[..., Desk]) -> Desk:
    """A home with an administrator, an auditor, staff, authorities and an official."""
    from sagwan.desk.people.actions import add_person  # noqa: PLC0415
    from tests.support.desk_site import furnish  # noqa: PLC0415

    desk = make_desk()
    for name, role in (
        ("hong", "administrator"),
        ("choi", "auditor"),
        ("yoon", "intake"),
        ("seo", "counsel"),
    ):
        add_person(desk, name=name, full_name=name.title(), roles=(role,), actor="test", at=datetime.now(UTC))
    furnish(desk)
    return desk


@pytest.fixture
def visitor(staffed: Desk) -> Callable[..., Visitor]:
    """`visitor()` is nobody; `visitor("kim")` is signed in; `visitor("kim", enrolled=False)` not quite."""
    return Visitor
