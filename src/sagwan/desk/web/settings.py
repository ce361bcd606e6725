"""Django's settings, made from one home. There is no other settings file."""

from typing import Any
from urllib.parse import unquote, urlsplit

from sagwan.desk.home import Home, HomeError
from sagwan.desk.vault.master import MasterKey

APPS = (
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "sagwan.desk.vault",
    "sagwan.desk.people",
    "sagwan.desk.journal",
    "sagwan.desk.casework",
)


def settings_for(home: Home, master: MasterKey) -> dict[str, Any]:
    """The settings of the desk of `home`. The secret key is derived, so that no second secret is kept."""
    return {
        "SECRET_KEY": master.derive("django").hex(),
        "DEBUG": False,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "INSTALLED_APPS": APPS,
        "MIDDLEWARE": ("django.middleware.security.SecurityMiddleware",),
        "ROOT_URLCONF": "sagwan.desk.web.urls",
        "DATABASES": {"default": database_for(home)},
        "AUTH_USER_MODEL": "people.Person",
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "LANGUAGE_CODE": "ko",
    }


def database_for(home: Home) -> dict[str, Any]:
    """SQLite in the home with full durability, or the PostgreSQL that `database` names."""
    if not home.database:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(home.sqlite_path),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                # recursive_triggers: else INSERT OR REPLACE would delete rows past the triggers
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                " PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON",
            },
        }
    url = urlsplit(home.database)
    if url.scheme not in ("postgresql", "postgres") or not url.path.strip("/"):
        raise HomeError(
            f"database {home.database!r} is not understood", hint="'' or postgresql://user@host:5432/name"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.strip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
    }
