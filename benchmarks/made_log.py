"""Write a sound published folder of any size, to measure on: one half-year of made-up requests.

    python benchmarks/made_log.py FOLDER [LINES]

LINES (default 1,000,000) are half `received` and half `resolved`, in 181 daily batches, each request answered
one to twenty days after it came. The folder verifies with exit status 0 under the key and policy that are
written beside it (`FOLDER.key`, `FOLDER.policy`). Ten million lines take about two minutes and 2.6 GB.
"""

# ruff: noqa: S311  (drawn figures; what must be unguessable comes from the system)
import hashlib
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sagwan.formats import paths
from sagwan.formats.manifest import encode_manifest
from sagwan.formats.opening import parse
from sagwan.formats.report import Report, encode_csv, encode_json, encode_restated_csv
from sagwan.formats.tally import Table
from sagwan.record.vocabulary import WithheldReason
from sagwan.tlog import Checkpoint, Frontier, cosign, grow, leaf_hash, sign_note

sys.path.insert(0, str(Path(__file__).parents[1]))  # the keys are the tests'
from tests.support.folder import DAY, H1, START, Keys

BATCHES = 181
_SERVICES = ("kakao", "daum", "naver")
_ENDS = (
    "complied\t-\taccess,subscriber",
    "complied\t-\tcontent",
    "partial\tretention-expired\tcontent,traffic",
    "refused\tno-legal-obligation\t-",
    "no-data\tmember-left\t-",
)
_INSTRUMENTS = ("search-and-seizure-warrant", "communication-confirmation", "subscriber-information")


def shapes() -> tuple[list[bytes], list[list[bytes]]]:
    """Format strings of lines, by row: of its `received` line, and of its `resolved` ones."""
    start, end = "sagwan/1\t%s\t", "\t%s\t-"
    asked, answered = [], []
    for service in _SERVICES:
        for instrument in _INSTRUMENTS:
            row = f"\t%s\t{H1}\t{service}\tKR\t{instrument}\t"
            asked.append(f"{start}received{row}-\t-\tcontent,subscriber\t%d\t-{end}".encode())
            ends = []
            for outcome in _ENDS:
                none = outcome.split("\t")[2] == "-"
                marks = "notified" if outcome.startswith("complied") else "-"
                accounts = "0" if none else "%d"
                ends.append(f"{start}resolved{row}{outcome}\t{accounts}\t{marks}{end}".encode())
            answered.append(ends)
    return asked, answered


def batches(count: int) -> Iterator[list[bytes]]:
    """The lines of each batch, shuffled but with each request's lines in their order."""
    asked, answered = shapes()
    due: list[list[tuple[bytes, int]]] = [[] for _ in range(BATCHES + 21)]
    requests = count // 2
    for day in range(BATCHES):
        new = requests * (day + 1) // BATCHES - requests * day // BATCHES
        fresh = os.urandom(56 * (new + len(due[day]) + sum(map(len, due)) + 1)).hex().encode()
        place = 0

        def take(digits: int, pool: bytes = fresh) -> bytes:
            nonlocal place
            place += digits
            return pool[place - digits : place]

        lines = [_answer(answered, row, request, take) for request, row in due[day]]
        for _ in range(new):
            request, row = take(16), random.randrange(len(asked))
            lines.append(asked[row] % (take(32), request, random.randrange(1, 9), take(64)))
            last = BATCHES - 1
            due[min(day + random.randrange(1, 20), last) if day < last else BATCHES].append((request, row))
        random.shuffle(lines)
        if day == BATCHES - 1:  # what came on the last day is answered on it too, in order
            lines += [_answer(answered, row, request, take) for request, row in due[BATCHES]]
        yield lines


def _answer(answered: list[list[bytes]], row: int, request: bytes, take) -> bytes:
    made = random.choice(answered[row])
    if b"%d" in made:
        return made % (take(32), request, random.randrange(1, 9), take(64))
    return made % (take(32), request, take(64))


class Log:
    """The published log as it grows."""

    def __init__(self, root: Path, keys: Keys) -> None:
        self.root, self.keys = root, keys
        self.size, self.time = 0, START
        self.frontier = Frontier()

    def write(self, path: str, data: bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    def seal(self, lines: list[bytes]) -> bytes:
        fresh = [hashlib.sha256(line).digest() for line in lines]
        log = self.root / "log"
        for path, data in list(grow(self.size, fresh, lambda tile: (log / tile.path).read_bytes())):
            self.write(paths.LOG + path, data)
        self.frontier.extend(map(leaf_hash, fresh))
        self.size += len(lines)
        self.time += DAY
        note = sign_note(str(Checkpoint(self.keys.origin, self.size, self.frontier.root())), self.keys.log)
        made = note.with_signatures([cosign(note.text, key, self.time) for key in self.keys.witnesses])
        self.write(paths.CHECKPOINT, bytes(made))
        return bytes(made)


def tally(counted: Counter[bytes]) -> Table:
    """Lines by what they count as, from one line of each kind with its salt and numbers left out."""
    table = Table()
    for key, times in counted.items():
        head, accounts, marks = key.rsplit(b"|", 2)
        line = b"sagwan/1\t%s\t%s\t%s\t%s\t%s\t-" % (b"0" * 32, head, accounts, marks, b"0" * 64)
        opening = parse(line)
        table.add(replace(opening, accounts=opening.accounts * times), opening.kind)
        table.add(replace(opening, accounts=0), opening.kind, times - 1)
    return table


def key_of(line: bytes) -> bytes:
    fields = line.split(b"\t")
    fields[3] = b"0" * 16
    return b"\t".join(fields[2:11]) + b"|" + fields[11] + b"|" + fields[12]


def make(root: Path, count: int) -> Keys:
    keys = Keys()
    log = Log(root, keys)
    counted: Counter[bytes] = Counter()
    checkpoints, done = [], 0
    openings: dict[int, list[bytes]] = {}
    started = time.monotonic()
    for lines in batches(count):
        checkpoints.append(log.seal(lines))
        counted.update(map(key_of, lines))
        for line in lines:
            openings.setdefault(done - done % paths.OPENINGS_SPLIT, []).append(line)
            done += 1
        for start in [start for start in openings if start + paths.OPENINGS_SPLIT <= done]:
            log.write(paths.openings(H1, start), b"\n".join(openings.pop(start)) + b"\n")
        if sys.stderr.isatty():
            print(f"\r{done:,} lines, {time.monotonic() - started:.0f} s", end="", file=sys.stderr)
    for start, rest in openings.items():
        log.write(paths.openings(H1, start), b"\n".join(rest) + b"\n")
    publish(log, tally(counted), checkpoints, done)
    return keys


def publish(log: Log, table: Table, checkpoints: list[bytes], cut: int) -> None:
    """The report and what binds it."""
    keys = log.keys
    rows = table.counts()
    report = Report(
        provider="made", names={"ko": "지어낸 회사", "en": "Made up"},
        service_names={service: {"ko": service, "en": service} for service in _SERVICES},
        origin=keys.origin, period=str(H1), time_zone="Asia/Seoul", batch_interval_hours=24, synthetic=True,
        first=0, cut=cut, rows=rows, withheld={str(reason): 0 for reason in WithheldReason},
    )  # fmt: skip
    log.write(paths.report_json(H1), encode_json(report))
    log.write(paths.report_csv(H1), encode_csv(rows))
    log.write(paths.restated_csv(H1), encode_restated_csv(()))
    files = [paths.report_json(H1), paths.report_csv(H1), paths.restated_csv(H1)]
    files += [paths.openings(H1, start) for start in paths.openings_starts(0, cut)]
    digests = {}
    for file in files:
        with (log.root / file).open("rb") as data:
            digests[file] = hashlib.file_digest(data, "sha256").hexdigest()
    manifest = encode_manifest(digests)
    log.write(paths.manifest(H1), manifest)
    none = "-\t-\t2016h1\t-\t-\t-\t0\t-"
    bound = hashlib.sha256(manifest).hexdigest()
    line = f"sagwan/1\t{os.urandom(16).hex()}\treport\t{os.urandom(8).hex()}\t{H1.next}\t{none}\t{bound}\t-"
    log.write(paths.report_line(H1), parse(line.encode()).line() + b"\n")
    log.write(paths.report_checkpoint(H1), log.seal([line.encode()]))
    for number, note in enumerate(checkpoints):
        log.write(paths.checkpoint(H1, number), note)
    log.write(paths.KEY, keys.key_file.encode())
    log.write(paths.DATAPACKAGE, b'{"resources": [{"path": "report/2016H1.csv"}]}\n')


def write(root: Path, count: int) -> None:
    """Write the folder, and beside it what its reader trusts."""
    keys = make(root, count)
    root.with_name(root.name + ".key").write_text(f"{keys.vkey}\n")
    root.with_name(root.name + ".policy").write_text(keys.policy())


def main() -> None:
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    root = Path(sys.argv[1])
    if root.exists() and any(root.iterdir()):
        sys.exit(f"{root} is not empty")
    write(root, int(sys.argv[2].replace(",", "")) if len(sys.argv) > 2 else 1_000_000)


if __name__ == "__main__":
    main()
