"""`sagwan figure`: one figure with every claim on it, its editions and its explanations."""

import difflib
import re
from collections.abc import Sequence
from typing import Annotated

import typer

from sagwan.cli.answers import Cell, Column, Form, Grid, Kind
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
from sagwan.cli.output import Shown, say, say_table
from sagwan.cli.speech import Speech, speech
from sagwan.compare import Claim, Figure, Reconciled
from sagwan.compare import compare as reconcile
from sagwan.compare.claim import WIDE_COLUMNS
from sagwan.compare.editions import Change, restatements
from sagwan.compare.figure import parse_key
from sagwan.compare.value import Missing, bounds
from sagwan.compare.words import Language, amount

_ID = re.compile(r"[0-9a-f]{16}")
_COLUMNS = (
    Column("standing"),
    Column("id"),
    *(Column(name) for name in WIDE_COLUMNS),
    Column("read_state"),
    Column("read_low", Kind.NUMBER),
    Column("read_high", Kind.NUMBER),
)


def figure(
    key: Annotated[
        str,
        typer.Argument(
            metavar="KEY", help="provider/service/country/period/category/metric[/part], or a claim's id."
        ),
    ],
    claims: MoreClaims = None,
    store: StorePath = DEFAULT_STORE,
    packaged: Packaged = True,
    lang: Lang = "en",
    as_csv: Csv = False,
    parquet: Parquet = "",
    force: Force = False,
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
    Exit codes: 0; 2 there is no such figure, a table of claims is wrong, or the file is there already.
    """
    form, spoken = Form(as_csv, as_json, parquet, force), language(lang)
    found = gather(store, claims, packaged=packaged)
    wanted = _wanted(key, found)
    one = reconcile(found, wanted.period).by_key.get(wanted)
    if one is None:
        raise Unusable(f"no claim is about {wanted}", hint=_near(wanted, found))
    beside = [c for c in found if c.provider == wanted.provider and c.period == wanted.period]
    changes = [change for change in restatements(beside) if change.figure == wanted]
    form.give(
        lambda: Grid(_COLUMNS, [_cells(claim, one) for claim in one.claims]),
        document=lambda: _document(one, changes, spoken),
        people=lambda: _say(one, changes, spoken),
    )


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


def _document(one: Reconciled, changes: Sequence[Change], lang: Language) -> dict[str, object]:
    claims = [
        {"standing": _standing(claim, one), "id": claim.id, "state": claim.read.code.value}
        | {column: str(getattr(claim, column)) for column in WIDE_COLUMNS if getattr(claim, column)}
        for claim in one.claims
    ]
    restated = [change.to_json() | {"sentence": change.sentence(lang)} for change in changes]
    return {"key": str(one.figure), **one.to_json(), "claims": claims, "restatements": restated}


def _cells(claim: Claim, one: Reconciled) -> tuple[Cell, ...]:
    low, high = (None, None) if isinstance(claim.read, Missing) else bounds(claim.read)
    printed = (str(getattr(claim, name)) for name in WIDE_COLUMNS)
    return (_standing(claim, one), claim.id, *printed, claim.read.code.value, low, high)


def _say(one: Reconciled, changes: Sequence[Change], lang: Language) -> None:
    told = speech(lang)
    decided = f", {told('decided by')}: {told(one.why.value)}" if one.why else ""
    say(str(one.figure))
    say(f"  {_value(one, told)}  {told(one.status)}{decided}")
    say()
    rows = [
        (
            told(_standing(c, one)),
            Shown(c.value),
            told(c.read.code.value),
            c.source_publisher,
            c.source_date,
            c.id,
        )
        for c in one.claims
    ]
    say_table(("", *map(told, ("printed", "state", "source", "date", "claim"))), rows)
    if one.explanations or one.conflicts or changes:
        say()
    for explanation in one.explanations:
        say(f"{explanation.code}: {explanation.sentence(lang)}")
    for conflict in one.conflicts:
        say(f"{told('conflict')}: {conflict.sentence(lang)}")
    for change in changes:
        say(f"{told(change.cause.value)}: {change.sentence(lang)}")


def _value(one: Reconciled, told: Speech) -> str:
    return f"{told('no number')} ({one.missing})" if one.value is None else amount(one.value)
