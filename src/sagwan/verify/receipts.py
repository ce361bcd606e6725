"""The answer to a receipt: is the promise genuine, is the line in the log, and what became of the request?"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from sagwan.formats import paths
from sagwan.formats.errors import FormatError
from sagwan.formats.opening import Opening, commitment, parse
from sagwan.formats.receipt import Promise, Receipt, decode_receipt, instant, parse_promise
from sagwan.record.errors import SagwanError
from sagwan.record.vocabulary import LineKind
from sagwan.tlog import TlogError, parse_note, verify_note
from sagwan.verify import words
from sagwan.verify.checkpoints import Seen
from sagwan.verify.run import NOBODY, Run
from sagwan.verify.source import open_source
from sagwan.verify.tree import NoEntries, find_entry
from sagwan.verify.trust import Trust, receipts_keys
from sagwan.verify.verdict import Anchor, Verdict


class ReceiptState(StrEnum):
    """What a receipt comes to."""

    INVALID = "invalid"
    """It proves nothing: a signature, an item or the commitment does not hold."""
    NOT_LOOKED_UP = "not-looked-up"
    """Genuine; no published folder was given to look into."""
    PROMISED = "promised"
    """Genuine, not in this log, and not yet due."""
    BROKEN = "promise-broken"
    """Genuine, due, and not in this log."""
    INCLUDED = "included"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the request as it was published: where it stands, and the report and row that count it."""

    index: int
    kind: str
    outcome: str
    reason: str
    period: str
    row: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ReceiptVerdict:
    """The answer of `verify_receipt`.

    `items` are the proven private items (name, value). `index` is the line's place in the log, `checkpoint`
    the file of the first checkpoint that holds it, of `size` entries. `withheld` is the reason where that
    entry is not opened; `opened` all published lines of the request, in log order. `log` is the folder's own
    verdict.
    """

    state: ReceiptState
    text: Mapping[str, str]
    anchor: Anchor
    commitment: str
    due: str
    items: tuple[tuple[str, str], ...] = ()
    failures: tuple[str, ...] = ()
    index: int | None = None
    checkpoint: str = ""
    size: int = 0
    withheld: str = ""
    opened: tuple[Line, ...] = ()
    log: Verdict | None = field(default=None, repr=False)

    @property
    def exit_code(self) -> int:
        """0: genuine, included or not yet due. 1: invalid, broken, or the folder fails. 3: self-declared."""
        if self.state in (ReceiptState.INVALID, ReceiptState.BROKEN) or (self.log and not self.log.holds):
            return 1
        return 3 if self.anchor is Anchor.FOLDER or (self.log and self.log.exit_code == 3) else 0

    def to_json(self) -> str:
        """The answer for machines, one JSON document."""
        document = {
            "format": "sagwan-receipt-verdict/1",
            "state": self.state,
            "text": dict(self.text),
            "anchor": self.anchor,
            "commitment": self.commitment,
            "due": self.due,
            "items": [{"name": name, "value": value} for name, value in self.items],
            "failures": list(self.failures),
            "index": self.index,
            "checkpoint": self.checkpoint,
            "size": self.size,
            "withheld": self.withheld,
            "opened": [
                {"index": line.index, "kind": line.kind, "outcome": line.outcome, "reason": line.reason,
                 "period": line.period, "row": list(line.row)}
                for line in self.opened
            ],
            "log-exit-code": self.log.exit_code if self.log else None,
            "exit-code": self.exit_code,
        }  # fmt: skip
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def verify_receipt(
    data: bytes, source: str | Path | None = None, *, trust: Trust = NOBODY, now: datetime | None = None
) -> ReceiptVerdict:
    """Check a receipt's bytes, and look its line up in a published folder.

    The promise must be signed by the `<origin>/receipts` key that the reader names in `trust.key`, or else by
    the one in the folder's `key` file (self-declared). Raises SagwanError where this is no receipt at all, or
    no key is known. `now` is aware; `trust.now`, or the clock's, where None.
    """
    receipt = decode_receipt(data)
    moment = now or trust.now or datetime.now(UTC)
    if source is None:
        return _genuine(receipt, trust, "")
    with open_source(source) as opened:
        run = Run(opened, trust)
        log = run.verdict()
        answer = replace(_genuine(receipt, trust, run.published.hints), log=log)
        if answer.state is ReceiptState.INVALID:
            return answer
        promise = parse_promise(parse_note(receipt.promise.encode()).text)
        if promise.origin != log.origin:
            return _invalid(answer, f"the receipt is of {promise.origin}, the folder of {log.origin}")
        return _look_up(answer, run, parse(receipt.line), promise, moment)


def _genuine(receipt: Receipt, trust: Trust, hints: str) -> ReceiptVerdict:
    """The receipt by itself: signature, commitment, items."""
    failures = []
    promise, opening = None, None
    anchor = Anchor.FOLDER
    try:
        note = parse_note(receipt.promise.encode())
        promise = parse_promise(note.text)
        keys, anchor = receipts_keys(trust, promise.origin, hints)
        if not keys:
            raise SagwanError(
                f"no key of {promise.key_name} is known", hint="name it, or a folder whose key file has it"
            )
        verify_note(note, keys)
        if promise.commitment != commitment(receipt.line):
            failures.append(
                f"the promise is for {promise.commitment.hex()}, the line's commitment is "
                f"{commitment(receipt.line).hex()}"
            )
    except (TlogError, FormatError) as error:
        failures.append(f"the promise is not genuine: {error}")
    try:
        opening = parse(receipt.line)
        for proven in receipt.items:
            proven.verify(bytes.fromhex(opening.private))
    except FormatError as error:
        failures.append(str(error))
    answer = ReceiptVerdict(
        state=ReceiptState.NOT_LOOKED_UP,
        text=words.receipt_genuine(),
        anchor=anchor,
        commitment=commitment(receipt.line).hex(),
        due=instant(promise.due) if promise else "",
        items=tuple((proven.item.name, proven.item.value) for proven in receipt.items),
    )
    return _invalid(answer, *failures) if failures else answer


def _invalid(answer: ReceiptVerdict, *failures: str) -> ReceiptVerdict:
    text = words.receipt_invalid(failures[0])
    return replace(answer, state=ReceiptState.INVALID, failures=failures, text=text)


def _look_up(
    answer: ReceiptVerdict, run: Run, opening: Opening, promise: Promise, now: datetime
) -> ReceiptVerdict:
    """Find the commitment among the log's entries, and say what was published of it."""
    try:
        index = find_entry(run.source.root, promise.commitment, 0, run.tree.total)
    except NoEntries as error:
        return _invalid(answer, f"the log cannot be searched: {error}")
    if index is None:
        if now <= promise.due:
            return replace(answer, state=ReceiptState.PROMISED, text=words.receipt_promised(answer.due))
        return replace(answer, state=ReceiptState.BROKEN, text=words.receipt_broken(answer.due))
    holds = _first_holding(run, index)
    openings = run.openings
    withheld = openings.withheld.get(index, "") if openings else ""
    lines = tuple(request_lines(run, opening.request))
    return replace(
        answer,
        state=ReceiptState.INCLUDED,
        text=words.receipt_included(index, _ending(lines), withheld),
        index=index,
        checkpoint=holds.file if holds else paths.CHECKPOINT,
        size=holds.checkpoint.size if holds else run.tree.total,
        withheld=withheld,
        opened=lines,
    )


def _first_holding(run: Run, index: int) -> Seen | None:
    holding = [one for one in run.published.checkpoints if one.checkpoint.size > index]
    return min(holding, key=lambda one: one.checkpoint.size, default=None)


def request_lines(run: Run, request: str) -> Iterator[Line]:
    """The published lines of a request, in log order."""
    if run.openings is None:
        return
    for index, raw in run.openings.lines_with(request):
        try:
            line = parse(raw)
        except FormatError:
            continue  # check 5 has named it
        home = run.openings.requests.counted_in(index)
        if line.request == request and home:
            yield Line(index, str(line.kind), line.outcome, line.reason, str(home), line.row)


def _ending(lines: tuple[Line, ...]) -> str:
    """The outcome as it stands: the last line's that has one."""
    ended = [line for line in lines if line.kind in (LineKind.RESOLVED, LineKind.CORRECTED)]
    return next((line.outcome for line in reversed(ended) if line.outcome != "-"), "")
