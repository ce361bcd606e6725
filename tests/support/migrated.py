"""An empty database of the present schema, quickly: the first of a process is migrated, the others copy it.

Migrating takes most of a second and a thousand tests want a home; that the migrations work is tested by
itself, and by every home that `sagwan init` makes.
"""

import shutil
import tempfile
from functools import cache
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection, connections

from sagwan.desk.setup import Desk

_TEMPLATE = "sagwan_migrated"


def migrated(desk: Desk) -> None:
    """Give the open home its tables."""
    if desk.home.database:
        _postgresql()
    else:
        _sqlite(desk.home.sqlite_path)


@cache
def _folder() -> tempfile.TemporaryDirectory:
    return tempfile.TemporaryDirectory(prefix="sagwan-migrated-")


def _sqlite(path: Path) -> None:
    template = Path(_folder().name) / "empty.sqlite"
    if template.exists():
        shutil.copyfile(template, path)
        return
    call_command("migrate", verbosity=0)
    connections["default"].close()  # the last one to close leaves no write-ahead log
    shutil.copyfile(path, template)


def _postgresql() -> None:
    known = connection.get_connection_params()
    name, server = known["dbname"], {key: known[key] for key in ("host", "port", "user")}
    connections["default"].close()
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as maintenance:
        found = maintenance.execute("SELECT 1 FROM pg_database WHERE datname = %s", (_TEMPLATE,)).fetchone()
        if found:
            maintenance.execute(f"DROP DATABASE {name}")
            maintenance.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
            return
        call_command("migrate", verbosity=0)
        connections["default"].close()
        maintenance.execute(f"CREATE DATABASE {_TEMPLATE} TEMPLATE {name}")
