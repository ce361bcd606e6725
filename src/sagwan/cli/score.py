"""`sagwan score`: what a provider's report tells, point by point, each with its evidence."""

import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sagwan.cli.errors import Unusable
from sagwan.cli.options import Json, Lang
from sagwan.cli.output import say, say_json, say_table
from sagwan.compare import Comparison, compare, load, load_packaged
from sagwan.compare.score import Sheet
from sagwan.compare.score import score as score_of

_COLUMNS = ("provider", "period", "scheme", "point", "answer", "figures", "policies")


def score(
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="A half-year, as 2016H1.")],
    provider: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this provider; repeat it.")
    ] = None,
    claims: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH", help="More claims: a CSV file or a folder of them; repeat it."),
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, a row a point.")] = False,
    lang: Lang = "en",
    as_json: Json = False,
) -> None:
    """Score what providers' reports disclose, point by point.

    Ranking Digital Rights P11a, P10a and P12, the Open Technology Institute's template and the DSA's sheet.
    Every answer names the figures and policies it rests on. 'unknown' is not 'no': nothing that we hold
    answers the point.

    \b
    Examples:
      sagwan score 2016H1
      sagwan score 2016H1 --provider naver --provider google --lang ko
      sagwan score 2016H1 --json | jq '.sheets[] | select(.scheme == "P11a") | {provider, yes, known}'

    \b
    Exit codes: 0; 2 no claim about the period or provider, or a table of claims is wrong.
    """
    if as_json and as_csv:
        raise Unusable("--json and --csv exclude each other")
    if lang not in ("en", "ko"):
        raise Unusable(f"{lang!r} is not a language here", hint="en or ko")
    found = [*load_packaged(), *(claim for path in claims or () for claim in load(path))]
    comparison = compare(found)
    names = provider or _reporting(comparison, period)
    if not names:
        raise Unusable(f"no claim is about {period}", hint="write a half-year as 2016H1")
    sheets = [sheet for name in names for sheet in score_of(comparison, name, period)]
    if as_json:
        say_json({"period": period, "sheets": [sheet.to_json() for sheet in sheets]})
    elif as_csv:
        _csv(sheets)
    else:
        _tables(sheets, names, lang)


def _reporting(comparison: Comparison, period: str) -> list[str]:
    """The providers with a figure of the period that say themselves what they count."""
    from sagwan.compare.series import definitions  # noqa: PLC0415 - only this needs it

    found = {figure.provider for figure in comparison.by_key if figure.period == period}
    return sorted(found & definitions().keys())


def _csv(sheets: Sequence[Sheet]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for sheet in sheets:
        for point in sheet.points:
            figures = " ".join(map(str, point.evidence.figures))
            policies = " ".join(policy.id for policy in point.evidence.policies)
            row = (sheet.provider, sheet.period, sheet.scheme, point.id, point.answer, figures, policies)
            writer.writerow(row)


def _tables(sheets: Sequence[Sheet], names: Sequence[str], lang: str) -> None:
    from sagwan.compare.site.scores import ANSWERS, SCHEMES  # noqa: PLC0415 - templates cost 50 ms
    from sagwan.pages import translator  # noqa: PLC0415

    translate = translator(lang).gettext
    for scheme, title in SCHEMES.items():
        mine = [sheet for sheet in sheets if sheet.scheme == scheme]
        say(translate(title))
        rows = [
            [
                point.id,
                *(ANSWERS[sheet.points[at].answer.value][0] for sheet in mine),
                translate(point.question),
            ]
            for at, point in enumerate(mine[0].points)
        ]
        rows.append(
            ["", *(f"{sheet.yes}/{sheet.known}" for sheet in mine), translate("yes, of those that are known")]
        )
        say_table(["", *names, translate("point")], rows)
        say()
    say("  ".join(f"{sign} {translate(word)}" for sign, word in ANSWERS.values()))
