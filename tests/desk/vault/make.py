"""A warrant that was approved, files to hand over under it, and a way to read what went out."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pyrage

from sagwan.desk.setup import Desk
from sagwan.desk.vault.productions import actions
from sagwan.desk.vault.productions.declare import Columns, Declared
from sagwan.desk.vault.productions.drafts import Held
from sagwan.desk.vault.productions.shipping import Locking, Released
from sagwan.record import commands as ask
from sagwan.record.events import Decision
from sagwan.record.request import Filing, Target
from sagwan.record.vocabulary import DataCategory, Outcome
from tests.desk.casework.make import receive, work
from tests.support.home import CONTENT, START, filing

ONE, TWO = Target("account", "2016-1-0"), Target("account", "2016-1-1")
LATER = START + timedelta(hours=1)
FIRST, LAST = date(2016, 1, 1), date(2016, 1, 31)
ROWS = Columns(target="account", time="at")
CHAT = Columns(sender="sender", nick="nick", text=("text",), time="at")
MESSAGES = (
    "sender,nick,at,text\n"
    "2016-1-0,철수,2016-01-02T10:00:00+09:00,민수야 안녕\n"
    "minsu77,민수,2016-01-02T10:01:00+09:00,@철수 응 (minsu77)\n"
    "younghee,영희,2016-01-03T10:01:00+09:00,MINSU77님은?\n"
)


def approved(
    desk: Desk, one: Filing | None = None, decision: Decision | None = None, actor: str = "kim"
) -> str:
    """The number of a request whose decision was approved."""
    number = receive(desk, one or filing(), actor=actor)
    wanted = decision or Decision(Outcome.COMPLIED, "", CONTENT, 2)
    work(desk, number, ("kim", ask.StartReview()), ("kim", ask.Propose(wanted)), ("lee", ask.Approve()))
    return number


def opaque(name: str = "talk.zip", *targets: Target, **changes: object) -> Declared:
    values = {"data": DataCategory.CONTENT, "first": FIRST, "last": LAST} | changes
    return Declared(name, targets or (ONE,), **values)  # type: ignore[arg-type]


def put(
    desk: Desk, number: str, declared: Declared | None = None, data: bytes = b"12345", by: str = "kim"
) -> Held:
    return actions.put_in(desk, number, declared or opaque(), io.BytesIO(data), actor=by, at=LATER)


def release(desk: Desk, number: str, by: str = "lee", at: datetime = LATER, **more: object) -> Released:
    return actions.seal_and_release(desk, number, releaser=by, at=at, **more)  # type: ignore[arg-type]


def to_key() -> tuple[pyrage.x25519.Identity, Locking]:
    identity = pyrage.x25519.Identity.generate()
    return identity, Locking((str(identity.to_public()),))


def unpacked(clear: bytes) -> dict[str, bytes]:
    """Name → bytes of a package."""
    with zipfile.ZipFile(io.BytesIO(clear)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package(desk: Desk, identity: pyrage.x25519.Identity) -> dict[str, bytes]:
    """What is in the one package of a home."""
    (file,) = blobs(desk)
    return unpacked(pyrage.decrypt(file, [identity]))


def blobs(desk: Desk) -> list[bytes]:
    return [path.read_bytes() for path in sorted((desk.home.path / "productions").glob("*.age"))]


def on_disk(desk: Desk) -> Iterator[bytes]:
    """Every byte of the home: files and, on SQLite, the database."""
    for path in desk.home.path.rglob("*"):
        if path.is_file():
            yield path.read_bytes()


def leftovers(desk: Desk) -> list[str]:
    """What lies in the folder for clear files."""
    return [str(path) for path in (desk.home.path / "productions" / "work").rglob("*")]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
