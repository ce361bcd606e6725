"""`sagwan verify`: anyone's check of a published folder, of a receipt or of revealed items.

Runs where neither Django nor a database is installed.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sagwan.cli.errors import Unusable
from sagwan.cli.options import Json, Keys, Lang, PolicyFile
from sagwan.cli.output import progress, say, say_table, warn
from sagwan.cli.parsing import read_bytes
from sagwan.cli.telling import told, told_why
from sagwan.cli.trust import trust_of
from sagwan.verify import Check, Memory, Status, Trust, Verdict, words
from sagwan.verify import verify as recount
from sagwan.verify.engine import Engine, engine_named

if TYPE_CHECKING:
    from sagwan.verify import PeriodVerdict, PrivateVerdict, ReceiptVerdict
    from sagwan.verify.published_lines import Line

_SIGNS = {Status.HOLDS: "✓", Status.FAILED: "✗", Status.NOT_CHECKED: "?"}
_SHOWN = ("requested", "processed", "refused", "no-data", "withdrawn", "accounts-disclosed", "follow-ups")
# Heads of tables and names of items, where they are not said as they are written.
_HEADS: Mapping[str, Mapping[str, str]] = {
    "entry": {"ko": "항목"},
    "line": {"ko": "줄"},
    "reason": {"ko": "사유"},
    "counted-in": {"en": "counted in", "ko": "집계된 기간"},
    "period": {"ko": "기간"},
    "service": {"ko": "서비스"},
    "instrument": {"ko": "절차"},
    "requested": {"ko": "요청"},
    "processed": {"ko": "처리"},
    "refused": {"ko": "거부"},
    "no-data": {"ko": "자료 없음"},
    "withdrawn": {"ko": "요청 철회"},
    "accounts-disclosed": {"ko": "제공된 계정 수"},
    "follow-ups": {"ko": "후속 요청"},
}
_ITEMS: Mapping[str, Mapping[str, str]] = {
    "authority": {"ko": "기관"},
    "case-number": {"en": "case number", "ko": "사건번호"},
    "official": {"ko": "담당자"},
    "target": {"ko": "대상"},
}
_STATES: Mapping[str, Mapping[str, str]] = {
    "invalid": {"ko": "무효"},
    "proven": {"ko": "증명됨"},
    "published": {"ko": "공개됨"},
    "withheld": {"ko": "비공개"},
    "unreported": {"ko": "보고 전"},
}
"""What revealed items come to, where it is not said as it is written."""
_NO_HEAD = {"en": "", "ko": ""}


def verify(
    source: Annotated[
        str, typer.Argument(metavar="PATH-OR-URL", help="A published folder, or its http(s) address.")
    ] = "",
    key: Keys = None,
    policy: PolicyFile = None,
    period: Annotated[str, typer.Option(metavar="PERIOD", help="Only up to this half-year, as 2016H1.")] = "",
    receipt: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Check this receipt, against the folder where one is named."),
    ] = None,
    private: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Check these revealed items, against the folder where one is named."
        ),
    ] = None,
    max_withheld: Annotated[
        float | None,
        typer.Option(metavar="SHARE", min=0, max=1, help="Fail a half-year that withholds more, as 0.05."),
    ] = None,
    no_memory: Annotated[
        bool, typer.Option("--no-memory", help="Neither use nor keep what earlier visits saw.")
    ] = False,
    engine: Annotated[
        str,
        typer.Option(metavar="NAME", help="Who hashes and counts: auto, python, fast, duckdb or spark."),
    ] = "auto",
    lang: Lang = "en",
    as_json: Json = False,
) -> None:
    """Recount a published folder, or check a receipt or revealed items.

    Makes seven checks and prints each, with the table as it was recounted. Remembers the log's key and
    size, so that a later visit notices a log that was rewritten.

    \b
    Examples:
      sagwan verify https://transparency.example/kakao --key transparency.example/kakao+1f2e3d4c+AUpk…
      sagwan verify ./public --policy witnesses.txt --json
      sagwan verify ./public --engine duckdb
      sagwan verify ./public --receipt 3f0c9a1be2d84756.receipt
      sagwan verify --receipt 3f0c9a1be2d84756.receipt --key kakao.keys
      sagwan verify ./public --private 3f0c9a1be2d84756.revealed --key kakao.keys

    \b
    Exit codes: 0 all checks hold; 1 a check failed, or a promise was broken; 2 there is nothing to check,
      or a key or policy is ill-formed; 3 all holds, but nobody but the folder itself names the log's key.
    """
    if lang not in ("en", "ko"):
        raise Unusable(f"{lang!r} is not a language here", hint="en or ko")
    memory = None if no_memory else Memory.default()
    trust = trust_of(key, policy, memory=memory, max_withheld=max_withheld)
    if private is not None:
        _private(private, source, trust, lang, as_json)
        return
    if receipt is not None:
        _receipt(receipt, source, trust, lang, as_json)
        return
    if not source:
        raise Unusable("no published folder is named", hint="sagwan verify PATH-OR-URL")
    verdict = _recount(source, trust, period, engine_named(engine))
    if as_json:
        typer.echo(verdict.to_json(), nl=False)
    else:
        say_verdict(verdict, lang)
    if verdict.exit_code:
        raise typer.Exit(verdict.exit_code)


def _recount(source: str, trust: Trust, period: str, engine: Engine) -> Verdict:
    with progress("verifying") as tick:
        verdict = recount(source, trust=trust, period=period or None, progress=tick, engine=engine)
    if engine.warning:
        warn(engine.warning)
    return verdict


def say_verdict(verdict: Verdict, lang: str = "en") -> None:
    """Print a verdict: each check with its sign, failures in full, each half-year's recounted table."""
    marked = {"en": "   SYNTHETIC", "ko": "   가상 자료"}[lang] if verdict.synthetic else ""
    say(f"{verdict.source}: {verdict.origin}{marked}")
    for check in verdict.checks:
        # Only what holds gets a tick; self-declared, not witnessed and undated get none.
        by = "" if verdict.engine == "python" else f"  [{check.made_by[lang]}]"
        text = _text(check, lang)
        say(f" {_SIGNS.get(check.status, '–')} {check.number} {check.name[lang]}: {text}{by}")
        _say_failures(check, lang)
    for period in verdict.periods:
        floors = {"en": " (floors: entries are withheld)", "ko": " (하한값: 비공개 항목 있음)"}[lang]
        say()
        say(f"{period.period}{floors if period.floors else ''}")
        say_table(
            _heads(("service", "instrument"), lang),
            [(k[0], k[2], *(counts.get(n, 0) for n in _SHOWN)) for k, counts in period.rows.items()],
        )
        for reason, count in period.withheld.items():
            say(f"  {words.withheld(reason, count)[lang]}")
        if period.promises:
            say(f"  {words.promises(**period.promises)[lang]}")
        _say_banded(period, lang)
    say()
    say(verdict.limits.get(lang, ""))


def _text(check: Check, lang: str) -> str:
    """A check's sentence. What failed, or why it was not made, ends it in English in both languages."""
    text = check.text[lang]
    return told_why(text, lang) if check.status in (Status.FAILED, Status.NOT_CHECKED) else text


def _say_failures(check: Check, lang: str) -> None:
    korean = lang == "ko"
    expected, found = ("기대한 값", "발견한 값") if korean else ("expected", "found   ")
    for failure in check.failures:
        index = "" if failure.index is None else f", {'번호' if korean else 'index'} {failure.index}"
        say(f"     {failure.file}{index}: {told(failure.message, lang)}")
        if failure.expected or failure.found:
            say(f"       {expected} {told(failure.expected, lang)}")
            say(f"       {found} {told(failure.found, lang)}")
    if check.more:
        say(f"     … {f'외 {check.more:,}건' if korean else f'{check.more:,} more'}")


def _say_banded(period: "PeriodVerdict", lang: str) -> None:
    if period.banded is None:
        return
    if period.banded.per_batch:
        say(f"  {words.per_batch(period.banded.per_batch)[lang]}")
    for figure in period.banded.figures:
        say(f"  {words.banded(figure)[lang]}")


def _receipt(file: Path, source: str, trust: Trust, lang: str, as_json: bool) -> None:
    from sagwan.verify import verify_receipt  # noqa: PLC0415 - only receipts need it

    verdict = verify_receipt(read_bytes(file), source or None, trust=trust)
    if as_json:
        typer.echo(verdict.to_json(), nl=False)
    else:
        _say_receipt(verdict, lang)
    if verdict.exit_code:
        raise typer.Exit(verdict.exit_code)


def _say_receipt(verdict: "ReceiptVerdict", lang: str) -> None:
    from sagwan.verify.receipt_words import HEADS, since  # noqa: PLC0415 - only receipts need it

    text = verdict.text[lang]
    if verdict.state == "invalid":  # why it proves nothing is in English in both languages
        text = told_why(text, lang)
    say(f"{HEADS.get(verdict.state, _NO_HEAD)[lang]}{text}")
    for failure in verdict.failures:
        say(f"  {told(failure, lang)}")
    if verdict.index is not None:
        say(f"  {since(verdict.checkpoint, verdict.size)[lang]}")
    for name, value in verdict.items:
        say(f"  {_ITEMS.get(name, {}).get(lang, name)}: {value}")
    _say_lines(verdict.opened, lang)
    if verdict.tell:
        say()
        say(verdict.tell[lang])
    if verdict.log is not None:
        say()
        say_verdict(verdict.log, lang)


def _say_lines(lines: "Sequence[Line]", lang: str) -> None:
    """A request's published lines, and once each the rows that count them, as recounted."""
    if not lines:
        return
    say()
    heads = [_HEADS.get(name, {}).get(lang, name) for name in ("entry", "line", "reason", "counted-in")]
    say_table(heads, [(one.index, _line_word(one, lang), one.reason, one.period) for one in lines])
    rows = {(one.period, one.row): one.counts for one in lines}
    say()
    say_table(
        _heads(("period", "service", "instrument"), lang),
        [
            (period, key[0], key[2], *(counts.get(n, 0) for n in _SHOWN))
            for (period, key), counts in rows.items()
        ],
    )


def _line_word(line: "Line", lang: str) -> str:
    from sagwan.verify.receipt_words import KINDS, OUTCOMES  # noqa: PLC0415 - only receipts need it

    kind = KINDS.get(line.kind, {}).get(lang, line.kind)
    return (
        kind if line.outcome == "-" else f"{kind}: {OUTCOMES.get(line.outcome, {}).get(lang, line.outcome)}"
    )


def _heads(first: "Sequence[str]", lang: str) -> list[str]:
    """The heads of a table of rows: what names the row, then the measures that are shown."""
    return [_HEADS.get(name, {}).get(lang, name) for name in (*first, *_SHOWN)]


def _private(file: Path, source: str, trust: Trust, lang: str, as_json: bool) -> None:
    from sagwan.verify import verify_private  # noqa: PLC0415 - only revealed items need it

    verdict = verify_private(read_bytes(file), source or None, trust=trust)
    if as_json:
        typer.echo(verdict.to_json(), nl=False)
    else:
        _say_private(verdict, lang)
    if verdict.exit_code:
        raise typer.Exit(verdict.exit_code)


def _say_private(verdict: "PrivateVerdict", lang: str) -> None:
    marked = {"en": "   SYNTHETIC", "ko": "   가상 자료"}[lang] if verdict.synthetic else ""
    text, korean = verdict.text[lang], lang == "ko"
    if verdict.state == "invalid":  # as of a receipt
        text = told_why(text, lang)
    say(f"{_STATES.get(verdict.state, {}).get(lang, verdict.state)}: {text}{marked}")
    public = verdict.public
    if public is not None:
        what = f"{public.kind} {public.request} {public.service} {public.instrument} {public.outcome}"
        what = what.removesuffix(" -")
        sealed = {
            "en": f"sealed line: {what}, {public.accounts:,} accounts, {public.period}",
            "ko": f"봉인된 줄: {what}, 계정 {public.accounts:,}개, {public.period}",
        }
        say(f"  {sealed[lang]}")
    for name, value in verdict.items:
        say(f"  {_ITEMS.get(name, {}).get('ko', name) if korean else name}: {value}")
    _say_lines(verdict.opened, lang)
    if verdict.log is not None:
        say()
        say_verdict(verdict.log, lang)
