"""Homes on both databases, and a way to see what a run asks of them."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support.desks import desk, make_desk

__all__ = ["desk", "make_desk"]


@pytest.fixture
def django_statements() -> Callable[[Callable[[], object]], list[str]]:
    """`django_statements(run)` is every statement that `run` sends to the database."""

    def statements(run: Callable[[], object]) -> list[str]:
        with CaptureQueriesContext(connection) as seen:
            run()
        return [query["sql"] for query in seen.captured_queries]

    return statements
