"""Fixtures that open a home on SQLite and, where there is one, on PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections

from sagwan.desk.setup import Desk
from tests.support.home import make_home


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def make_desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """`make_desk(**config)` makes and opens a home on the parameter's database."""
    url = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else ""

    def make(**config: object) -> Desk:
        return make_home(tmp_path / "home", database=url, **config)

    yield make
    connections.close_all()


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk()
