from tests.support.desks import desk, make_desk

__all__ = ["desk", "make_desk"]
