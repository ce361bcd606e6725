"""`sagwan claims import`: bring files of published figures into a store of claims."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from sagwan.cli.errors import Refused, Unusable
from sagwan.cli.gather import language
from sagwan.cli.options import DEFAULT_STORE, Json, Keys, Lang, PolicyFile, StorePath
from sagwan.cli.output import progress, say, say_json, warn
from sagwan.cli.speech import Speech, speech
from sagwan.cli.trust import trust_of
from sagwan.cli.understood import Report, checksum, report, say_report
from sagwan.compare.importers import Origin, Understood, read
from sagwan.compare.store import Batch, Store
from sagwan.record.errors import SagwanError
from sagwan.verify import Trust


@dataclass(frozen=True, slots=True)
class _Asked:
    """A file as it was named, and what came of reading it."""

    name: str
    understood: Understood | None
    error: SagwanError | None


def import_claims(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="Files, archives, folders or published folders.")
    ],
    store: StorePath = DEFAULT_STORE,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what was understood.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Store without asking.")] = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Store the sound files, though others cannot be read.")
    ] = False,
    key: Keys = None,
    policy: PolicyFile = None,
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
    lang: Lang = "en",
    as_json: Json = False,
) -> None:
    """Bring files of published figures into a store of claims.

    Recognises each file by its content, says what it understood and what it could not read, and asks before
    it stores anything. Nothing is overwritten: a later edition of a source is kept beside the earlier one,
    and what it says otherwise is told with its cause. Importing a file twice changes nothing.

    Several files are stored together or not at all; --skip-bad stores those that could be read.

    A folder published by Sagwan is recounted first. Its figures are 'recounted' only where the recount holds
    with a key or a policy that you name; without, they are the provider's own word. Import it again with
    --key, and the recounted figures are kept beside.

    \b
    Examples:
      sagwan claims import google-user-data-requests.zip --dry-run
      sagwan claims import 2013_H1.csv --address https://example.org/2013_H1.csv --retrieved 2026-07-01
      sagwan claims import 2019/ 2024/ broken.csv --skip-bad --yes
      sagwan claims import https://transparency.example/kakao --key kakao.key
      sagwan claims import ./public --store ./my-claims --yes --json

    \b
    Exit codes: 0; 1 with --skip-bad, a file was left out; 2 a file is not known, broken or too large, or the
      store cannot be used: nothing is stored.
    """
    if as_json and not (yes or dry_run):
        raise Unusable("--json cannot ask", hint="add --yes to store, or --dry-run to look only")
    told = speech(language(lang))
    origin = Origin(address, publisher, date, None, retrieved, period, provider)
    box = Store(store)
    known = {claim.id: claim for claim in box.claims()}
    asked = _read_all(files, origin, trust_of(key, policy))
    reports: list[Report] = []
    for one in asked:
        if one.understood:
            reports.append(report(one.name, one.understood, known, box))
            known |= {claim.id: claim for claim in one.understood.claims}
    if not as_json:
        for each in reports:
            say_report(each, language(lang))
    bad = [one for one in asked if one.error]
    _refuse(bad, asked, skip_bad=skip_bad)
    if not dry_run and any(each.new for each in reports) and (yes or _agreed(reports, store, told)):
        _store(reports, box, told)
    if as_json:
        say_json(_document(store, asked, reports, dry_run=dry_run))
    else:
        _say_outcome(reports, told)
    if bad:
        raise Refused(f"{len(bad)} of {len(asked)} files were left out", hint="the others were taken")


def _read_all(files: Sequence[str], origin: Origin, trust: Trust) -> list[_Asked]:
    """Read each file; what cannot be read is kept with its error, so that all of them can be told at once."""
    found = []
    with progress("reading") as tick:
        for place, name in enumerate(files):
            # A single file has no share to show: the bar then only moves.
            if len(files) > 1:
                tick(place, len(files))
            try:
                found.append(_Asked(name, read(name, origin=origin, trust=trust), None))
            except SagwanError as error:
                found.append(_Asked(name, None, error))
    return found


def _refuse(bad: Sequence[_Asked], asked: Sequence[_Asked], *, skip_bad: bool) -> None:
    """Name each file that cannot be read; raise where that leaves nothing to do."""
    if not bad:
        return
    only = bad[0].error
    if len(asked) == 1 and only is not None:
        raise only
    for one in bad:
        assert one.error is not None  # noqa: S101 - chosen by it
        warn(f"{one.name}: {one.error.message}", one.error.hint)
    if len(bad) == len(asked) or not skip_bad:
        sound = len(asked) - len(bad)
        raise Unusable(
            f"{len(bad)} of {len(asked)} files cannot be read: nothing was stored",
            hint=f"--skip-bad stores the {sound} that can be" if sound else "",
        )


def _agreed(reports: Sequence[Report], store: Path, told: Speech) -> bool:
    if not sys.stdin.isatty():
        raise Unusable("nothing was stored: there is nobody to ask", hint="add --yes to store")
    count = sum(each.new for each in reports)
    return bool(typer.confirm(told("Store {count} new claims in {store}?", count=f"{count:,}", store=store)))


def _store(reports: Sequence[Report], box: Store, told: Speech) -> None:
    batches = [
        Batch(
            each.understood.claims,
            checksum(each.understood),
            Path(each.name).name or each.name,
            each.understood.format,
            each.understood.edition.retrieved,
        )
        for each in reports
    ]

    def waiting() -> None:
        warn(told("another import is writing to {store}; waiting for it", store=box.folder))

    with progress("storing"):
        added = box.add_all(batches, waiting=waiting)
    for each, one in zip(reports, added, strict=True):
        each.new, each.stored = len(one.claims), one.file


def _say_outcome(reports: Sequence[Report], told: Speech) -> None:
    for each in reports:
        if each.stored:
            say(told("stored {count} claims in {file}", count=f"{each.new:,}", file=each.stored))
    if reports and not any(each.new for each in reports):
        say(told("nothing new: every claim is in the store already"))


def _document(
    store: Path, asked: Sequence[_Asked], reports: Sequence[Report], *, dry_run: bool
) -> dict[str, object]:
    bad = [{"file": one.name, "error": one.error.message} for one in asked if one.error]
    return {
        "store": str(store),
        "dry_run": dry_run,
        "files": [each.to_json() for each in reports],
        "left_out": bad,
    }
