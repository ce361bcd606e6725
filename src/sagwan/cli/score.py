"""`sagwan score`: what a provider's report tells, point by point, each with its evidence."""

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from sagwan.cli.answers import Cell, Column, Form, Grid
from sagwan.cli.errors import Unusable
from sagwan.cli.gather import gather, language
from sagwan.cli.options import (
    DEFAULT_STORE,
    Csv,
    Force,
    Json,
    Lang,
    MoreClaims,
    Packaged,
    Parquet,
    StorePath,
)
from sagwan.cli.output import say, say_table
from sagwan.cli.speech import speech
from sagwan.compare import Comparison, compare
from sagwan.compare.score import Point, Sheet, reporting
from sagwan.compare.score import score as score_of
from sagwan.compare.words import Language

_NAMES = ("provider", "period", "scheme", "point", "question", "answer", "figures", "policies", "sources")


def score(
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="A half-year or year, as 2016H1 or 2016.")],
    provider: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this provider; repeat it.")
    ] = None,
    claims: MoreClaims = None,
    store: StorePath = DEFAULT_STORE,
    packaged: Packaged = True,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Show what each answer rests on (always for one provider).")
    ] = False,
    lang: Lang = "en",
    as_csv: Csv = False,
    parquet: Parquet = "",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Score what providers' reports disclose, point by point.

    Ranking Digital Rights P11a, P10a and P12, the Open Technology Institute's template and the DSA's sheet.
    Every answer names the figures and policies it rests on, with their addresses. 'unknown' is not 'no':
    nothing that we hold answers the point.

    \b
    Examples:
      sagwan score 2016H1
      sagwan score 2016H1 --provider naver --lang ko
      sagwan score 2016H1 --csv --provider naver --provider google
      sagwan score 2016H1 --json | jq '.sheets[] | select(.scheme == "P11a") | {provider, yes, known}'

    \b
    Exit codes: 0; 2 no claim about the period or provider, a table of claims is wrong, or the file is there
      already.
    """
    form, spoken = Form(as_csv, as_json, parquet, force), language(lang)
    comparison = compare(gather(store, claims, packaged=packaged))
    names = list(dict.fromkeys(provider or reporting(comparison, period)))
    if not names:
        raise Unusable(f"no provider's own figures of {period} are here", hint="write a half-year as 2016H1")
    sheets = [sheet for name in names for sheet in score_of(comparison, name, period)]
    form.give(
        lambda: Grid(tuple(map(Column, _NAMES)), list(_rows(sheets, comparison))),
        document=lambda: {"period": period, "sheets": [_document(sheet, comparison) for sheet in sheets]},
        people=lambda: _say(sheets, names, comparison, spoken, evidence=evidence or len(names) == 1),
    )


def _rows(sheets: Sequence[Sheet], comparison: Comparison) -> Iterator[tuple[Cell, ...]]:
    for sheet in sheets:
        for point in sheet.points:
            yield (
                sheet.provider,
                sheet.period,
                sheet.scheme,
                point.id,
                point.question,
                point.answer.value,
                " ".join(map(str, point.evidence.figures)),
                " ".join(policy.id for policy in point.evidence.policies),
                " ".join(dict.fromkeys(link["source_url"] for link in _links(point, comparison))),
            )


def _document(sheet: Sheet, comparison: Comparison) -> dict[str, object]:
    points = [point.to_json() | {"evidence": list(_links(point, comparison))} for point in sheet.points]
    return sheet.to_json() | {"points": points}


def _links(point: Point, comparison: Comparison) -> Iterator[dict[str, str]]:
    """What an answer rests on, each with the address of who says so."""
    for figure in point.evidence.figures:
        claim = next(one for one in comparison.by_key[figure].claims if one.source_kind.is_provider)
        yield {
            "figure": str(figure),
            "claim": claim.id,
            "value": claim.value,
            "source_publisher": claim.source_publisher,
            "source_url": claim.source_url,
        }
    for policy in point.evidence.policies:
        yield {
            "policy": policy.id,
            "en": policy.text["en"],
            "ko": policy.text["ko"],
            "source_publisher": policy.publisher,
            "source_url": policy.source,
        }


def _say(
    sheets: Sequence[Sheet],
    names: Sequence[str],
    comparison: Comparison,
    lang: Language,
    *,
    evidence: bool,
) -> None:
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
        if evidence:
            _say_evidence(mine, comparison, lang)
        say()
    say("  ".join(f"{sign} {translate(word)}" for sign, word in ANSWERS.values()))


def _say_evidence(sheets: Sequence[Sheet], comparison: Comparison, lang: Language) -> None:
    told = speech(lang)
    rows = [
        (
            point.id,
            sheet.provider,
            f"{link['figure']} = {link['value']}" if "figure" in link else link[lang],
            f"{link['source_publisher']} {link['source_url']}",
        )
        for sheet in sheets
        for point in sheet.points
        for link in _links(point, comparison)
    ]
    if rows:
        say()
        say_table(("", told("provider"), told("evidence"), told("source")), rows)
