"""`sagwan figure`: one figure with every claim on it, its editions and its explanations."""

import csv
import difflib
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sagwan.cli.claims import DEFAULT_STORE, Csv, StorePath, all_claims
from sagwan.cli.errors import Unusable
from sagwan.cli.options import Json, Lang
from sagwan.cli.output import say, say_json, say_table
from sagwan.compare import Band, Claim, Exact, Figure, Reconciled, load
from sagwan.compare import compare as reconcile
from sagwan.compare.claim import WIDE_COLUMNS
from sagwan.compare.editions import Change, restatements
from sagwan.compare.figure import parse_key
from sagwan.compare.load import unique

_ID = re.compile(r"[0-9a-f]{16}")


def figure(
    key: Annotated[
        str,
        typer.Argument(
            metavar="KEY", help="provider/service/country/period/category/metric[/part], or a claim's id."
        ),
    ],
    store: StorePath = DEFAULT_STORE,
    claims: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH", help="More claims: a CSV file or a folder of them; repeat it."),
    ] = None,
    lang: Lang = "en",
    as_csv: Csv = False,
    as_json: Json = False,
) -> None:
    """Show one figure with every claim on it, what they differ in and why, and its editions.

    Uses the claims that come with Sagwan, those of the store, and yours. `-` stands for a category or country
    that is not named.

    \b
    Examples:
      sagwan figure kakao/kakao/KR/2016H1/communication-confirmation/processed
      sagwan figure google/google/US/2017H1/wiretap-orders/requested --lang ko
      sagwan figure ae6e5bc3e65edff5 --json

    \b
    Exit codes: 0; 2 there is no such figure, or a table of claims is wrong.
    """
    if as_json and as_csv:
        raise Unusable("--json and --csv exclude each other")
    if lang not in ("en", "ko"):
        raise Unusable(f"{lang!r} is not a language here", hint="en or ko")
    found = unique([*all_claims(store), *(claim for path in claims or () for claim in load(path))])
    wanted = _wanted(key, found)
    one = reconcile(found, wanted.period).by_key.get(wanted)
    if one is None:
        raise Unusable(f"no claim is about {wanted}", hint=_near(wanted, found))
    beside = [c for c in found if c.provider == wanted.provider and c.period == wanted.period]
    changes = [change for change in restatements(beside) if change.figure == wanted]
    if as_json:
        say_json(_document(one, changes, lang))
    elif as_csv:
        _csv(one)
    else:
        _say(one, changes, lang)


def _wanted(key: str, claims: Sequence[Claim]) -> Figure:
    if _ID.fullmatch(key):
        for claim in claims:
            if claim.id == key:
                return claim.figure
        raise Unusable(f"no claim has the id {key}", hint="sagwan claims list standing names ids")
    try:
        return parse_key(key)
    except ValueError as error:
        raise Unusable(str(error), hint="sagwan claims list figures names them all") from None


def _near(wanted: Figure, claims: Sequence[Claim]) -> str:
    keys = {str(claim.figure) for claim in claims if claim.provider == wanted.provider}
    near = difflib.get_close_matches(str(wanted), sorted(keys), n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else "sagwan claims list figures names them all"


def _standing(claim: Claim, one: Reconciled) -> str:
    if claim == one.preferred:
        return "preferred"
    return "rival" if claim in one.rivals else "same" if claim.read == one.value else "other"


def _document(one: Reconciled, changes: Sequence[Change], lang: str) -> dict[str, object]:
    claims = [
        {"standing": _standing(claim, one), "id": claim.id, "state": claim.read.code.value}
        | {column: str(getattr(claim, column)) for column in WIDE_COLUMNS if getattr(claim, column)}
        for claim in one.claims
    ]
    restated = [
        change.to_json() | {"sentence": change.sentence(lang)}  # type: ignore[arg-type]
        for change in changes
    ]
    return {"key": str(one.figure), **one.to_json(), "claims": claims, "restatements": restated}


def _csv(one: Reconciled) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("standing", "id", *WIDE_COLUMNS))
    for claim in one.claims:
        writer.writerow((_standing(claim, one), claim.id, *(getattr(claim, name) for name in WIDE_COLUMNS)))


def _say(one: Reconciled, changes: Sequence[Change], lang: str) -> None:
    say(str(one.figure))
    say(f"  {_value(one)}  {one.status}" + (f", decided by {one.why}" if one.why else ""))
    say()
    rows = [
        (_standing(c, one), c.value, c.read.code, c.source_publisher, c.source_date, c.id) for c in one.claims
    ]
    say_table(("", "printed", "state", "source", "date", "claim"), rows)
    if one.explanations or one.conflicts:
        say()
    for explanation in one.explanations:
        say(f"{explanation.code}: {explanation.sentence(lang)}")  # type: ignore[arg-type]
    for conflict in one.conflicts:
        say(f"conflict: {conflict.sentence(lang)}")  # type: ignore[arg-type]
    for change in changes:
        say(f"{change.cause}: {change.sentence(lang)}")  # type: ignore[arg-type]


def _value(one: Reconciled) -> str:
    if isinstance(one.value, Band):
        return f"{one.value.low:,}–{one.value.high:,}"
    return f"{one.value.number:,}" if isinstance(one.value, Exact) else f"no number ({one.missing})"
