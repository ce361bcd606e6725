"""A home: one provider's deployment in one folder. Reads and writes `sagwan.toml`; knows no Django.

sagwan.toml      what this file documents, key by key
keys/            master.key, log.key, receipts.key: each only for the one who needs it
sagwan.db        the database, unless `database` names a PostgreSQL
keeper/          what the sealer needs to survive the loss of the database (put it on other storage)
log/             the log as it is published
receipts/        receipts handed out
alarms/          evidence that a witness saw another history; while a file is there, nothing is sealed
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sagwan.record.errors import InvalidValue, SagwanError
from sagwan.record.policy import Policy, read_policy
from sagwan.record.vocabulary import SLUG

CONFIG_NAME = "sagwan.toml"
MOST_BEHIND = 100 * 366 * 24 * 3600


class HomeError(SagwanError):
    """A home that is not there, or whose config cannot be used."""


@dataclass(frozen=True, slots=True)
class Home:
    """The config of a home; every key of `sagwan.toml` is one field (docs/reference/config.md).

    provider: slug. names, services: names in Korean and English. origin: the log's name, a schema-less URL
    prefix. jurisdiction: whose law pack applies when a filing does not say. time_zone: in which half-years
    end. batch_interval_hours: the sealer's clock; a receipt promises twice that. batch_floor: a batch is
    filled to this many entries with cover lines. banded_per_batch: how many entries of each batch are banded
    lines or their cover, 0 where no law allows only bands. bands: jurisdiction → in which of its law pack's
    ways figures are banded (desk/casework/bands.py checks it). database: a PostgreSQL URL, or '' for SQLite.
    keeper, log: folders, relative to the home or absolute. witnesses: submission URL → verifier key; they
    need a batch_floor or banded_per_batch. vetting_days: how long the vetting of an authority holds.
    mail_authserv_id: the name under which the receiving mail server writes Authentication-Results; ''
    trusts none. web: how the desk is reached (desk/web/config.py checks it). mail: the server that takes
    mail (desk/mail/config.py checks it). tick: what falls due by itself (desk/tick/config.py checks it).
    letter: the letterhead (desk/letters/letterhead.py checks it). policy: standing policies, by name.
    connectors: where files to hand over come from, by name. intake: limits, scanner and trusted signers of
    what comes in (desk/intake/settings.py checks it).
    synthetic: True marks everything as invented, for demos and training. clock_behind: by how many seconds
    the desk's clock is behind the machine's; only a synthetic home may be (desk/clock.py).
    """

    path: Path
    provider: str
    names: Mapping[str, str]
    services: Mapping[str, Mapping[str, str]]
    origin: str
    jurisdiction: str = "KR"
    time_zone: str = "Asia/Seoul"
    batch_interval_hours: int = 24
    batch_floor: int = 0
    banded_per_batch: int = 0
    database: str = ""
    keeper: str = "keeper"
    log: str = "log"
    witnesses: Mapping[str, str] | None = None
    synthetic: bool = False
    clock_behind: int = 0
    vetting_days: int = 365
    mail_authserv_id: str = ""
    web: Mapping[str, object] | None = None
    mail: Mapping[str, object] | None = None
    tick: Mapping[str, object] | None = None
    letter: Mapping[str, object] | None = None
    policy: Mapping[str, Mapping[str, object]] | None = None
    connectors: Mapping[str, Mapping[str, str]] | None = None
    intake: Mapping[str, object] | None = None
    bands: Mapping[str, str] | None = None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The standing policies, in the file's order."""
        return tuple(read_policy(table) for table in (self.policy or {}).values())

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def keeper_path(self) -> Path:
        return self.path / self.keeper

    @property
    def log_path(self) -> Path:
        return self.path / self.log

    @property
    def sqlite_path(self) -> Path:
        return self.path / "sagwan.db"

    @property
    def receipts_path(self) -> Path:
        return self.path / "receipts"

    @property
    def alarms_path(self) -> Path:
        return self.path / "alarms"


_TYPES: dict[str, type | tuple[type, ...]] = {
    "provider": str,
    "names": dict,
    "services": dict,
    "origin": str,
    "jurisdiction": str,
    "time_zone": str,
    "batch_interval_hours": int,
    "batch_floor": int,
    "banded_per_batch": int,
    "database": str,
    "keeper": str,
    "log": str,
    "witnesses": dict,
    "synthetic": bool,
    "clock_behind": int,
    "vetting_days": int,
    "mail_authserv_id": str,
    "web": dict,
    "mail": dict,
    "tick": dict,
    "letter": dict,
    "policy": dict,
    "connectors": dict,
    "intake": dict,
    "bands": dict,
}
CONFIG_KEYS = tuple(_TYPES)
_REQUIRED = ("provider", "names", "services", "origin")


def load_home(path: Path) -> Home:
    """Read `path/sagwan.toml`; raise HomeError naming the key that is missing, unknown or wrong."""
    file = path / CONFIG_NAME
    try:
        values = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise HomeError(
            f"there is no Sagwan home at {path}",
            hint=f"create one: sagwan init {path}, or name it with --home",
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise HomeError(f"{file} cannot be read: {error}") from None
    return home_from(path, values, str(file))


def home_from(path: Path, values: Mapping[str, object], where: str) -> Home:
    """A home at `path` with the config `values`, checked; `where` names their source in errors."""
    for key, value in values.items():
        if key not in _TYPES:
            raise HomeError(f"{where}: {key!r} is not a setting", hint=f"settings: {', '.join(_TYPES)}")
        kind = _TYPES[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise HomeError(f"{where}: {key} is {value!r}, which is of the wrong type")
    for key in _REQUIRED:
        if key not in values:
            raise HomeError(f"{where}: {key} is missing")
    home = Home(path=path, **values)  # type: ignore[arg-type]
    _check(home, where)
    return home


def _check(home: Home, where: str) -> None:
    for slug in (home.provider, *home.services):
        if not SLUG.match(slug) or slug == "-":
            raise HomeError(f"{where}: {slug!r} is not a slug", hint="lower-case letters, digits and -")
    if not home.services:
        raise HomeError(f"{where}: no service is named", hint="add a table [services.NAME]")
    for what, names in (("names", home.names), *((f"services.{s}", n) for s, n in home.services.items())):
        if not _are_names(names):
            raise HomeError(f"{where}: {what} must give a name in Korean (ko) and in English (en)")
    if not re.fullmatch(r"[a-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~-]+)*", home.origin):
        raise HomeError(f"{where}: origin {home.origin!r} is not a URL prefix without scheme and final slash")
    try:
        ZoneInfo(home.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise HomeError(
            f"{where}: time_zone {home.time_zone!r} is not known", hint="such as Asia/Seoul"
        ) from None
    if not 1 <= home.batch_interval_hours <= 168:
        raise HomeError(f"{where}: batch_interval_hours is {home.batch_interval_hours}", hint="from 1 to 168")
    if not 0 <= home.batch_floor <= 100_000:
        raise HomeError(f"{where}: batch_floor is {home.batch_floor}", hint="from 0 to 100000")
    if not 0 <= home.banded_per_batch <= 100_000:
        raise HomeError(f"{where}: banded_per_batch is {home.banded_per_batch}", hint="from 0 to 100000")
    _check_tables(home, where)
    if not 1 <= home.vetting_days <= 3650:
        raise HomeError(f"{where}: vetting_days is {home.vetting_days}", hint="from 1 to 3650")
    if home.witnesses and not (home.batch_floor or home.banded_per_batch):
        raise HomeError(
            f"{where}: witnesses are named, but batch_floor is 0",
            hint="set it to 1 or more: without cover lines a quiet day has no checkpoint for them to date",
        )
    if not all(isinstance(key, str) for key in (home.witnesses or {}).values()):
        raise HomeError(f"{where}: witnesses must give a verifier key for each submission URL")
    if home.clock_behind and not (home.synthetic and 0 < home.clock_behind < MOST_BEHIND):
        raise HomeError(
            f"{where}: clock_behind is {home.clock_behind}",
            hint=f"from 0 to {MOST_BEHIND}, and 0 in a home that is not synthetic",
        )
    if not re.fullmatch(r"[A-Z]{2}", home.jurisdiction):
        raise HomeError(f"{where}: jurisdiction {home.jurisdiction!r} is not two capitals", hint="such as KR")


def _check_tables(home: Home, where: str) -> None:
    for name, table in (home.policy or {}).items():
        if not SLUG.match(name):
            raise HomeError(f"{where}: policy.{name}: the name is not a slug")
        try:
            read_policy(table if isinstance(table, dict) else {"": table})
        except InvalidValue as error:
            raise HomeError(f"{where}: policy.{name}: {error.message}", hint=error.hint) from None
    for name, slug in (home.bands or {}).items():
        if not re.fullmatch(r"[A-Z]{2}", name) or not isinstance(slug, str):
            raise HomeError(
                f"{where}: bands.{name} does not say in which bands the law of a jurisdiction is reported",
                hint='such as US = "half-yearly-500"',
            )
    for name, table in (home.connectors or {}).items():
        if not SLUG.match(name) or not isinstance(table, dict) or not table.get("connector"):
            raise HomeError(
                f"{where}: connectors.{name} does not say which connector", hint='connector = "…"'
            )
        if not all(isinstance(value, str) for value in table.values()):
            raise HomeError(f"{where}: connectors.{name}: each setting is a text")


def _are_names(names: object) -> bool:
    if not isinstance(names, dict) or set(names) != {"ko", "en"}:
        return False
    return all(isinstance(name, str) and name for name in names.values())


_TABLES = {
    "web": "how the desk is reached",
    "mail": "the server that takes mail",
    "tick": "what falls due by itself",
    "letter": "the letterhead",
    "intake": "limits, scanner and trusted signers of what comes in",
    "bands": "in which bands a law's figures are reported, by jurisdiction",
}


def config_text(home: Home) -> str:
    """The TOML text of a home's config, with a word on each key."""

    def names(table: Mapping[str, str]) -> str:
        return "\n".join(f"{_quoted(key)} = {_quoted(value)}" for key, value in table.items())

    def values(table: Mapping[str, object]) -> str:
        return "\n".join(f"{key} = {_toml(value)}" for key, value in table.items())

    clock = f"\nclock_behind = {home.clock_behind}   # seconds" if home.clock_behind else ""
    policies = "".join(f"\n[policy.{name}]\n{values(table)}\n" for name, table in (home.policy or {}).items())
    policies += "".join(
        f"\n[connectors.{name}]\n{values(table)}\n" for name, table in (home.connectors or {}).items()
    )
    tables = "\n".join(
        f"[{name}]   # {what}\n{values(getattr(home, name) or {})}\n" for name, what in _TABLES.items()
    )
    services = "\n\n".join(f"[services.{slug}]\n{names(table)}" for slug, table in home.services.items())
    return f"""# Sagwan's config. docs/reference/config.md tells every key.
provider = {_quoted(home.provider)}
origin = {_quoted(home.origin)}   # the log's name: a URL prefix without scheme
jurisdiction = {_quoted(home.jurisdiction)}
time_zone = {_quoted(home.time_zone)}   # half-years end in it
batch_interval_hours = {home.batch_interval_hours}   # the sealer's clock; a receipt promises twice that
batch_floor = {home.batch_floor}   # fill each batch to this many entries with cover lines
banded_per_batch = {home.banded_per_batch}   # entries of each batch that are banded or their cover
database = {_quoted(home.database)}   # '' is SQLite in this folder; or postgresql://…
keeper = {_quoted(home.keeper)}   # put it on other storage than the database
log = {_quoted(home.log)}
vetting_days = {home.vetting_days}   # an authority must be vetted again after so many days
mail_authserv_id = {_quoted(home.mail_authserv_id)}   # whose Authentication-Results are believed
synthetic = {str(home.synthetic).lower()}   # true: everything is marked as invented{clock}

[names]
{names(home.names)}

{services}

{tables}{policies}
[witnesses]   # submission URL = verifier key
{names(home.witnesses or {})}
"""


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
