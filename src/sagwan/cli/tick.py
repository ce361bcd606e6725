"""`sagwan tick`: do what falls due by itself."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from sagwan.cli.errors import Refused
from sagwan.cli.options import HERE, At, HomePath, Json
from sagwan.cli.output import progress, say, say_json, say_table, warn
from sagwan.cli.seal import further_batches, sealed_json
from sagwan.cli.wiring import Office, open_office

if TYPE_CHECKING:
    from sagwan.desk.tick.acts import Done
    from sagwan.desk.tick.plan import Planned
    from sagwan.desk.tick.run import Ticked
    from sagwan.seal.sealer import Sealed


def tick(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")
    ] = False,
    no_seal: Annotated[
        bool, typer.Option("--no-seal", help="Leave the log alone: sagwan seal has a timer of its own.")
    ] = False,
    home: HomePath = HERE,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Do what falls due by itself.

    Reminders, duties to stop, papers that are late, holds that end, notices, orders and vettings that
    ended, productions whose time is over, drafts of standing policies, destructions to propose, the next
    batch of the log, mail that waits. Each is done once, however often this runs; sagwan serve does it
    every minute. docs/reference/duties.md lists it all.

    \b
    Examples:
      sagwan tick --dry-run
      * * * * * sagwan tick --home /srv/sagwan --json >> /var/log/sagwan-tick.jsonl

    \b
    Exit codes: 0 done, or another run is at work; 1 something could not be done and is tried again later;
      2 the home cannot be read.
    """
    office = open_office(home)
    office.check_current()
    now = office.now(at)
    if dry_run:
        _plan(office, now, as_json)
        return
    from sagwan.desk.journal.locks import TickBusy
    from sagwan.desk.tick.run import tick as run

    sealer = None if no_seal or not (office.home.keys / "log.key").exists() else office.sealer().run
    try:
        with progress("requests") as bar:
            done = run(office.desk, now, seal=sealer, progress=bar)
    except TickBusy as busy:
        warn(busy.message, busy.hint)
        return
    if as_json:
        say_json(ticked_json(done))
    else:
        _say(done)
    if done.failed:
        raise Refused(
            f"{len(done.failed)} could not be done: "
            + "; ".join(f"{what}: {why}" for what, why in done.failed),
            hint="what failed is tried again by the next runs",
        )


def _plan(office: Office, now: datetime, as_json: bool) -> None:
    from sagwan.desk.tick.plan import plan

    with progress("requests") as bar:
        planned = plan(office.desk, now, bar)
    if as_json:
        say_json(planned_json(planned))
        return
    _table(planned.done)
    for count, what in (
        (planned.productions, "productions to end"),
        (planned.mail, "notes to mail"),
        (planned.sessions, "sessions to forget"),
    ):
        if count:
            say(f"{count:,} {what}")
    if planned.seal:
        say("a batch to seal")
    if planned == type(planned)():
        say("nothing is due")


def _say(done: "Ticked") -> None:
    _table(done.done)
    sealed: Sealed | None = done.sealed  # type: ignore[assignment]
    for count, what in (
        (done.productions, "productions ended"),
        (sealed.entries if sealed else 0, "entries sealed"),
        (done.mail.mails, "mails sent"),
        (done.mail.put_off, "notes put off: the mail server did not take them"),
        (done.mail.given_up, "notes given up"),
        (done.mail.unsure, "notes that may have been sent before a run was stopped; not repeated"),
        (done.sessions, "sessions forgotten"),
    ):
        if count:
            say(f"{count:,} {what}")
    if sealed and sealed.further:
        say(further_batches(sealed.further))
    for lack in sealed.unwitnessed if sealed else []:
        say(f"not witnessed: {lack}")
    if not done.done and sealed is None and not done.productions:
        say("nothing was due")


def _table(done: "list[Done]") -> None:
    if done:
        rows = [
            (one.subject, str(one.item.kind), one.item.what, one.item.due.isoformat(), ", ".join(one.people))
            for one in done
        ]
        say_table(("subject", "kind", "what", "due", "told"), rows)


def ticked_json(done: "Ticked") -> dict[str, object]:
    """What a run did, for machines."""
    sealed: Sealed | None = done.sealed  # type: ignore[assignment]
    return {
        "done": _items(done.done),
        "productions": done.productions,
        "sealed": None if sealed is None else sealed_json(sealed),
        "mail": {
            "mails": done.mail.mails,
            "put-off": done.mail.put_off,
            "given-up": done.mail.given_up,
            "unsure": done.mail.unsure,
        },
        "sessions": done.sessions,
        "failed": [{"subject": what, "why": why} for what, why in done.failed],
    }


def planned_json(planned: "Planned") -> dict[str, object]:
    """What a run would do, for machines."""
    return {
        "done": _items(planned.done),
        "productions": planned.productions,
        "seal": planned.seal,
        "mail": planned.mail,
        "sessions": planned.sessions,
    }


def _items(done: "list[Done]") -> list[dict[str, object]]:
    return [
        {
            "subject": one.subject,
            "kind": str(one.item.kind),
            "what": one.item.what,
            "due": one.item.due.isoformat(),
            "told": list(one.people),
        }
        for one in done
    ]
