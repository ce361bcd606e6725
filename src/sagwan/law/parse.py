"""A law pack's TOML, read strictly: an error names the path at which it stands, and nothing is guessed."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime

from sagwan.law.errors import LawPackError
from sagwan.law.model import Dated, Never, Reason, ReportRule, Retention, Role, Source, SourceKind
from sagwan.law.overlap import check_apart
from sagwan.law.pack import Pack
from sagwan.law.parse_bands import check_bands, read_bands
from sagwan.law.parse_instrument import read_instrument, read_name
from sagwan.law.reader import Table
from sagwan.record.vocabulary import Outcome

_JURISDICTION = re.compile(r"[A-Z]{2}\Z")
_ZONE = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*\Z")
MAX_BYTES = 4_000_000
_EVER = Dated(since=date.min)  # for slugs that may stand only once, whatever the day


def load_pack(data: bytes) -> Pack:
    """Read a pack from the bytes of its TOML file.

    Raises LawPackError, and nothing else, for whatever is wrong with it: no TOML, an unknown key, a label
    missing in one language, a date that is none, an unknown data category, a slug stated twice for the same
    days, a name that nothing bears.
    """
    try:
        return _read(_toml(data), hashlib.sha256(data).hexdigest())
    except RecursionError:
        raise LawPackError("", "tables are nested too deep") from None


def _toml(data: bytes) -> dict[str, object]:
    if len(data) > MAX_BYTES:
        raise LawPackError("", f"{len(data):,} bytes; at most {MAX_BYTES:,} are read")
    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise LawPackError("", f"is not UTF-8 at byte {error.start}") from None
    except ValueError as error:
        raise LawPackError("", f"is not TOML: {error}") from None


def _read(values: dict[str, object], digest: str) -> Pack:
    sources = Table(values, "pack", "", {}).tables("source", "source", _source)
    check_apart("source", [(source.slug, _EVER) for source in sources])
    top = Table(values, "pack", "", {source.slug: source.label for source in sources})
    roles = top.tables("role", "role", _role)
    check_apart("role", [(role.slug, _EVER) for role in roles])
    known_roles = frozenset(role.slug for role in roles)
    instruments = top.tables("instrument", "instrument", lambda each: read_instrument(each, known_roles))
    check_apart("instrument", [(instrument.slug, _EVER) for instrument in instruments])
    if not instruments:
        raise LawPackError("instrument", "a pack needs at least one")
    names = frozenset(instrument.slug for instrument in instruments)
    pack = Pack(
        slug=top.slug("pack"),
        jurisdiction=_shaped(top, "jurisdiction", _JURISDICTION, "two capitals such as KR"),
        zone=_shaped(top, "zone", _ZONE, "a time zone such as Asia/Seoul"),
        version=top.day("version"),
        name=top.label("name"),
        not_legal_advice=top.label("not_legal_advice"),
        hash=digest,
        sources=sources,
        roles=roles,
        holidays=_holidays(top),
        never=top.tables("never", "never", _never),
        retention=top.tables("retention", "retention", lambda each: _retention(each, names)),
        reports=top.tables("report", "report", lambda each: _report(each, names)),
        reasons=top.tables("reason", "reason", lambda each: _reason(each, names)),
        instruments=instruments,
        bands=top.tables("bands", "bands", lambda each: read_bands(each, names)),
    )
    check_bands(pack)
    check_apart("never", [(rule.slug, rule) for rule in pack.never])
    check_apart("retention", [((r.record, i), r) for r in pack.retention for i in r.instruments])
    check_apart("report", [(rule.slug, rule) for rule in pack.reports])
    check_apart("reason", [((r.slug, i), r) for r in pack.reasons for i in r.instruments])
    _check_partly(pack)
    return pack


def _check_partly(pack: Pack) -> None:
    """What a reason is called in a partial answer must be a reason of partial answers."""
    partial = {reason.slug for reason in pack.reasons if Outcome.PARTIAL in reason.outcomes}
    for index, reason in enumerate(pack.reasons):
        if reason.partly and reason.partly not in partial:
            raise LawPackError(
                f"reason[{index}].partly",
                f"{reason.partly!r} is no reason of a partial answer",
                hint=f"one of {', '.join(sorted(partial))}",
            )


def _shaped(table: Table, key: str, shape: re.Pattern[str], what: str) -> str:
    value = table.text(key)
    if not shape.match(value):
        raise table.fail(key, f"{value!r} is not {what}")
    return value


def _source(table: Table) -> Source:
    return Source(slug=table.slug("slug"), kind=table.choice("kind", SourceKind), label=table.label())


def _role(table: Table) -> Role:
    names = table.tables("names", "name", read_name)
    if not names:
        raise table.fail("names", "a role needs a name")
    check_apart(table.at("names"), [("it", name) for name in names])
    return Role(slug=table.slug("slug"), names=names)


def _holidays(table: Table) -> Mapping[int, frozenset[date]]:
    years: dict[int, frozenset[date]] = {}
    for year, days in table.mapping("holidays").items():
        where = f"holidays.{year}"
        if not re.fullmatch(r"[12][0-9]{3}", year):
            raise LawPackError(where, "must be a year such as 2016")
        if not isinstance(days, list) or not days:
            raise LawPackError(where, "must be a list of dates that is not empty")
        for index, day in enumerate(days):
            if not isinstance(day, date) or isinstance(day, datetime) or day.year != int(year):
                raise LawPackError(f"{where}[{index}]", f"must be a date of {year}")
        if len(set(days)) != len(days):
            raise LawPackError(where, "names a day twice")
        years[int(year)] = frozenset(days)
    return years


def _never(table: Table) -> Never:
    since, until = table.span()
    return Never(
        citation=table.citation(), since=since, until=until, slug=table.slug("slug"), label=table.label()
    )


def _instruments(table: Table, known: frozenset[str]) -> tuple[str, ...]:
    """Which instruments a rule is for; those left out mean all."""
    return table.slugs("instruments", known) or tuple(sorted(known))


def _retention(table: Table, known: frozenset[str]) -> Retention:
    since, until = table.span()
    return Retention(
        citation=table.citation(),
        since=since,
        until=until,
        record=table.slug("record"),
        label=table.label(),
        instruments=_instruments(table, known),
        years=table.count("years"),
    )


def _report(table: Table, known: frozenset[str]) -> ReportRule:
    since, until = table.span()
    return ReportRule(
        citation=table.citation(),
        since=since,
        until=until,
        slug=table.slug("slug"),
        label=table.label(),
        to=table.label("to"),
        instruments=_instruments(table, known),
        days=table.count("days"),
    )


def _reason(table: Table, known: frozenset[str]) -> Reason:
    since, until = table.span()
    outcomes = table.choices("outcomes", Outcome)
    if not outcomes or Outcome.COMPLIED in outcomes:
        raise table.fail("outcomes", "must name the outcomes that it explains; complied has no reason")
    if Outcome.REFUSED in outcomes and not table.has("citation"):
        raise table.fail("citation", "is missing: a refusal rests on a rule")
    return Reason(
        slug=table.slug("slug"),
        label=table.label(),
        outcomes=outcomes,
        instruments=_instruments(table, known),
        since=since,
        until=until,
        citation=table.citation() if table.has("citation") else None,
        partly=table.slug("partly") if table.has("partly") else "",
    )
