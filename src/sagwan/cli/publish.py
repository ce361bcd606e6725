"""`sagwan publish`: a half-year's folder, after a preview, by two people."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sagwan.cli.errors import Refused, Unusable
from sagwan.cli.options import HERE, At, HomePath, Json
from sagwan.cli.output import say, say_json, say_table, warn
from sagwan.cli.wiring import Office, open_office, page_maker
from sagwan.formats.banded import banded_document
from sagwan.law.bands import least_per_batch
from sagwan.record.period import Period
from sagwan.verify import words

if TYPE_CHECKING:
    from sagwan.publish.publish import Draft

_SHOWN = ("requested", "processed", "refused", "no-data", "withdrawn", "accounts-disclosed", "follow-ups")


def publish(
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="The half-year, as 2016H1.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder of all published half-years.")],
    preview: Annotated[
        bool, typer.Option("--preview", help="Show the table and every small cell; write nothing.")
    ] = False,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            envvar="SAGWAN_PERSON",
            metavar="NAME",
            help="Who publishes: a counsel.",
            show_envvar=False,
        ),
    ] = "",
    approved_by: Annotated[
        str, typer.Option("--approved-by", metavar="NAME", help="The second person: an approver.")
    ] = "",
    home: HomePath = HERE,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Publish a half-year, or preview it.

    Writes report, openings, log and pages into OUT, and seals the line that binds the report. Publishing
    again gives the same bytes. Look at the preview first, both of you: what is opened stays open, and a
    small cell may point to a known case.

    \b
    Examples:
      sagwan publish 2016H1 ./public --preview
      sagwan publish 2016H1 ./public --by kim --approved-by lee

    \b
    Exit codes: 0 published, or previewed; 1 the half-year is not closed, was published otherwise, or the
      two people may not; 2 unusable input.
    """
    wanted = Period.parse(period)
    office = open_office(home)
    from sagwan.publish.publish import draft
    from sagwan.publish.publish import publish as write

    moment = office.now(at)
    if preview:
        store = office.reporting("preview", moment)
        made = draft(wanted, office.profile(), store, out)
        _show(made, as_json)
        _warn_of_too_few(office, made)
        return
    office.check_current()
    _check_people(by, approved_by)
    store = office.reporting(by, moment, approved_by=approved_by)
    made = write(wanted, office.profile(), store, out, office.home.log_path, page_maker(wanted))
    size = made.report.cut - made.report.first
    if as_json:
        say_json({"period": period, "out": str(out), "entries": size, "keys": list(office.profile().keys)})
        return
    say(f"{wanted} is published in {out}: {size:,} entries")
    say(f"anyone can check it: {_verify_command(office, out)}")


def _warn_of_too_few(office: Office, made: "Draft") -> None:
    """Say where each batch held so few banded entries that their number rules out the top of a band."""
    from sagwan.desk.casework.bands import options
    from sagwan.desk.casework.packs import Packs

    if made.report.banded is None:
        return
    day, hours = Period.parse(made.report.period).last_day, office.home.batch_interval_hours
    least = sum(least_per_batch(option, hours) for _, option in options(office.home, Packs(office.home), day))
    if made.report.banded.per_batch < least:
        warn(
            f"each batch holds {made.report.banded.per_batch} banded entries, fewer than the {least} that the"
            " bands need: their number tells more than the bands do; raise banded_per_batch"
        )


def _check_people(by: str, approved_by: str) -> None:
    """Raise unless two different people, who may, stand for it."""
    from sagwan.desk.people.queries import Staff

    for option, name in (("--by", by), ("--approved-by", approved_by)):
        if not name:
            raise Unusable(f"{option} is missing", hint="two people publish; or look first: --preview")
    if by == approved_by:
        raise Refused(f"{by} cannot approve it too", hint="a second person must approve (four eyes)")
    staff = Staff()
    staff.require(by, ("counsel", "approver"), "publish a report")
    staff.require(approved_by, ("approver",), "approve what is published")


def _show(made: "Draft", as_json: bool) -> None:
    report, small = made.report, made.small_cells()
    if as_json:
        rows = [
            {"service": key[0], "jurisdiction": key[1], "instrument": key[2], "counts": dict(counts)}
            for key, counts in report.rows.items()
        ]
        say_json(
            {
                "period": report.period,
                "rows": rows,
                "withheld": dict(report.withheld),
                "restated": len(report.restated),
                "stated": dict(report.stated),
                "small-cells": [list(cell) for cell in small],
                **({"banded": banded_document(report.banded)} if report.banded else {}),
            }
        )
        return
    rows_shown = [
        (service, instrument, *(counts[name] for name in _SHOWN))
        for (service, _, instrument), counts in report.rows.items()
    ]
    say_table(("service", "instrument", *_SHOWN), rows_shown)
    for reason, count in report.withheld.items():
        if count:
            say(words.withheld(reason, count)["en"])
    if report.banded:
        say(words.per_batch(report.banded.per_batch)["en"])
        for figure in report.banded.figures:
            say(words.banded(figure)["en"])
    for name, value in report.stated.items():
        say(f"stated, not recounted: {name} {value}")
    if report.restated:
        say(f"restates {len(report.restated)} cells of earlier half-years")
    say()
    say(f"{len(small)} small cells, each of which may point to a known case:" if small else "no small cells")
    if small:
        say_table(("service", "instrument", "measure", "count"), [(*c[:3], int(c[3])) for c in small])
    say("Nothing was written. To publish: the same without --preview, with --by and --approved-by.")


def _verify_command(office: Office, out: Path) -> str:
    return f"sagwan verify {out} --key {office.profile().keys[0]}"
