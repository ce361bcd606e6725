"""From a home to everything that works on it: desk, keeper, log, keys, sealer, reporting, profile, labels.

Django's models can be imported only once a home is open, so the functions here import them when called.
"""
# ruff: noqa: PLC0415

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sagwan.cli.errors import Refused, Unusable
from sagwan.cli.parsing import instant
from sagwan.desk.clock import time_at
from sagwan.desk.home import Home, HomeError
from sagwan.desk.setup import Desk, open_desk
from sagwan.desk.vault.master import KeyMissing
from sagwan.record.commands import Command
from sagwan.record.period import Period
from sagwan.seal.alarms import Alarms
from sagwan.seal.cosigning import Cosigner
from sagwan.seal.errors import AnotherHistory, Passed, SealError, Unanswered
from sagwan.seal.files import read_if_there
from sagwan.seal.handovers import require_current
from sagwan.seal.keeper import Keeper
from sagwan.seal.log_folder import LogFolder
from sagwan.seal.sealer import Sealer
from sagwan.tlog import (
    Note,
    SigningKey,
    TlogError,
    consistency_proof,
    parse_checkpoint,
    parse_signing_key,
    parse_verifier_key,
    tile_nodes,
)

if TYPE_CHECKING:
    from sagwan.desk.casework.actions import Done
    from sagwan.desk.casework.reporting import Reporting
    from sagwan.pages import Labels
    from sagwan.publish.publish import Profile

RESTORED = "restored-from-backup"
"""A file of this name says: not to be written to before `sagwan recover` has run."""
RECOVERY = "recovery.vkey"
"""In `keys/`: the verifier key of the recovery key, which itself is kept off-line."""
WITNESS_TIMEOUT = 20.0


@dataclass(frozen=True, slots=True)
class Office:
    """An open home and the folders beside its database."""

    desk: Desk
    keeper: Keeper
    log: LogFolder

    @property
    def home(self) -> Home:
        return self.desk.home

    def now(self, at: str | None) -> datetime:
        """The present instant, or the one that `--at` names where the home is synthetic."""
        if at is None:
            return time_at(self.home)
        if not self.home.synthetic:
            raise Unusable("--at is only for synthetic homes", hint="leave it out: the clock's time is taken")
        return instant(at)

    def do(self, request: str, commands: Sequence[tuple[str, Command]], at: str | None) -> "list[Done]":
        """Carry out (actor, command) pairs on one request, in one transaction."""
        from sagwan.desk.casework.actions import Step, execute

        self.check_current()
        moment = self.now(at)
        return execute(self.desk, [Step(request, command, actor, moment) for actor, command in commands])

    def check_current(self) -> None:
        """Raise Refused in a home that was restored and has not been recovered."""
        if (self.home.path / RESTORED).exists():
            raise Refused(
                f"{self.home.path} was restored from a backup and may be behind its keeper and log",
                hint="run sagwan recover first",
            )

    def log_key(self) -> SigningKey:
        return read_signing_key(self.home.keys / "log.key", self.home.origin)

    def receipts_key(self) -> SigningKey:
        """The key that signs promises; raise SealError where it has given way, and another must sign."""
        key = read_signing_key(self.home.keys / "receipts.key", f"{self.home.origin}/receipts")
        require_current(self.log, key.verifier)
        return key

    def sealer(self) -> Sealer:
        from sagwan.desk.journal.store import JournalStore

        self.check_current()
        return Sealer(
            store=JournalStore(self.desk),
            keeper=self.keeper,
            log=self.log,
            key=self.log_key(),
            cosigners=cosigners(self.home, self.log),
            alarms=Alarms(self.home.alarms_path),
        )

    def reporting(self, actor: str, moment: datetime, *, approved_by: str = "") -> "Reporting":
        from sagwan.desk.casework.reporting import Reporting

        def seal() -> None:
            self.sealer().run(moment)

        return Reporting(self.desk, seal=seal, actor=actor, now=moment, approved_by=approved_by)

    def profile(self) -> "Profile":
        from sagwan.publish.publish import Profile

        home = self.home
        keys = [str(self.log_key().verifier), str(self.receipts_key().verifier)]
        return Profile(
            provider=home.provider,
            names=home.names,
            services=home.services,
            origin=home.origin,
            time_zone=home.time_zone,
            batch_interval_hours=home.batch_interval_hours,
            synthetic=home.synthetic,
            keys=(*keys, *recovery_keys(home), *(home.witnesses or {}).values()),
        )


def recovery_keys(home: Home) -> list[str]:
    """The verifier key by which a theft can be declared, where one was made; its private part is off-line."""
    data = read_if_there(home.keys / RECOVERY)
    return [] if data is None else [data.decode("ascii").strip()]


def open_office(path: Path) -> Office:
    """Open the home at `path`; raise HomeError or KeyMissing."""
    desk = open_desk(path)
    home = desk.home
    if not home.database and not home.sqlite_path.exists():
        raise HomeError(
            f"the database {home.sqlite_path} is missing", hint="restore a backup: sagwan restore FILE PATH"
        )
    return office(desk)


def office(desk: Desk) -> Office:
    """The office of an open desk."""
    return Office(
        desk, Keeper(desk.home.keeper_path, desk.master.keeper, os.urandom), LogFolder(desk.home.log_path)
    )


def invitation_text(home: Home, name: str, token: str, days: int) -> str:
    """What is told, once, of an invitation."""
    from sagwan.desk.web.config import web_config

    link = f"{web_config(home).address}/join/{token}/"
    return f"{name} joins here, once, within {days} days:\n{link}"


def read_signing_key(file: Path, name: str) -> SigningKey:
    """A private key's file; raise KeyMissing where it is not there, damaged, or another's."""
    try:
        key = parse_signing_key(file.read_text("ascii").strip())
    except (OSError, UnicodeDecodeError, TlogError) as error:
        raise KeyMissing(
            f"the key {file} cannot be read: {error}", hint="restore it from where you keep it"
        ) from None
    if key.name != name:
        raise KeyMissing(f"{file} is a key of {key.name}, not of {name}", hint="put the right key there")
    return key


def cosigners(home: Home, log: LogFolder, timeout: float = WITNESS_TIMEOUT) -> dict[str, Cosigner]:
    """How to ask each witness that the config names; `timeout` in seconds for each answer."""
    witnesses = home.witnesses or {}
    return {url: _cosigner(url, vkey, home.origin, log, timeout) for url, vkey in witnesses.items()}


def _cosigner(url: str, vkey: str, origin: str, log: LogFolder, timeout: float) -> Cosigner:
    from sagwan.witness import (
        WitnessAhead,
        WitnessAlarm,
        WitnessError,
        WitnessUnavailable,
        cosign_with,
        latest_checkpoint,
    )

    try:
        key = parse_verifier_key(vkey)
    except TlogError as error:
        raise HomeError(f"witness {url}: {error}", hint="mend [witnesses] in sagwan.toml") from None

    def ask(note: Note, old_size: int) -> Note:
        size = parse_checkpoint(note.text).size

        def prove(before: int) -> Sequence[bytes]:
            return consistency_proof(tile_nodes(size, log.read), before, size)

        try:
            signatures = cosign_with(url, bytes(note), prove, old_size, timeout, keys=[key])
        except WitnessAlarm as alarm:
            evidence = {"our request": alarm.request, "the witness's answer": alarm.answer}
            if isinstance(alarm, WitnessAhead):
                raise Passed(alarm.message, evidence, alarm.size) from alarm
            raise AnotherHistory(alarm.message, evidence) from alarm
        except WitnessUnavailable as error:
            raise Unanswered(error.message, hint=error.hint) from error
        except WitnessError as error:
            raise SealError(error.message, hint=error.hint) from error
        return note.with_signatures(signatures)

    def seen() -> bytes | None:
        try:
            return latest_checkpoint(url, origin, timeout)
        except WitnessError as error:
            raise SealError(error.message, hint=error.hint) from error

    return Cosigner(ask, seen, (key,))


def labels(period: Period) -> "Labels":
    """What the law packs call instruments and reasons at the half-year's end."""
    from sagwan.law.library import builtin_pack, pack_names
    from sagwan.pages import Labels
    from sagwan.pages.lawnames import labels_on

    packs = [labels_on(builtin_pack(slug), period.last_day) for slug in pack_names()]
    return Labels(
        instruments={slug: name for pack in packs for slug, name in pack.instruments.items()},
        reasons={slug: name for pack in packs for slug, name in pack.reasons.items()},
    )


def page_maker(period: Period) -> Callable:
    """Makes a report's pages, in the words of the half-year."""
    from sagwan.publish.pages import report_pages

    words = labels(period)
    return partial(report_pages, labels=words)
