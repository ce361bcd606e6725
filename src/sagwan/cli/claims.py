"""`sagwan claims list` and `restatements`: see what is in a store of claims, and what its sources changed."""

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
from sagwan.cli.output import NO_NUMBER, Shown, say, say_table
from sagwan.cli.speech import Speech, speech
from sagwan.compare.claim import Claim
from sagwan.compare.editions import Cause, Change, restatements
from sagwan.compare.value import Missing
from sagwan.compare.words import amount

WIDEST = 72
CLAIMS = "claims"


def list_claims(
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="A query: editions, coverage, states, contested, …")
    ] = "editions",
    store: StorePath = DEFAULT_STORE,
    claims: MoreClaims = None,
    packaged: Packaged = True,
    lang: Lang = "en",
    as_csv: Csv = False,
    parquet: Parquet = "",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """List what the claims say: by edition, coverage, state, figure or year, or what is contested.

    \b
    WHAT is one of across, changes, contested, coverage, editions, figures, restated, standing, states,
    unreadable, years, which are queries in plain SQL, run by DuckDB; or claims, for all claims themselves.

    \b
    Examples:
      sagwan claims list
      sagwan claims list contested --csv
      sagwan claims list unreadable --store ./my-claims --no-packaged
      sagwan claims list claims --parquet claims.parquet

    \b
    Exit codes: 0; 2 no such list, the store cannot be read, or the file is there already.
    """
    from sagwan.compare.store.duck import DuckEngine  # noqa: PLC0415 - the engine takes a while to load
    from sagwan.compare.store.queries import NAMES  # noqa: PLC0415 - with the engine

    form, told = Form(as_csv, as_json, parquet, force), speech(language(lang))
    if what not in (*NAMES, CLAIMS):
        raise Unusable(f"there is no list {what!r}", hint=f"one of {', '.join((CLAIMS, *NAMES))}")
    found = gather(store, claims, packaged=packaged)
    if what == CLAIMS:
        grid = _claims(found)
    else:
        engine = DuckEngine(found)
        result = engine.run(what)
        engine.close()
        grid = Grid(_columns(result.columns), result.rows)

    def people() -> None:
        say_table(grid.names, [[_brief(cell) for cell in row] for row in grid.rows])
        say()
        say(told("{count} claims, {rows} rows", count=f"{len(found):,}", rows=f"{len(grid.rows):,}"))

    def document() -> object:
        rows = [dict(zip(grid.names, row, strict=True)) for row in grid.rows]
        return {"list": what, "claims": len(found), "rows": rows}

    form.give(lambda: grid, document=document, people=people)


# The columns of the queries that hold numbers; all others are text.
_COUNTS = frozenset({"claims", "jurisdictions", "voices", "sources", "figures", "editions"})
_NUMBERS = frozenset(
    {"low", "high", "least", "greatest", "earlier_low", "earlier_high", "read_low", "read_high"}
)


def _columns(names: Sequence[str]) -> tuple[Column, ...]:
    return tuple(
        Column(name, Kind.COUNT if name in _COUNTS else Kind.NUMBER if name in _NUMBERS else Kind.TEXT)
        for name in names
    )


def _claims(claims: Sequence[Claim]) -> Grid:
    """All claims with all columns and what was read, as the store's Parquet files have them."""
    from sagwan.compare.store.parquet import SCHEMA, engine_row  # noqa: PLC0415 - pyarrow takes a while

    kinds = {"read_low": Kind.NUMBER, "read_high": Kind.NUMBER, "source_rank": Kind.COUNT}
    columns = tuple(Column(name, kinds.get(name, Kind.TEXT)) for name in SCHEMA.names)
    rows = [tuple(_plain(cell) for cell in engine_row(claim).values()) for claim in claims]
    return Grid(columns, rows)


def _plain(cell: object) -> Cell:
    return cell if cell is None or isinstance(cell, int) else str(cell)


def _brief(cell: object) -> object:
    """A cell for people: a long one is cut, an edition is known by the start of its checksum."""
    if not isinstance(cell, str) or len(cell) <= WIDEST:
        return cell
    publisher, _, rest = cell.partition("|")
    if rest.count("|") == 2:
        return f"{publisher} {rest.rpartition('|')[2][:12]}"
    return cell[: WIDEST - 1] + "…"


def list_restatements(
    store: StorePath = DEFAULT_STORE,
    claims: MoreClaims = None,
    packaged: Packaged = True,
    provider: Annotated[str, typer.Option(metavar="SLUG", help="Only figures of this provider.")] = "",
    period: Annotated[str, typer.Option(metavar="PERIOD", help="Only figures of this period.")] = "",
    cause: Annotated[
        list[str] | None, typer.Option(metavar="CAUSE", help="Only changes of this cause; repeat it.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="For people too: changes of form or name only.")
    ] = False,
    lang: Lang = "en",
    as_csv: Csv = False,
    parquet: Parquet = "",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Show what later editions of one source say otherwise: before, after, and why.

    \b
    CAUSE is one of correction, re-classing, un-gagging, formatting, rename, re-definition, unknown.
    For people a blank turned into 0, a new name and the like are only counted, unless --all or --cause
    asks for them; CSV, JSON and Parquet always hold them, each with its cause.

    \b
    Examples:
      sagwan claims restatements
      sagwan claims restatements --provider google --period 2017H1 --lang ko
      sagwan claims restatements --cause un-gagging --store ./my-claims --no-packaged
      sagwan claims restatements --parquet restatements.parquet

    \b
    Exit codes: 0; 2 no such cause, the store cannot be read, or the file is there already.
    """
    from sagwan.compare.store import restated  # noqa: PLC0415 - pyarrow takes a while

    form, spoken = Form(as_csv, as_json, parquet, force), language(lang)
    told = speech(spoken)
    wanted = frozenset(_cause(word) for word in cause or ())
    changes = [
        change
        for change in restatements(gather(store, claims, packaged=packaged))
        if provider in ("", change.figure.provider)
        and period in ("", change.figure.period)
        and (not wanted or change.cause in wanted)
    ]
    columns = tuple(
        Column(name, Kind.NUMBER if name in restated.NUMBERS else Kind.TEXT) for name in restated.COLUMNS
    )
    form.give(
        lambda: Grid(columns, list(restated.rows(changes))),
        document=lambda: {
            "restatements": [
                change.to_json() | {"sentence": {"en": change.sentence("en"), "ko": change.sentence("ko")}}
                for change in changes
            ]
        },
        people=lambda: _say_changes(changes, told, everything=everything or bool(wanted)),
    )


def _cause(word: str) -> Cause:
    try:
        return Cause(word)
    except ValueError:
        raise Unusable(f"{word!r} is not a cause", hint=f"one of {', '.join(Cause)}") from None


def _say_changes(changes: Sequence[Change], told: Speech, *, everything: bool) -> None:
    shown = [change for change in changes if everything or change.is_of_the_number]
    heads = [told(head) for head in ("figure", "before", "after", "cause", "editions")]
    if shown:
        say_table(heads, [_row(change, told) for change in shown])
        say()
    counts = {"shown": f"{len(shown):,}", "form": f"{len(changes) - len(shown):,}"}
    if everything:
        say(told("{shown} changes", shown=counts["shown"]))
    else:
        text = "{shown} changes of numbers; {form} more of form or name only (--all shows them)"
        say(told(text, **counts))


def _row(change: Change, told: Speech) -> tuple[object, ...]:
    before, after = change.before, change.after
    dates = " → ".join(claim.source_date for claim in (before, after) if claim)
    return (
        str(change.figure),
        Shown(_amount(before)) if before else Shown(told("added")),
        Shown(_amount(after)) if after else Shown(told("removed")),
        told(change.cause.value),
        dates,
    )


def _amount(claim: Claim) -> str:
    """The number as read; where there is none, what was printed."""
    return claim.value.strip() or NO_NUMBER if isinstance(claim.read, Missing) else amount(claim.read)
