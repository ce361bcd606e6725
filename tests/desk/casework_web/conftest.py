from tests.desk.web.conftest import make_desk, no_attempts, staffed, visitor

__all__ = ["make_desk", "no_attempts", "staffed", "visitor"]
