"""Write a half-year's folder. Publishing twice gives the same bytes; the checkpoint is written last."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from sagwan.formats import paths
from sagwan.formats.manifest import digest, encode_manifest
from sagwan.formats.report import Report, decode_json, encode_csv, encode_json, encode_restated_csv
from sagwan.formats.withheld import Withheld
from sagwan.publish.corrections import Correction, corrections
from sagwan.publish.counting import Books, PublishError
from sagwan.publish.datapackage import datapackage
from sagwan.publish.log_copy import copy_log
from sagwan.publish.ports import Entry, PublishStore
from sagwan.publish.published import published_entries, published_late
from sagwan.record.period import Period
from sagwan.seal.files import read_if_there, write_whole

PageMaker = Callable[
    [Report, Sequence[Report], Mapping[str, Sequence[Correction]]], Iterable[tuple[str, bytes]]
]
"""(report, all reports, what each half-year's lines correct) → (path, bytes) of every page."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Who publishes: what a report says of its provider. `keys` are verifier keys as text."""

    provider: str
    names: Mapping[str, str]
    services: Mapping[str, Mapping[str, str]]
    origin: str
    time_zone: str
    batch_interval_hours: int
    synthetic: bool
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A report before it is sealed, with the files that its manifest lists, by path."""

    report: Report
    files: Mapping[str, bytes]

    @property
    def manifest(self) -> bytes:
        return encode_manifest({path: digest(data) for path, data in self.files.items()})

    def small_cells(self, below: int = 10) -> list[tuple[str, ...]]:
        """The cells that could point to a known case: (service, instrument, measure, count), 1 … below-1."""
        return [
            (key[0], key[2], measure, str(count))
            for key, counts in self.report.rows.items()
            for measure, count in counts.items()
            if 0 < count < below
        ]


def draft(period: Period, profile: Profile, store: PublishStore, out: Path) -> Draft:
    """Count a closed half-year and make its report and openings, in memory; raise PublishError.

    `out` holds the earlier half-years as they were published: what reaches back into them is restated.
    """
    cut = store.cut(period)
    if cut is None:
        raise PublishError(
            f"{period} is not closed yet",
            hint="it closes with the first `sagwan seal` after its end in the provider's time zone",
        )
    books, still_withheld = _earlier(period, store, out)
    before = books.begin(str(period))
    first = store.first(period)
    entries = list(store.entries(first, cut, period))
    late = [e for index in still_withheld for e in store.entries(index, index + 1, period) if e.line]
    books.count_late(late)  # first: a correction of this half-year may be of a line that is opened late
    books.count(str(period), entries)
    contents = {
        paths.openings(period, start): _openings(entries[start - first : end - first])
        for start, end in _pieces(first, cut)
    }
    if late:
        contents[paths.late(period)] = b"".join(b"%d\t%s\n" % (e.index, e.line) for e in late if e.line)
    report = Report(
        provider=profile.provider,
        names=profile.names,
        service_names=profile.services,
        origin=profile.origin,
        period=str(period),
        time_zone=profile.time_zone,
        batch_interval_hours=profile.batch_interval_hours,
        synthetic=profile.synthetic,
        first=first,
        cut=cut,
        rows=books.tables[str(period)].counts(),
        withheld=books.withheld,
        restated=books.restated(before),
        stated=store.stated(period),
        banded=store.banded(period),
    )
    contents[paths.report_json(period)] = encode_json(report)
    contents[paths.report_csv(period)] = encode_csv(report.rows)
    contents[paths.restated_csv(period)] = encode_restated_csv(report.restated)
    return Draft(report, contents)


def _earlier(period: Period, store: PublishStore, out: Path) -> tuple[Books, list[int]]:
    """The books up to `period` as they were published in `out`, and the indexes still withheld."""
    books, withheld = Books(), set[int]()
    for earlier in store.earlier(period):
        books.begin(str(earlier))
        first, cut = store.first(earlier), store.cut(earlier) or 0
        published = list(published_entries(out, earlier, first, cut))
        late = published_late(out, earlier)
        books.count_late(late)
        books.count(str(earlier), published)
        withheld |= {entry.index for entry in published if entry.line is None}
        withheld -= {entry.index for entry in late}
    return books, sorted(withheld)


def publish(
    period: Period, profile: Profile, store: PublishStore, out: Path, log: Path, pages: PageMaker
) -> Draft:
    """Publish a half-year into `out`; return what was published.

    Report and openings are written, the `report` line is sealed, then log, pages and, last, the checkpoint
    follow. A crash before that leaves files that no checkpoint vouches for yet; publishing again ends it.
    """
    made = draft(period, profile, store, out)
    for path, data in made.files.items():
        _write_once(out / path, data)
    sealed = store.seal_report(period, bytes.fromhex(digest(made.manifest)))
    _write_once(out / paths.manifest(period), made.manifest)
    _write_once(out / paths.report_line(period), sealed.line + b"\n")
    _write_once(out / paths.report_checkpoint(period), sealed.checkpoint)
    for number, note in enumerate(store.checkpoints(period)):
        _write_once(out / paths.checkpoint(period, number), note)
    write_whole(out / paths.KEY, _keys(profile))
    history = [decode_json(f.read_bytes()) for f in sorted((out / "report").glob("????H?.json"))]
    schema = files("sagwan.publish").joinpath("report.schema.json").read_bytes()
    write_whole(out / paths.REPORT_SCHEMA, schema)
    write_whole(out / paths.DATAPACKAGE, datapackage(history))
    for path, data in pages(made.report, history, corrections(out, history)):
        write_whole(out / path, data)
    copy_log(log, out / paths.LOG)
    return made


def _write_once(file: Path, data: bytes) -> None:
    """Write a file that never changes; raise PublishError where other bytes were published under its name."""
    there = read_if_there(file)
    if there is None:
        write_whole(file, data)
    elif there != data:
        raise PublishError(
            f"{file} was published with other bytes", hint="published files never change; use another folder"
        )


def _keys(profile: Profile) -> bytes:
    hint = "# Verifier keys. A hint only: take the keys that you trust from elsewhere.\n"
    return (hint + "".join(f"{key}\n" for key in profile.keys)).encode()


def _pieces(first: int, cut: int) -> Iterator[tuple[int, int]]:
    starts = paths.openings_starts(first, cut)
    return zip(starts, [*starts[1:], cut], strict=True)


def _openings(entries: Iterable[Entry]) -> bytes:
    lines = []
    for entry in entries:
        if entry.line is not None:
            lines.append(entry.line)
        elif entry.withheld is not None:
            lines.append(Withheld(entry.withheld, entry.commitment).line())
    return b"".join(line + b"\n" for line in lines)
