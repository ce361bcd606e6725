"""The reports of a log: there when they are due, the same ever after, and recounted once."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sagwan.formats import paths
from sagwan.formats.errors import FormatError
from sagwan.formats.manifest import parse_manifest
from sagwan.monitor.rules import Rules
from sagwan.monitor.state import LogFolder, LogState
from sagwan.monitor.words import Code, Finding, say
from sagwan.record.period import Period
from sagwan.verify import Trust, verify
from sagwan.verify.errors import Unreadable
from sagwan.verify.published import find_periods
from sagwan.verify.recount import read_report
from sagwan.verify.source import MANIFEST_LIMIT, OPENINGS_LIMIT, REPORT_LIMIT, Source, read_file

_UTC = ZoneInfo("UTC")


def check(
    source: Source,
    folder: LogFolder,
    state: LogState,
    rules: Rules,
    now: datetime,
    trust: Trust,
    found: list[Finding],
) -> list[Period]:
    """Look at all reports; findings go to `found`, manifests to `state`. The half-years that are there."""
    known = [Period.parse(period) for period in state.manifests]
    there = sorted({*find_periods(source, None), *(period for period in known if _there(source, period))})
    for period in known:
        if period not in there:
            found.append(say(Code.REPORT_GONE, period, about=period))
    for period in there:
        _check_one(source, folder, state, rules, trust, period, found)
    started = datetime.fromisoformat(state.first_seen) if state.first_seen else now
    first = min([*there, *known], default=Period.containing(started, _UTC))
    while (due := first.end(_UTC) + timedelta(days=rules.due_days)) < now:
        if first not in there and first not in known:
            found.append(say(Code.OVERDUE, first, due.astimezone(UTC).date(), about=first))
        first = first.next
    return there


def interval(source: Source, periods: Sequence[Period]) -> int | None:
    """The hours between batches that the newest report announces."""
    if not periods:
        return None
    source.fetch([paths.report_json(periods[-1])], REPORT_LIMIT)
    report, _ = read_report(source.root, periods[-1])
    return report.batch_interval_hours if report else None


def _there(source: Source, period: Period) -> bool:
    source.fetch([paths.manifest(period)], MANIFEST_LIMIT)
    return (source.root / paths.manifest(period)).exists()


def _check_one(
    source: Source,
    folder: LogFolder,
    state: LogState,
    rules: Rules,
    trust: Trust,
    period: Period,
    found: list[Finding],
) -> None:
    file = paths.manifest(period)
    source.fetch([file], MANIFEST_LIMIT)
    try:
        manifest = read_file(source.root, file, MANIFEST_LIMIT)
        listed = parse_manifest(manifest)
    except (Unreadable, FormatError) as error:
        if str(period) not in state.manifests:
            found.append(say(Code.VERIFY_FAILED, period, error, about=period))
        elif (source.root / file).exists():
            found.append(say(Code.REPORT_CHANGED, period, error, about=period))
        else:
            found.append(say(Code.REPORT_GONE, period, about=period))
        return
    digest = hashlib.sha256(manifest).hexdigest()
    before = state.manifests.get(str(period))
    if before is None:
        _check_new(source, rules, trust, period, found)
        folder.put(f"{period}.manifest", manifest)
        state.manifests[str(period)] = digest
    elif before != digest:
        was = _listed(folder.get(f"{period}.manifest"))
        changed = [name for name in sorted({*was, *listed}) if was.get(name) != listed.get(name)]
        found.append(say(Code.REPORT_CHANGED, period, ", ".join(changed[:5]) or file, about=period))
        folder.keep(f"{period}.manifest", manifest)
    else:
        wrong = _changed_files(source, listed)
        if wrong:
            found.append(say(Code.REPORT_CHANGED, period, ", ".join(wrong[:5]), about=period))


def _check_new(source: Source, rules: Rules, trust: Trust, period: Period, found: list[Finding]) -> None:
    if not rules.recount:
        found.append(say(Code.REPORT, period, "not recounted", about=period))
        return
    verdict = verify(source.name, trust=trust, period=period)
    failed = [check for check in verdict.checks if check.failures]
    if failed:
        why = "; ".join(
            f"{check.number} {check.failures[0].file}: {check.failures[0].message}" for check in failed
        )
        found.append(say(Code.VERIFY_FAILED, period, why, about=period))
    else:
        found.append(say(Code.REPORT, period, "all seven checks hold", about=period))


def _changed_files(source: Source, listed: dict[str, str]) -> list[str]:
    """The report's own files that are no more what the manifest says; openings only a recount reads."""
    own = sorted(name for name in listed if name.startswith("report/"))
    source.fetch(own, OPENINGS_LIMIT)
    wrong = []
    for name in own:
        try:
            if hashlib.sha256(read_file(source.root, name, OPENINGS_LIMIT)).hexdigest() != listed[name]:
                wrong.append(name)
        except Unreadable:
            wrong.append(name)
    return wrong


def _listed(manifest: bytes) -> dict[str, str]:
    try:
        return parse_manifest(manifest)
    except FormatError:
        return {}
