"""`sagwan compare`: every published figure of a half-year beside its rivals."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from sagwan.cli.answers import Cell, Column, Form, Grid, Kind
from sagwan.cli.errors import Refused, Unusable
from sagwan.cli.gather import gather, language
from sagwan.cli.options import (
    DEFAULT_STORE,
    Csv,
    Force,
    Json,
    Keys,
    Lang,
    MoreClaims,
    Packaged,
    Parquet,
    PolicyFile,
    StorePath,
)
from sagwan.cli.output import DISPUTED, NO_NUMBER, Shown, progress, say, say_table
from sagwan.cli.speech import Speech, speech
from sagwan.cli.trust import trust_of
from sagwan.compare import Band, Comparison, Exact, Reconciled, Recount, Source, Status, recount
from sagwan.compare import compare as reconcile
from sagwan.compare.banded import banded_claims
from sagwan.compare.claim import Claim
from sagwan.compare.value import bounds
from sagwan.compare.words import Language, amount, who
from sagwan.record.period import Period
from sagwan.verify import Trust, Verdict, verify

_COLUMNS = (
    Column("figure"),
    Column("status"),
    Column("value"),
    Column("low", Kind.NUMBER),
    Column("high", Kind.NUMBER),
    Column("why"),
    Column("voices", Kind.COUNT),
    Column("preferred"),
    Column("source"),
    Column("rivals"),
    Column("explanations"),
)
_MARKS = {
    Status.AGREED: "=",
    Status.DISPUTED: DISPUTED,
    Status.SINGLE_SOURCE: "1",
    Status.DERIVED: "+",
    Status.BANDED: "~",
    Status.MISSING: "-",
}
EVERYTHING = "all"
"""In place of a period: all of them."""


def compare(
    period: Annotated[
        str, typer.Argument(metavar="PERIOD", help="A half-year or year, as 2016H1 or 2016; or all.")
    ],
    claims: MoreClaims = None,
    store: StorePath = DEFAULT_STORE,
    packaged: Packaged = True,
    published: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH-OR-URL", help="A published folder, to be recounted; repeat it."),
    ] = None,
    key: Keys = None,
    policy: PolicyFile = None,
    only: Annotated[
        str, typer.Option(metavar="STATUS", help="Only figures that are agreed, disputed, …")
    ] = "",
    site: Annotated[
        Path | None, typer.Option("--site", metavar="OUT", help="Write the comparison as a site there.")
    ] = None,
    address: Annotated[
        str, typer.Option(metavar="URL", help="Where the site will stand, for its citations and its feed.")
    ] = "",
    contact: Annotated[
        str, typer.Option(metavar="MAIL-OR-URL", help="Where the site's readers report an error.")
    ] = "",
    lang: Lang = "en",
    as_csv: Csv = False,
    parquet: Parquet = "",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Set every published figure of a half-year beside its rivals.

    Uses the claims that come with Sagwan, as they were printed, those of the store, and yours. Says of
    each figure whether the sources agree, which value is preferred and over what, and what explains the
    difference.
    Marks: = agreed, ! disputed, 1 single source, + derived, ~ banded, - missing (which is never 0).
    A published folder's figures are 'recounted', and preferred to all others, where --key or --policy
    vouches for its log; without, they are taken as the provider's own word.

    \b
    Examples:
      sagwan compare 2016H1
      sagwan compare 2016H1 --only disputed --lang ko
      sagwan compare 2016H1 --json | jq '.figures[] | select(.status == "disputed")'
      sagwan compare 2016H1 --claims ./my-claims --published ./public --key kakao.key --site ./site
      sagwan compare all --parquet figures.parquet
      sagwan compare all --site ./observatory --address https://figures.example.org/ \\
        --contact mailto:figures@example.org

    \b
    Exit codes: 0; 1 a published folder does not verify; 2 no such period, a table of claims is wrong, or a
      file is there already.
    """
    form = Form(as_csv, as_json, parquet, force)
    lang = language(lang)
    if only and only not in list(Status):
        raise Unusable(f"{only!r} is not a status", hint=f"one of {', '.join(Status)}")
    found = gather(store, claims, packaged=packaged)
    if (address or contact) and (site is None or period != EVERYTHING):
        raise Unusable("--address and --contact are of a site of all periods", hint="compare all --site OUT")
    trust = trust_of(key, policy)
    verdicts = {source: _verified(source, trust) for source in published or ()}
    recounts = [one for source, verdict in verdicts.items() for one in _recounts(source, verdict)]
    comparison = reconcile(found, None if period == EVERYTHING else period, recounts=recounts)
    if not comparison.figures:
        raise Unusable(f"no claim is about {period}", hint="write a half-year as 2016H1, a year as 2016")
    if site is not None:
        count = _write_site(comparison, period, verdicts, site, address, contact)
        if form.for_people:
            say(f"{site}: {count:,} files")
    shown = [figure for figure in comparison.figures if not only or figure.status == only]
    form.give(
        lambda: Grid(_COLUMNS, [_cells(one) for one in shown]),
        document=lambda: {"period": period, "figures": [figure.to_json() for figure in shown]},
        people=lambda: say_comparison(comparison, shown, lang),
    )


def _verified(source: str, trust: Trust) -> Verdict:
    """A published folder's verdict; raise FolderFails where a check fails."""
    with progress(f"recounting {source}") as tick:
        verdict = verify(source, trust=trust, progress=tick)
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
        told = Source(half.report.provider, half.period, source, half.report.names["en"], half.period[:4])
        taken = recount(
            half.rows,
            told,
            synthetic=half.report.synthetic,
            withheld=sum(half.withheld.values()),
            vouched=verdict.exit_code == 0,
        )
        banded = tuple(banded_claims(half.banded, told, synthetic=half.report.synthetic))
        yield replace(taken, claims=(*taken.claims, *banded))


def _write_site(
    comparison: Comparison,
    period: str,
    verdicts: Mapping[str, Verdict],
    site: Path,
    address: str,
    contact: str,
) -> int:
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
    return build_site(comparison, folders, site, labels=labels(day), contact=contact, address=address)


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
    told = speech(lang)
    shown = comparison.figures if figures is None else figures
    quiet = [one for one in shown if one.status is not Status.DISPUTED]
    if quiet:
        heads = ("", *map(told, ("figure", "value", "status", "source")))
        say_table(heads, [_row(one, lang, told) for one in quiet])
        say()
    disputed = [one for one in shown if one.status is Status.DISPUTED]
    if disputed:
        say(told("Where sources disagree"))
    for one in disputed:
        _say_dispute(one, lang)
    say()
    counts = [f"{told(status)} {len(comparison.with_status(status)):,}" for status in Status]
    if lang == "en":
        counts = [f"{len(comparison.with_status(status)):,} {status}" for status in Status]
    say(f"{comparison.period or told('all periods')}: {', '.join(counts)}")


def _row(one: Reconciled, lang: Language, told: Speech) -> tuple[str, ...]:
    source = who([one.preferred], lang) if one.preferred else ""
    badges = [f"{badge.count:,} {badge.label(lang)}" for badge in one.badges]
    about = "; ".join(part for part in (source, *badges) if part)
    return _MARKS[one.status], str(one.figure), Shown(_value(one)), told(one.status), about


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
    return NO_NUMBER if one.value is None else amount(one.value)


def _cells(one: Reconciled) -> tuple[Cell, ...]:
    low, high = bounds(one.value) if one.value is not None else (None, None)
    return (
        str(one.figure),
        one.status.value,
        amount(one.value).replace(",", "") if one.value is not None else None,
        low,
        high,
        one.why.value if one.why else None,
        one.voices,
        one.preferred.id if one.preferred else None,
        one.preferred.source_url if one.preferred else None,
        " ".join(claim.id for claim in one.rivals),
        " ".join(one.codes),
    )
