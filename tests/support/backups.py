"""A database as it was yesterday, put back behind Sagwan's back: by copied files, or by PostgreSQL itself."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection, connections

from sagwan.desk.setup import Desk, open_desk


def copy_database(desk: Desk, to: Path) -> None:
    """Keep the database of the open home as it is now under the name of the folder `to`, which is made."""
    to.mkdir()
    if desk.home.database:
        with _maintenance() as (server, name):
            server.execute(f"CREATE DATABASE {name}_{to.name} TEMPLATE {name}")
        return
    connections.close_all()
    for file in desk.home.path.glob("sagwan.db*"):
        shutil.copy(file, to / file.name)


def restore_database(desk: Desk, backup: Path) -> Desk:
    """Put back what was kept; the home, opened anew."""
    if desk.home.database:
        with _maintenance() as (server, name):
            server.execute(f"DROP DATABASE {name}")
            server.execute(f"CREATE DATABASE {name} TEMPLATE {name}_{backup.name}")
        return open_desk(desk.home.path)
    connections.close_all()
    for file in desk.home.path.glob("sagwan.db*"):
        file.unlink()
    for file in backup.iterdir():
        shutil.copy(file, desk.home.path / file.name)
    return open_desk(desk.home.path)


@contextmanager
def _maintenance() -> Iterator[tuple[psycopg.Connection, str]]:
    """A connection to the server that is in no database of ours, and the open home's database's name."""
    known = connection.get_connection_params()
    server = {key: known[key] for key in ("host", "port", "user")}
    connections.close_all()
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as maintenance:
        yield maintenance, known["dbname"]
