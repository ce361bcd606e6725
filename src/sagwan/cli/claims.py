"""`sagwan claims`: bring published figures into a store of claims, and see what is in it."""

import csv
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from sagwan.cli.errors import Unusable
from sagwan.cli.options import Json
from sagwan.cli.output import say, say_json, say_table
from sagwan.compare import Claim, load_packaged
from sagwan.compare.editions import Change, restatements
from sagwan.compare.importers import Origin, Understood, read
from sagwan.compare.load import unique
from sagwan.compare.store import Store

SHOWN = 10
WIDEST = 72
DEFAULT_STORE = Path("sagwan-claims")

StorePath = Annotated[
    Path,
    typer.Option(
        "--store", envvar="SAGWAN_STORE", metavar="DIR", help="The store of claims.", show_envvar=False
    ),
]
Csv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]


def import_claims(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="Files, archives or published folders.")
    ],
    store: StorePath = DEFAULT_STORE,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what was understood.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Store without asking.")] = False,
    address: Annotated[str, typer.Option(metavar="URL", help="Where the file is from.")] = "",
    publisher: Annotated[str, typer.Option(metavar="NAME", help="Who published it.")] = "",
    date: Annotated[str, typer.Option(metavar="DATE", help="When: 2016, 2016-08 or 2016-08-04.")] = "",
    retrieved: Annotated[str, typer.Option(metavar="DAY", help="The day it was fetched: 2016-08-04.")] = "",
    period: Annotated[
        str, typer.Option(metavar="PERIOD", help="The period of a table that names none.")
    ] = "",
    provider: Annotated[
        str, typer.Option(metavar="SLUG", help="Whose table it is, if it does not say.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Bring files of published figures into a store of claims.

    Recognises each file by its content, says what it understood and what it could not read, and asks before
    it stores anything. Nothing is overwritten: a later edition of a source is kept beside the earlier one.
    Importing a file twice changes nothing.

    \b
    Examples:
      sagwan claims import google-user-data-requests.zip --dry-run
      sagwan claims import 2013_H1.csv --address https://example.org/2013_H1.csv --retrieved 2026-07-01
      sagwan claims import ./public --store ./my-claims --yes --json

    \b
    Exit codes: 0; 2 a file is not known, broken or too large, or the store cannot be used: nothing is stored.
    """
    if as_json and not (yes or dry_run):
        raise Unusable("--json cannot ask", hint="add --yes to store, or --dry-run to look only")
    origin = Origin(address, publisher, date, None, retrieved, period, provider)
    box = Store(store)
    known = {claim.id: claim for claim in box.claims()}
    understood = [(name, read(name, origin=origin)) for name in files]
    reports = [_report(name, one, known, box) for name, one in understood]
    if not as_json:
        for report, (_, one) in zip(reports, understood, strict=True):
            _say(report, one)
    if not dry_run and any(report["new"] for report in reports) and (yes or _agreed(reports, store)):
        for report, (name, one) in zip(reports, understood, strict=True):
            _add(report, name, one, box)
            if not as_json and report["stored"]:
                say(f"stored {report['new']:,} claims in {report['stored']}")
    elif not as_json and not any(report["new"] for report in reports):
        say("nothing new: every claim is in the store already")
    if as_json:
        say_json({"store": str(store), "dry_run": dry_run, "files": reports})


def list_claims(
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="A query: editions, coverage, states, contested, …")
    ] = "editions",
    store: StorePath = DEFAULT_STORE,
    packaged: Annotated[bool, typer.Option(help="Count the claims that come with Sagwan too.")] = True,
    parquet: Annotated[
        Path | None, typer.Option("--parquet", metavar="OUT", help="Write all claims there as Parquet.")
    ] = None,
    as_csv: Csv = False,
    as_json: Json = False,
) -> None:
    """List what the claims say: by edition, coverage, state, figure or year, or what is contested.

    \b
    WHAT is one of across, changes, contested, coverage, editions, figures, restated, standing, states,
    unreadable, years. The queries are plain SQL, run by DuckDB.

    \b
    Examples:
      sagwan claims list
      sagwan claims list contested --csv
      sagwan claims list unreadable --store ./my-claims --no-packaged
      sagwan claims list --parquet claims.parquet

    \b
    Exit codes: 0; 2 no such list, or the store cannot be read.
    """
    from sagwan.compare.store.duck import DuckEngine  # noqa: PLC0415 - the engine takes a while to load
    from sagwan.compare.store.queries import NAMES  # noqa: PLC0415 - with the engine

    if what not in NAMES:
        raise Unusable(f"there is no list {what!r}", hint=f"one of {', '.join(NAMES)}")
    if as_csv and as_json:
        raise Unusable("--json and --csv exclude each other")
    claims = all_claims(store, packaged=packaged)
    if parquet is not None:
        _write_parquet(claims, parquet)
    engine = DuckEngine(claims)
    found = engine.run(what)
    engine.close()
    if as_json:
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
        say_json({"list": what, "claims": len(claims), "rows": rows})
    elif as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(found.columns)
        writer.writerows(found.rows)
    else:
        say_table(found.columns, [[_brief(cell) for cell in row] for row in found.rows])
        say()
        say(f"{len(claims):,} claims, {len(found.rows):,} rows")


def _brief(cell: object) -> object:
    """A cell for people: a long one is cut, an edition is known by the start of its checksum."""
    if not isinstance(cell, str) or len(cell) <= WIDEST:
        return cell
    publisher, _, rest = cell.partition("|")
    if rest.count("|") == 2:
        return f"{publisher} {rest.rpartition('|')[2][:12]}"
    return cell[: WIDEST - 1] + "…"


def all_claims(store: Path, *, packaged: bool = True) -> tuple[Claim, ...]:
    """The claims that come with Sagwan, and those of the store where it is there."""
    return unique([*(load_packaged() if packaged else ()), *Store(store).claims()])


def _write_parquet(claims: Sequence[Claim], path: Path) -> None:
    from sagwan.compare.store.parquet import write_parquet  # noqa: PLC0415 - only for those who ask

    write_parquet(claims, path)


def _report(name: str, one: Understood, known: dict[str, Claim], box: Store) -> dict[str, Any]:
    """What was understood of a file, as plain data."""
    fresh = [claim for claim in one.claims if claim.id not in known]
    changed = _restated(fresh, known)
    again = box.holds(one.edition.sha256)
    return {
        "file": name,
        **one.to_json(),
        "editions": sorted({claim.edition for claim in one.claims if claim.edition}),
        "states": dict(sorted(Counter(claim.read.code.value for claim in one.claims).items())),
        "new": 0 if again else len(fresh),
        "imported_before": again,
        "restated": dict(sorted(Counter(change.cause.value for change in changed).items())),
        "stored": None,
    }


def _restated(fresh: Sequence[Claim], known: dict[str, Claim]) -> list[Change]:
    """What is restated now that was not before: by the new claims, or of them where they are older."""
    providers = {claim.provider for claim in fresh}
    beside = [claim for claim in known.values() if claim.provider in providers]
    before = set(restatements(beside))
    return [change for change in restatements([*beside, *fresh]) if change not in before]


def _add(report: dict[str, Any], name: str, one: Understood, box: Store) -> None:
    added = box.add(
        one.claims,
        one.edition.sha256,
        title=Path(name).name or name,
        source_format=one.format,
        retrieved=one.edition.retrieved,
    )
    report["new"] = len(added.claims)
    report["stored"] = str(added.file) if added.file else None


def _agreed(reports: Sequence[dict[str, Any]], store: Path) -> bool:
    if not sys.stdin.isatty():
        raise Unusable("nothing was stored: there is nobody to ask", hint="add --yes to store")
    count = sum(report["new"] for report in reports)
    return bool(typer.confirm(f"Store {count:,} new claims in {store}?"))


def _say(report: dict[str, Any], one: Understood) -> None:
    """What was understood, for people."""
    say(f"{report['file']}: {one.format}")
    say(f"  {one.rows:,} rows, {len(one.claims):,} claims, {report['new']:,} of them new")
    if report["imported_before"]:
        say("  this file was imported before")
    say(f"  periods: {_spread(one.periods)}")
    say(f"  countries: {_spread([code or '(none named)' for code in one.jurisdictions])}")
    say(f"  states: {_counts(report['states'])}")
    if report["restated"]:
        say(f"  beside what is stored: {_counts(report['restated'])}")
    for edition in report["editions"][:SHOWN]:
        say(f"  edition: {edition}")
    _say_some("could not read", [f"{u.spot}: {u.printed[:60]!r}: {u.why}" for u in one.unread])
    _say_some("warning", [f"{w.spot}: {w.text}" for w in one.warnings])


def _say_some(what: str, lines: Sequence[str]) -> None:
    if lines:
        say(f"  {what}: {len(lines):,}")
    for line in lines[:SHOWN]:
        say(f"    {' '.join(line.split())}")
    if len(lines) > SHOWN:
        say(f"    and {len(lines) - SHOWN:,} more (--json names all)")


def _spread(items: Sequence[str]) -> str:
    if len(items) <= SHOWN:
        return ", ".join(items) or "none"
    return f"{len(items):,}, from {items[0]} to {items[-1]}"


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items())
