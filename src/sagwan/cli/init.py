"""`sagwan init`: make a home, whole or not at all."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from sagwan.cli.errors import Unusable
from sagwan.cli.output import say
from sagwan.cli.sheet import sheet
from sagwan.cli.wiring import RECOVERY
from sagwan.desk.home import CONFIG_NAME, Home, HomeError, config_text, home_from
from sagwan.desk.vault.master import new_master_key, write_secret
from sagwan.formats.handover import recovery_key_name
from sagwan.law.bands import least_per_batch, option_of
from sagwan.law.library import builtin_pack, pack_names
from sagwan.record.request import clean
from sagwan.tlog import KeyType, SigningKey


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person as `--person` describes one."""

    name: str
    full_name: str
    roles: tuple[str, ...]


def init(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The new home: a folder, empty or not there.")],
    provider: Annotated[str, typer.Option(metavar="SLUG", help="The provider's short name, as kakao.")] = "",
    name_ko: Annotated[str, typer.Option(metavar="NAME", help="The provider's name in Korean.")] = "",
    name_en: Annotated[str, typer.Option(metavar="NAME", help="The provider's name in English.")] = "",
    service: Annotated[
        list[str] | None,
        typer.Option(metavar="SLUG=KO=EN", help="A service, with its names; repeat it for more."),
    ] = None,
    origin: Annotated[
        str, typer.Option(metavar="NAME", help="The log's name: a URL prefix you own, without https://.")
    ] = "",
    person: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=FULL NAME=ROLES",
            help="A person; roles with commas: intake, counsel, approver, auditor, administrator.",
        ),
    ] = None,
    jurisdiction: Annotated[str, typer.Option(metavar="CC", help="Whose law applies.")] = "KR",
    time_zone: Annotated[str, typer.Option(metavar="ZONE", help="In which half-years end.")] = "Asia/Seoul",
    interval: Annotated[int, typer.Option(metavar="HOURS", help="How often the sealer runs.")] = 24,
    floor: Annotated[int, typer.Option(metavar="N", help="Fill each batch to N entries with cover.")] = 0,
    banded: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Entries of each batch that are banded or their cover; without: what the law's bands need.",
        ),
    ] = None,
    database: Annotated[
        str, typer.Option(metavar="URL", help="postgresql://user@host/name; without: SQLite in the home.")
    ] = "",
    keeper: Annotated[
        str, typer.Option(metavar="PATH", help="The keeper's folder; put it on other storage.")
    ] = "keeper",
    sheet_file: Annotated[
        Path | None,
        typer.Option("--sheet", metavar="FILE", help="Write the sheet for keeping the keys there."),
    ] = None,
    synthetic: Annotated[
        bool, typer.Option("--synthetic", help="For training: everything is marked as invented.")
    ] = False,
) -> None:
    """Make a home: config, keys, database, log, first people.

    Asks for what is missing where it runs in a terminal. Prints a sheet for keeping the keys: it holds
    the master key, so print it on paper and clear the screen. If anything fails, nothing is left behind.

    \b
    Examples:
      sagwan init ./home
      sagwan init ./home --provider kakao --name-ko 카카오 --name-en Kakao \\
          --service kakao=카카오톡=KakaoTalk --origin transparency.example/kakao \\
          --person "kim=Kim Min-su=intake,counsel" --person "lee=Lee Ji-woo=approver" \\
          --sheet /media/usb/keys.txt

    \b
    Exit codes: 0 the home is there; 1 a person cannot be added so;
      2 the folder is not empty, or a value cannot be used.
    """
    _check_free(path)
    if sheet_file is not None and sheet_file.exists():
        raise Unusable(f"{sheet_file} exists already", hint="name another file for the sheet")
    values = _config(path, provider, name_ko, name_en, service or [], origin, synthetic)
    values |= {
        "jurisdiction": jurisdiction,
        "time_zone": time_zone,
        "batch_interval_hours": interval,
        "batch_floor": floor,
        "banded_per_batch": _banded(jurisdiction, interval) if banded is None else banded,
        "database": database,
        "keeper": keeper,
        "synthetic": synthetic,
    }
    home = home_from(path, values, "init")
    people = [_person(text) for text in person or _asked_people()]
    text = make_home(home, people)
    if sheet_file is None:
        say(text)
    else:
        write_secret(sheet_file, text)
    where = f"; the sheet for keeping the keys is {sheet_file}" if sheet_file else ""
    say(f"The home of {home.names['en']} is {path}{where}.")
    _advise(people)


def _banded(jurisdiction: str, interval: int) -> int:
    """How many banded entries each batch must hold under a law that allows only bands; else 0."""
    slug = jurisdiction.lower()
    if slug not in pack_names() or not 1 <= interval <= 168:
        return 0  # what is wrong with them is said when the home is made
    option = option_of(builtin_pack(slug), "", datetime.now(UTC).date())
    return 0 if option is None else least_per_batch(option, interval)


def _check_free(path: Path) -> None:
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise Unusable(f"{path} is not an empty folder", hint="name a folder that is empty or not there")
    if not path.absolute().parent.is_dir():
        raise Unusable(f"{path.absolute().parent} is not a folder", hint="make it first")


def _config(
    path: Path, provider: str, ko: str, en: str, services: list[str], origin: str, synthetic: bool
) -> dict[str, object]:
    """The required settings, asked for where they are missing and a person is there to answer."""
    provider = provider or _ask("--provider", "Short name of the provider (such as kakao)")
    names = {
        "ko": ko or _ask("--name-ko", "Its name in Korean"),
        "en": en or _ask("--name-en", "Its name in English"),
    }
    if not services:
        answer = _ask("--service", "Services as SLUG=KO=EN, with ; between them")
        services = [part.strip() for part in answer.split(";") if part.strip()]
    if not origin:
        origin = (
            f"demo.invalid/{provider}"
            if synthetic
            else _ask("--origin", "Name of the log: a URL prefix you own, without https://")
        )
    return {
        "provider": provider,
        "names": {key: clean(value, "name", longest=100) for key, value in names.items()},
        "services": _services(services),
        "origin": origin,
    }


def _ask(option: str, question: str) -> str:
    if not sys.stdin.isatty():
        raise Unusable(f"{option} is missing", hint="sagwan init --help shows an example")
    return str(typer.prompt(question)).strip()


def _services(words: list[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for word in words:
        parts = [part.strip() for part in word.split("=")]
        if len(parts) != 3 or not all(parts):
            raise Unusable(f"service {word!r} is not SLUG=KO=EN", hint="such as kakao=카카오톡=KakaoTalk")
        if parts[0] in found:
            raise Unusable(f"service {parts[0]!r} is given twice")
        ko, en = (clean(part, "service name", longest=100) for part in parts[1:])
        found[parts[0]] = {"ko": ko, "en": en}
    return found


def _person(text: str) -> NewPerson:
    parts = [part.strip() for part in text.split("=")]
    if len(parts) != 3 or not all(parts):
        raise Unusable(
            f"person {text!r} is not NAME=FULL NAME=ROLES", hint="such as kim=Kim Min-su=intake,counsel"
        )
    roles = tuple(role.strip() for role in parts[2].split(",") if role.strip())
    return NewPerson(parts[0], parts[1], roles)


def _asked_people() -> list[str]:
    if not sys.stdin.isatty():
        return []
    found = []
    say("First people, as NAME=FULL NAME=ROLES (intake, counsel, approver, auditor, administrator).")
    while answer := str(typer.prompt("Person (empty: no more)", default="", show_default=False)).strip():
        _person(answer)
        found.append(answer)
    return found


def make_home(home: Home, people: list[NewPerson]) -> str:
    """Build the home beside its place, and put it there when all of it is done; return the sheet.

    `home.path` is empty or not there. Raise HomeError, UnknownPerson or OSError, and leave nothing behind.
    """
    with _beside(home.path) as folder:
        (folder / CONFIG_NAME).write_text(config_text(home), "utf-8")
        text = _keys(home, folder)
        _fill(folder, people)
        if home.path.exists():
            home.path.rmdir()  # empty, as was checked; fails if something came meanwhile
        folder.rename(home.path)
    return text


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A folder of the same parent, removed if anything fails."""
    folder = path.absolute().parent / f".{path.name}.{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _keys(home: Home, folder: Path) -> str:
    master = new_master_key()
    log = SigningKey(home.origin, KeyType.ED25519, os.urandom(32))
    receipts = SigningKey(f"{home.origin}/receipts", KeyType.ED25519, os.urandom(32))
    write_secret(folder / "keys" / "master.key", master.text())
    write_secret(folder / "keys" / "log.key", log.private_text())
    write_secret(folder / "keys" / "receipts.key", receipts.private_text())
    recovery = SigningKey(recovery_key_name(home.origin), KeyType.ED25519, os.urandom(32))
    write_secret(folder / "keys" / RECOVERY, str(recovery.verifier))
    day = datetime.now(UTC).astimezone(home.zone).date()
    return sheet(home, master, log.verifier, receipts.verifier, recovery, day)


def _fill(folder: Path, people: list[NewPerson]) -> None:
    """Database, keeper, log folder, people."""
    from sagwan.desk.setup import close_desk, known_migrations, migrate, missing_migrations, open_desk

    desk = open_desk(folder)
    try:
        if desk.home.database and len(missing_migrations()) < known_migrations():
            raise HomeError(
                f"the database {desk.home.database} holds a home already", hint="name an empty database"
            )
        migrate()
        keeper = desk.home.keeper_path
        if keeper.exists() and any(keeper.iterdir()):
            raise HomeError(f"the keeper's folder {keeper} is not empty", hint="name an empty one")
        _add_people(desk, people)
        keeper.mkdir(parents=True, exist_ok=True)
        desk.home.log_path.mkdir(parents=True, exist_ok=True)
    finally:
        close_desk()


def _add_people(desk: object, people: list[NewPerson]) -> None:
    from sagwan.desk.people.actions import add_person

    moment = datetime.now(UTC)
    for one in people:
        add_person(
            desk,  # type: ignore[arg-type]
            name=one.name,
            full_name=one.full_name,
            roles=one.roles,
            actor="init",
            at=moment,
        )


def _advise(people: list[NewPerson]) -> None:
    """Say what is still missing for four eyes."""
    deciders = {one.name for one in people if "counsel" in one.roles}
    approvers = {one.name for one in people if "approver" in one.roles}
    if not deciders or not approvers or len(deciders | approvers) < 2:
        say("Decisions take two people, a counsel and an approver: sagwan person add")
    say("Next: sagwan receive, then sagwan seal on a timer; `sagwan --help` lists every step.")
