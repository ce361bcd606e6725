"""A desk with officials and staff, and programs that call it with a token."""

from tests.desk.portal.conftest import desk
from tests.desk.web.conftest import no_attempts, staffed
from tests.support.desks import make_desk

__all__ = ["desk", "make_desk", "no_attempts", "staffed"]
