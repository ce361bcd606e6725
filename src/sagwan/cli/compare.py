"""`sagwan compare`: every published figure of a half-year beside its rivals."""

import csv
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from sagwan.cli.errors import Refused, Unusable
from sagwan.cli.options import Json, Lang
from sagwan.cli.output import say, say_json, say_table
from sagwan.compare import (
    Band,
    Comparison,
    Exact,
    Reconciled,
    Recount,
    Source,
    Status,
    load,
    load_packaged,
    recount,
)
from sagwan.compare import compare as reconcile
from sagwan.compare.claim import Claim
from sagwan.compare.words import Language, amount, who
from sagwan.record.period import Period
from sagwan.verify import Trust, Verdict, verify

_COLUMNS = ("figure", "status", "value", "preferred", "source", "rivals", "explanations")
_MARKS = {
    Status.AGREED: "=",
    Status.DISPUTED: "!",
    Status.SINGLE_SOURCE: "1",
    Status.DERIVED: "+",
    Status.BANDED: "~",
    Status.MISSING: "-",
}


EVERYTHING = "all"
"""In place of a period: all of them."""
_TITLES: dict[Language, str] = {"en": "Where sources disagree", "ko": "출처가 서로 다른 곳"}


def compare(
    period: Annotated[
        str, typer.Argument(metavar="PERIOD", help="A half-year or year, as 2016H1 or 2016; or all.")
    ],
    claims: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH", help="More claims: a CSV file or a folder of them; repeat it."),
    ] = None,
    published: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH-OR-URL", help="A published folder, to be recounted; repeat it."),
    ] = None,
    only: Annotated[
        str, typer.Option(metavar="STATUS", help="Only figures that are agreed, disputed, …")
    ] = "",
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, a row a figure.")] = False,
    site: Annotated[
        Path | None, typer.Option("--site", metavar="OUT", help="Write the comparison as a site there.")
    ] = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> None:
    """Set every published figure of a half-year beside its rivals.

    Uses the claims that come with Sagwan, as they were printed, and yours. Says of each figure whether
    the sources agree, which value is preferred and over what, and what explains the difference.
    Marks: = agreed, ! disputed, 1 single source, + derived, ~ banded, - missing (which is never 0).

    \b
    Examples:
      sagwan compare 2016H1
      sagwan compare 2016H1 --only disputed --lang ko
      sagwan compare 2016H1 --json | jq '.figures[] | select(.status == "disputed")'
      sagwan compare 2016H1 --claims ./my-claims --published ./public --site ./site
      sagwan compare all --only disputed
      sagwan compare all --site ./observatory

    \b
    Exit codes: 0; 1 a published folder does not verify; 2 no such period, or a table of claims is wrong.
    """
    if as_json and as_csv:
        raise Unusable("--json and --csv exclude each other")
    if only and only not in list(Status):
        raise Unusable(f"{only!r} is not a status", hint=f"one of {', '.join(Status)}")
    if lang not in ("en", "ko"):
        raise Unusable(f"{lang!r} is not a language here", hint="en or ko")
    found = [*load_packaged(), *(claim for path in claims or () for claim in load(path))]
    verdicts = {source: _verified(source) for source in published or ()}
    recounts = [one for source, verdict in verdicts.items() for one in _recounts(source, verdict)]
    comparison = reconcile(found, None if period == EVERYTHING else period, recounts=recounts)
    if not comparison.figures:
        raise Unusable(f"no claim is about {period}", hint="write a half-year as 2016H1, a year as 2016")
    if site is not None:
        count = _write_site(comparison, period, verdicts, site)
        if not as_json and not as_csv:
            say(f"{site}: {count:,} files")
    shown = [figure for figure in comparison.figures if not only or figure.status == only]
    if as_json:
        say_json({"period": period, "figures": [figure.to_json() for figure in shown]})
    elif as_csv:
        _csv(shown)
    else:
        say_comparison(comparison, shown, "ko" if lang == "ko" else "en")


def _verified(source: str) -> Verdict:
    """A published folder's verdict; raise FolderFails where a check fails."""
    verdict = verify(source, trust=Trust())
    if not verdict.holds:
        failed = [str(check.number) for check in verdict.checks if check.failures]
        raise FolderFails(
            f"{source} does not verify: check {', '.join(failed)}", hint=f"sagwan verify {source}"
        )
    return verdict


def _recounts(source: str, verdict: Verdict) -> Iterator[Recount]:
    """What a published folder brings into a comparison, half-year by half-year."""
    for half in verdict.periods:
        if half.report is None:
            continue
        about = Source(half.report.provider, half.period, source, half.report.names["en"], half.period[:4])
        withheld = sum(half.withheld.values())
        yield recount(half.rows, about, synthetic=half.report.synthetic, withheld=withheld)


def _write_site(comparison: Comparison, period: str, verdicts: Mapping[str, Verdict], site: Path) -> int:
    from sagwan.cli.wiring import labels  # noqa: PLC0415 - only a site needs the law packs
    from sagwan.compare.site import Folder, build_site  # noqa: PLC0415 - only a site needs templates

    folders = [
        Folder(half.report.provider, half.period, _address(source, site), half.report.synthetic)
        for source, verdict in verdicts.items()
        for half in verdict.periods
        if half.report is not None and period in (half.period, EVERYTHING)
    ]
    if period == EVERYTHING:
        newest = max(str(one.figure.period)[:4] for one in comparison.figures)
        day = Period.parse(f"{newest}H2")
    else:
        day = Period.parse(period if "H" in period else f"{period}H2")
    return build_site(comparison, folders, site, labels=labels(day))


def _address(source: str, site: Path) -> str:
    """From the site's root to a published folder."""
    if source.startswith(("http://", "https://")):
        return source.rstrip("/") + "/"
    return Path(os.path.relpath(source, site)).as_posix() + "/"


class FolderFails(Refused):
    """A published folder that does not verify: its figures are not taken in."""


def say_comparison(
    comparison: Comparison, figures: Sequence[Reconciled] | None = None, lang: Language = "en"
) -> None:
    """Print figures (all, where none are given) for people: first those that nobody disputes, a row each,
    then where sources disagree, with each rival value, who prints it, and what explains the difference."""
    shown = comparison.figures if figures is None else figures
    quiet = [one for one in shown if one.status is not Status.DISPUTED]
    if quiet:
        say_table(("", "figure", "value", "status", "source"), [_row(one, lang) for one in quiet])
        say()
    disputed = [one for one in shown if one.status is Status.DISPUTED]
    if disputed:
        say(_TITLES[lang])
    for one in disputed:
        _say_dispute(one, lang)
    say()
    counts = [f"{len(comparison.with_status(status)):,} {status}" for status in Status]
    say(f"{comparison.period or EVERYTHING}: {', '.join(counts)}")


def _row(one: Reconciled, lang: Language) -> tuple[str, ...]:
    source = who([one.preferred], lang) if one.preferred else ""
    badges = [f"{badge.count:,} {badge.label(lang)}" for badge in one.badges]
    told = "; ".join(part for part in (source, *badges) if part)
    return _MARKS[one.status], str(one.figure), _value(one), one.status, told


def _say_dispute(one: Reconciled, lang: Language) -> None:
    say()
    say(f"{_MARKS[one.status]} {one.figure}")
    say(f"  {_value(one):>12}  {who(one.supporters, lang)}")
    rivals: dict[str, list[Claim]] = {}
    for rival in one.rivals:
        value = amount(rival.read) if isinstance(rival.read, Exact | Band) else rival.value
        rivals.setdefault(value, []).append(rival)
    for value, claims in rivals.items():
        say(f"  {value:>12}  {who(claims, lang)}")
    for explanation in one.explanations:
        say(f"  {'':>12}  {explanation.code}: {explanation.sentence(lang)}")
    for badge in one.badges:
        say(f"  {badge.count:>12,}  {badge.label(lang)}")


def _value(one: Reconciled) -> str:
    if isinstance(one.value, Exact):
        return f"{one.value.number:,}"
    return f"{one.value.low:,}–{one.value.high:,}" if isinstance(one.value, Band) else "–"


def _csv(figures: Sequence[Reconciled]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for one in figures:
        preferred = one.preferred
        writer.writerow(
            (
                one.figure,
                one.status,
                _value(one).replace(",", "") if one.value else "",
                preferred.id if preferred else "",
                preferred.source_url if preferred else "",
                " ".join(claim.id for claim in one.rivals),
                " ".join(one.codes),
            )
        )
