"""The tests' own PostgreSQL."""

import psycopg
import pytest

from sagwan.desk.home import home_from
from sagwan.desk.web.settings import database_for


def test_every_asker_gets_an_empty_database_of_its_own(postgresql, postgresql_url: str) -> None:
    other = postgresql.new_database()
    assert other != postgresql_url
    with psycopg.connect(postgresql_url) as connection:
        connection.execute("CREATE TABLE mark (n int)")
    with psycopg.connect(other) as connection, pytest.raises(psycopg.errors.UndefinedTable):
        connection.execute("SELECT n FROM mark")


def test_it_is_new_enough_and_listens_to_no_network(postgresql) -> None:
    with postgresql.connect() as connection:
        version = connection.info.server_version
        address = connection.execute("SHOW listen_addresses").fetchone()
    assert version >= 150_000
    assert address == ("",)


def test_a_home_understands_its_url(postgresql, postgresql_url: str, tmp_path) -> None:
    names = {"ko": "가", "en": "A"}
    config = {"provider": "a", "names": names, "services": {"a": names}, "origin": "a.invalid/log"}
    home = home_from(tmp_path, {**config, "database": postgresql_url}, "test")
    settings = database_for(home)
    assert settings["HOST"] == str(postgresql.folder)
    with postgresql.connect(settings["NAME"]) as connection:
        assert connection.info.user == settings["USER"]
