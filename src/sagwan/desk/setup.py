"""Open a home: configure Django for it, once a process, and hand out its keys."""

from dataclasses import dataclass
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from sagwan.desk.home import Home, load_home
from sagwan.desk.vault.master import MasterKey, read_master_key
from sagwan.desk.web.settings import settings_for
from sagwan.record.errors import SagwanError


class NothingOpen(SagwanError):
    """The desk is asked for before a home was opened."""


@dataclass(frozen=True, slots=True)
class Desk:
    """An open home: its config and its master key. The log key is not here; only the sealer reads it."""

    home: Home
    master: MasterKey


_open: list[Desk] = []


def open_desk(path: Path) -> Desk:
    """Open the home at `path`; raise HomeError or KeyMissing. A process has one desk open at a time."""
    home = load_home(path)
    desk = Desk(home, read_master_key(home.keys / "master.key"))
    if not settings.configured:
        settings.configure(**settings_for(desk.home, desk.master))
        django.setup()
    else:
        _point_at(desk)
    _open[:] = [desk]
    return desk


def current() -> Desk:
    """The desk that is open, for those who are called by Django; raise NothingOpen."""
    if not _open:
        raise NothingOpen("no home is open", hint="open_desk comes first")
    return _open[0]


def _point_at(desk: Desk) -> None:
    """Let Django's settings and its default connection be another home's."""
    connections["default"].close()
    del connections["default"]
    wanted = settings_for(desk.home, desk.master)
    for name, value in wanted.items():
        setattr(settings, name, value)
    connections.settings = connections.configure_settings(wanted["DATABASES"])


def close_desk() -> None:
    """Close the database; nothing to do where no desk was opened."""
    if settings.configured:
        connections.close_all()


def missing_migrations() -> list[str]:
    """The migrations that the open home's database lacks, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label} {migration.name}" for migration, _ in plan]


def known_migrations() -> int:
    """How many migrations this version has."""
    return len(MigrationExecutor(connection).loader.graph.nodes)


def migrate() -> list[str]:
    """Bring the open home's database to this version's schema; return what was applied."""
    missing = missing_migrations()
    call_command("migrate", verbosity=0, interactive=False)
    return missing
