"""Builds sound published folders from plain lists of openings, with real keys, to verify and to spoil.

A cheating provider holds its keys, so it can make everything that follows its lie agree with it. The hooks of
`Half` lie at one point and let the builder seal, list and sign what comes out; to lie after signing, change
the folder's files. The counting here is deliberately naive: one line at a time, to be compared with verify's.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count, pairwise
from pathlib import Path

from sagwan.formats import paths
from sagwan.formats.manifest import digest, encode_manifest
from sagwan.formats.opening import NONE, Opening, commitment
from sagwan.formats.report import (
    Report,
    Restated,
    encode_csv,
    encode_json,
    encode_restated_csv,
)
from sagwan.formats.tally import Table, differences
from sagwan.formats.withheld import Withheld
from sagwan.record.period import Period
from sagwan.record.vocabulary import LineKind, WithheldReason
from sagwan.tlog import (
    Checkpoint,
    Frontier,
    KeyType,
    SigningKey,
    cosign,
    grow,
    leaf_hash,
    sign_note,
)

ORIGIN = "demo.invalid/kakao"
START = 1_451_606_400  # 2016-01-01T00:00:00Z
DAY = 86_400
WARRANT = "search-and-seizure-warrant"
H1, H2, H3 = Period(2016, 1), Period(2016, 2), Period(2017, 1)

_counter = count()


def hexes(text: str, digits: int) -> str:
    """Hex digits that stand for a readable name."""
    return hashlib.sha256(text.encode()).hexdigest()[:digits]


def line(kind: LineKind, request: str, **fields) -> Opening:
    """An opening line of that request (a readable name), with a fresh salt; by default a warrant of KR."""
    number = next(_counter)
    made = {
        "salt": hexes(f"salt {number}", 32),
        "kind": kind,
        "request": hexes(request, 16),
        "period": "",  # the builder writes the half-year that holds the line
        "service": "kakao",
        "jurisdiction": "KR",
        "instrument": WARRANT,
        "outcome": NONE,
        "reason": NONE,
        "data": ("content",),
        "accounts": 1,
        "marks": (),
        "private": hexes(f"private {number}", 64),
    }
    return Opening(**{**made, **fields})


def received(request: str, **fields) -> Opening:
    return line(LineKind.RECEIVED, request, **fields)


def resolved(request: str, outcome: str = "complied", **fields) -> Opening:
    fields.setdefault("reason", NONE if outcome == "complied" else "retention-expired")
    if outcome not in ("complied", "partial"):
        fields = {"data": (), "accounts": 0, **fields}
    return line(LineKind.RESOLVED, request, outcome=outcome, **fields)


def follow_up(request: str, **fields) -> Opening:
    return line(LineKind.FOLLOW_UP, request, **fields)


def corrected(request: str, index: int, **fields) -> Opening:
    return line(LineKind.CORRECTED, request, supersedes=index, **fields)


def cover() -> Opening:
    empty = dict.fromkeys(("service", "jurisdiction", "instrument"), NONE)
    return line(LineKind.COVER, f"cover {next(_counter)}", data=(), accounts=0, **empty)


def same(value):
    return value


@dataclass
class Half:
    """One half-year: its lines in log order, in `batches` as even as can be.

    `withheld`: reason by place in `lines`; `late`: log indexes opened late. The hooks change what is
    published after sealing and before the manifest is made; `sealed` changes the bytes that are sealed and
    published.
    """

    period: Period
    lines: list[Opening]
    batches: int = 2
    withheld: dict[int, str] = field(default_factory=dict)
    late: list[int] = field(default_factory=list)
    sealed: Callable[[list[bytes]], list[bytes]] = same
    published: Callable[[list[bytes]], list[bytes]] = same
    late_published: Callable[[list[bytes]], list[bytes]] = same
    report: Callable[[Report], Report] = same
    json: Callable[[bytes], bytes] = same
    csv: Callable[[bytes], bytes] = same
    restated_csv: Callable[[bytes], bytes] = same
    files: Callable[[dict[str, bytes]], dict[str, bytes]] = same
    report_period: Period | None = None


class Keys:
    """A log's, its receipts' and its witnesses' keys; the same for the same seed."""

    def __init__(self, seed: str = "kakao", origin: str = ORIGIN, witnesses: int = 2) -> None:
        def key(name: str, kind: KeyType) -> SigningKey:
            return SigningKey(name, kind, hashlib.sha256(f"{seed} {name}".encode()).digest())

        self.origin = origin
        self.log = key(origin, KeyType.ED25519)
        self.receipts = key(f"{origin}/receipts", KeyType.ED25519)
        names = [f"witness-{number}.invalid" for number in range(1, witnesses + 1)]
        self.witnesses = [key(name, KeyType.COSIGNATURE_V1) for name in names]

    @property
    def vkey(self) -> str:
        return str(self.log.verifier)

    @property
    def key_file(self) -> str:
        every = (self.log, self.receipts, *self.witnesses)
        return "# a hint\n" + "".join(f"{key.verifier}\n" for key in every)

    def policy(self, quorum: str = "all") -> str:
        """A tlog-policy that asks for that many of the witnesses (`any`, `all`, a number)."""
        lines = [f"log {self.vkey}"]
        lines += [f"witness w{n} {key.verifier}" for n, key in enumerate(self.witnesses)]
        members = " ".join(f"w{n}" for n in range(len(self.witnesses)))
        return "\n".join([*lines, f"group g {quorum} {members}", "quorum g", ""])


class Publisher:
    """Seals and publishes half-years into `root`, one after the other."""

    def __init__(self, root: Path, keys: Keys | None = None, start: int = START, interval: int = DAY) -> None:
        self.root = root
        self.keys = keys or Keys()
        self.time = start
        self.interval = interval
        self.entries: list[bytes] = []
        self.lines: dict[int, bytes] = {}
        self.openings: dict[int, Opening] = {}
        self.tables: dict[Period, Table] = {}
        self.stated: dict[Period, dict] = {}
        self.count_as: dict[int, tuple[LineKind, Period]] = {}
        self.homes: dict[int, Period] = {}
        self._frontier = Frontier()
        self._cut = 0
        self._waiting: list[bytes] = []  # the next half-year's checkpoints so far
        self.write(paths.KEY, self.keys.key_file.encode())

    def write(self, path: str, data: bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    def seal(self, lines: list[bytes]) -> bytes:
        """Put lines into the log as one batch; the cosigned checkpoint."""
        fresh = [commitment(line) for line in lines]
        log = self.root / "log"
        for path, data in list(grow(len(self.entries), fresh, lambda tile: (log / tile.path).read_bytes())):
            self.write(paths.LOG + path, data)
        for entry, sealed in zip(fresh, lines, strict=True):
            self.lines[len(self.entries)] = sealed
            self.entries.append(entry)
        self._frontier.extend(map(leaf_hash, fresh))
        note = self.cosigned(Checkpoint(self.keys.origin, len(self.entries), self._frontier.root()))
        self.write(paths.CHECKPOINT, note)
        return note

    def root_now(self) -> bytes:
        """The root over all entries so far."""
        return self._frontier.root()

    def cosigned(self, checkpoint: Checkpoint) -> bytes:
        """The checkpoint's note, signed and cosigned, one interval after the last one."""
        self.time += self.interval
        note = sign_note(str(checkpoint), self.keys.log)
        cosignatures = [cosign(note.text, key, self.time) for key in self.keys.witnesses]
        return bytes(note.with_signatures(cosignatures))

    def publish(self, half: Half) -> None:
        """Seal a half-year's lines, publish it, and seal its report."""
        first, period = self._cut, half.period
        openings = [replace(o, period=o.period or str(period)) for o in half.lines]
        begin = len(self.entries)
        checkpoints, self._waiting = self._waiting, []
        sealed = half.sealed([opening.line() for opening in openings])
        for batch in _batches(sealed, half.batches):
            checkpoints.append(self.seal(batch))
        for index, opening in enumerate(openings, begin):
            self.openings[index] = opening
        cut = self._cut = len(self.entries)
        withheld = {begin + place: reason for place, reason in half.withheld.items()}
        self._count(half, first, cut, withheld)
        for number, note in enumerate(checkpoints):
            self.write(paths.checkpoint(period, number), note)
        self._publish_files(half, first, cut, withheld)

    def _publish_files(self, half: Half, first: int, cut: int, withheld: dict[int, str]) -> None:
        period = half.period
        report = half.report(self._report(half, first, cut, withheld))
        files = {
            paths.report_json(period): half.json(encode_json(report)),
            paths.report_csv(period): half.csv(encode_csv(report.rows)),
            paths.restated_csv(period): half.restated_csv(encode_restated_csv(report.restated)),
        }
        lines = half.published([self._published(index, withheld) for index in range(first, cut)])
        for start in paths.openings_starts(first, cut):
            files[paths.openings(period, start)] = b"".join(each + b"\n" for each in lines)
        if half.late:
            late = [b"%d\t%s" % (index, self.lines[index]) for index in half.late]
            files[paths.late(period)] = b"".join(each + b"\n" for each in half.late_published(late))
        files = half.files(files)
        for path, data in files.items():
            self.write(path, data)
        manifest = encode_manifest({path: digest(data) for path, data in files.items()})
        self.write(paths.manifest(period), manifest)
        self.bind(half.report_period or period, manifest, period)

    def bind(self, period: Period, manifest: bytes, file_of: Period) -> None:
        """Seal a report line for a manifest, and publish line and checkpoint."""
        none = dict.fromkeys(("service", "jurisdiction"), NONE)
        opening = line(
            LineKind.REPORT, f"report {next(_counter)}", period=str(file_of.next), data=(), accounts=0,
            instrument=str(period).lower(), **none,
        )  # fmt: skip
        sealed = replace(opening, private=digest(manifest)).line()
        note = self.seal([sealed])
        self._waiting.append(note)
        self.write(paths.report_line(file_of), sealed + b"\n")
        self.write(paths.report_checkpoint(file_of), note)

    def _published(self, index: int, withheld: dict[int, str]) -> bytes:
        if index in withheld:
            return Withheld(WithheldReason(withheld[index]), self.entries[index]).line()
        return self.lines[index]

    def _report(self, half: Half, first: int, cut: int, withheld: dict[int, str]) -> Report:
        restated = [
            Restated(str(period), *change)
            for period in sorted(self.stated)
            for change in differences(self.stated[period], self.tables[period].counts())
        ]
        for period in [*self.stated, half.period]:
            self.stated[period] = self.tables[period].counts()
        reasons = list(withheld.values())
        return Report(
            provider="kakao",
            names={"ko": "카카오", "en": "Kakao"},
            service_names={"kakao": {"ko": "카카오", "en": "Kakao"}},
            origin=self.keys.origin,
            period=str(half.period),
            time_zone="Asia/Seoul",
            batch_interval_hours=24,
            synthetic=True,
            first=first,
            cut=cut,
            rows=self.stated[half.period],
            withheld={str(reason): reasons.count(str(reason)) for reason in WithheldReason},
            restated=tuple(restated),
            stated={"median-days": 3},
        )

    def _count(self, half: Half, first: int, cut: int, withheld: dict[int, str]) -> None:
        self.tables[half.period] = Table()
        for index in half.late:
            self._count_line(index, self.homes[index])
        for index in range(first, cut):
            if index in self.openings:
                self.homes[index] = half.period
                if index not in withheld:
                    self._count_line(index, half.period)

    def _count_line(self, index: int, home: Period) -> None:
        opening = self.openings[index]
        kind = opening.kind
        if kind is LineKind.CORRECTED:
            target = opening.supersedes
            if target not in self.count_as:
                return
            kind, home = self.count_as[target]
            if (kind is LineKind.RESOLVED) != (opening.outcome != NONE):
                return
            self.tables[home].add(self.openings[target], kind, -1)
        self.count_as[index] = (kind, home)
        self.tables[home].add(opening, kind)


def _batches(lines: list[bytes], batches: int) -> list[list[bytes]]:
    bounds = [len(lines) * n // batches for n in range(batches + 1)]
    return [lines[a:b] for a, b in pairwise(bounds) if b > a]


def build(root: Path, *halves: Half, keys: Keys | None = None) -> Publisher:
    """Publish half-years into a folder."""
    publisher = Publisher(root, keys)
    for half in halves:
        publisher.publish(half)
    return publisher


def first_half(**options) -> Half:
    """Five requests that came in and ended in five ways, one with a follow-up; 12 lines, indexes 0 to 11."""
    lines = [
        received("a", accounts=3),
        received("b", marks=("emergency",)),
        resolved("a", accounts=2),
        received("c", instrument="subscriber-information", data=("subscriber",)),
        resolved("c", "refused", instrument="subscriber-information", reason="no-legal-obligation"),
        follow_up("a", accounts=4),
        resolved("b", "partial", reason="scope-narrowed", marks=("notified",)),
        received("d", service="daum"),
        received("e"),
        resolved("e", "no-data"),
        cover(),
        resolved("d", "withdrawn", service="daum", reason="withdrawn-by-authority"),
    ]
    return Half(H1, lines, **options)


def second_half(*more: Opening, **options) -> Half:
    """Follows `first_half`: its report line is entry 12, so that these begin at 13."""
    return Half(H2, [received("f"), resolved("f"), *more], **options)
