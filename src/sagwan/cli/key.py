"""`sagwan key`: the log's keys, what they gave way to, and how to let them."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sagwan.cli import parsing
from sagwan.cli.errors import Refused, Unusable
from sagwan.cli.options import HERE, At, By, HomePath, Json
from sagwan.cli.output import say, say_json
from sagwan.cli.wiring import RECOVERY, Office, open_office, recovery_keys
from sagwan.desk.vault.master import write_secret
from sagwan.formats.handover import Handover, KeyUse, Reason, recovery_key_name
from sagwan.formats.receipt import instant
from sagwan.seal.hand_over import KeyFiles, hand_over
from sagwan.seal.handovers import handovers_of
from sagwan.tlog import KeyType, SigningKey, TlogError, parse_checkpoint, parse_note, parse_signing_key

Use = Annotated[KeyUse, typer.Argument(metavar="KEY", help="log or receipts.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def show(home: HomePath = HERE, as_json: Json = False) -> None:
    """Show the log's keys, and which gave way to which.

    Verifier keys only, for everyone to know; no private key is shown.

    \b
    Examples:
      sagwan key show
      sagwan key show --json

    \b
    Exit codes: 0 shown; 2 the home or a key cannot be read.
    """
    office = open_office(home)
    keys = {"log": str(office.log_key().verifier), "receipts": str(office.receipts_key().verifier)}
    if known := recovery_keys(office.home):
        keys["recovery"] = known[0]
    done = [one.handover for one in handovers_of(office.log)]
    if as_json:
        say_json({"keys": keys, "handovers": [_document(one) for one in done]})
        return
    for use, key in keys.items():
        say(f"{use:<9} {key}")
    if "recovery" not in keys:
        say("There is no recovery key: sagwan key recovery")
    for one in done:
        say(
            f"handover {one.number}: {one.use} {one.old} {one.reason}, gave way to +{one.new.key_id.hex()} "
            f"at {one.size:,} entries, since {instant(one.since)}"
        )


def rotate(use: Use, by: By, yes: Yes = False, home: HomePath = HERE, at: At = None) -> None:
    """Let the log's or the receipts key give way to a new one, as planned.

    The log goes on: a handover that both keys sign is published with it, and readers who know the old key
    follow to the new one. Takes an administrator. After a crash, say the same again. The old key's file
    stays beside, for the record; copy the new one to where you keep the keys.

    \b
    Examples:
      sagwan key rotate log --by hong
      sagwan key rotate receipts --by hong --yes

    \b
    Exit codes: 0 done; 1 that person may not, or the sealer runs or has work left; 2 a key cannot be read,
      or not confirmed.
    """
    office = _opened(home, by)
    _confirm(f"Let the {use} key give way to a new one?", yes)
    moment = office.now(at)
    _change(office, use, by, moment, Reason.ROTATED, moment, None)


def stolen(
    use: Use,
    by: By,
    since: Annotated[
        str, typer.Option(metavar="INSTANT", help="From when the key is not to be believed, as --at.")
    ] = "",
    recovery_file: Annotated[
        Path | None,
        typer.Option("--recovery", metavar="FILE", help="The recovery key, one line; - is typed in."),
    ] = None,
    yes: Yes = False,
    home: HomePath = HERE,
    at: At = None,
) -> None:
    """Declare the log's or the receipts key stolen.

    A new key takes its place at once, by a handover that the recovery key signs. Of the log key nothing is
    believed beyond the log as it is now; of the receipts key no promise that was not kept. Then tell
    readers and witnesses, and hand out new receipts.

    \b
    Examples:
      sagwan key stolen log --recovery - --by hong
      sagwan key stolen receipts --since 2016-05-01T09:00:00+09:00 --recovery /media/usb/recovery --by hong

    \b
    Exit codes: 0 done; 1 that person may not, or the sealer runs or has work left; 2 the recovery key is
      not this home's or there is none, or not confirmed.
    """
    office = _opened(home, by)
    if recovery_file is None:
        raise Unusable("--recovery is missing", hint="the recovery key is on the sheet of sagwan init")
    recovery = _recovery(office, recovery_file)
    _confirm(f"Declare the {use} key stolen, and let a new one take its place?", yes)
    moment = office.now(at)
    _change(office, use, by, moment, Reason.STOLEN, parsing.instant(since) if since else moment, recovery)


def recovery(by: By, home: HomePath = HERE) -> None:
    """Make the recovery key of a home that has none.

    Prints it once; it is kept nowhere on this machine. Its verifier key is published from the next report
    on: readers must have known it before a theft. Takes an administrator.

    \b
    Example:
      sagwan key recovery --by hong

    \b
    Exit codes: 0 made; 1 that person may not; 2 there is one already.
    """
    office = _opened(home, by)
    file = office.home.keys / RECOVERY
    if file.exists():
        raise Unusable(f"there is a recovery key already: {recovery_keys(office.home)[0]}")
    key = SigningKey(recovery_key_name(office.home.origin), KeyType.ED25519, os.urandom(32))
    say("Write this line down, keep it off every machine, and clear the screen:")
    say(key.private_text())
    say(f"Its verifier key, for everyone to know: {key.verifier}")
    write_secret(file, str(key.verifier))


def _opened(home: Path, by: str) -> Office:
    office = open_office(home)
    office.check_current()
    from sagwan.desk.people.queries import Staff

    Staff().require(by, ("administrator",), "change a key")
    return office


def _confirm(question: str, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise Unusable("nobody is there to confirm", hint="say --yes")
    if not typer.confirm(question):
        raise Unusable("not confirmed: nothing was changed")


def _recovery(office: Office, file: Path) -> SigningKey:
    known = recovery_keys(office.home)
    if not known:
        raise Unusable(
            "this home has no recovery key", hint="sagwan key recovery, before a theft; or a new log"
        )
    text = typer.prompt("Recovery key", hide_input=True) if str(file) == "-" else parsing.read_text(file)
    try:
        key = parse_signing_key(text.strip())
    except TlogError as error:
        raise Unusable(f"that is no recovery key: {error}") from None
    if str(key.verifier) != known[0]:
        raise Unusable(f"the recovery key is {key.verifier}, this home's is {known[0]}")
    return key


def _change(
    office: Office,
    use: KeyUse,
    by: str,
    moment: datetime,
    reason: Reason,
    since: datetime,
    recovery_key: SigningKey | None,
) -> None:
    from sagwan.cli.wiring import read_signing_key
    from sagwan.desk.journal.actions import Recorder
    from sagwan.desk.journal.locks import writing
    from sagwan.desk.journal.store import JournalStore

    files = KeyFiles(office.home.keys, use)
    name = office.home.origin if use is KeyUse.LOG else f"{office.home.origin}/receipts"
    with JournalStore(office.desk).alone():
        _check_published(office)
        old = read_signing_key(files.present, name)
        done = hand_over(office.log, files, old, reason=reason, since=since, recovery=recovery_key)
        with writing():
            recorder = Recorder(office.desk)
            recorder.note("system/keys", "KeyHandedOver", _document(done), actor=by, at=moment)
            recorder.flush()
    say(f"The {use} key gave way (handover {done.number}). The new one, for everyone to know:")
    say(str(done.new))
    say(f"Copy {files.present} to where you keep the keys; publish; tell readers and witnesses.")


def _check_published(office: Office) -> None:
    """Raise Refused where something was signed that is not published: the handover would leave it behind."""
    head, note = office.keeper.head(), office.log.checkpoint()
    signed, public = (
        0 if one is None else parse_checkpoint(parse_note(one).text).size for one in (head, note)
    )
    if signed != public:
        raise Refused(
            f"the log is signed up to {signed:,} entries and published up to {public:,}",
            hint="run sagwan seal first",
        )


def _document(one: Handover) -> dict[str, object]:
    return {
        "number": one.number,
        "key": str(one.use),
        "old": str(one.old),
        "new": str(one.new),
        "reason": str(one.reason),
        "size": one.size,
        "since": instant(one.since),
    }
