"""The answer to a receipt: is the promise genuine, is the line in the log, and what became of the request?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sagwan.formats import paths
from sagwan.formats.errors import FormatError
from sagwan.formats.handover import Handover, Reason, SignedHandover
from sagwan.formats.opening import commitment, parse
from sagwan.formats.receipt import Promise, Receipt, decode_receipt, instant, parse_promise
from sagwan.record.errors import SagwanError
from sagwan.tlog import (
    KeyType,
    ProofError,
    TlogError,
    TlogProof,
    parse_checkpoint,
    parse_note,
    parse_proof,
    verify_note,
)
from sagwan.verify import receipt_words as words
from sagwan.verify.checkpoints import Seen
from sagwan.verify.places import known_anchors, proven_size
from sagwan.verify.published_lines import ending, request_lines
from sagwan.verify.receipt_verdict import ReceiptState, ReceiptVerdict
from sagwan.verify.run import NOBODY, Run
from sagwan.verify.source import open_source
from sagwan.verify.tree import NoEntries, entry_at, find_entry
from sagwan.verify.trust import Trust, parse_keys, receipts_keys
from sagwan.verify.verdict import Anchor


@dataclass(frozen=True, slots=True)
class _Held:
    """A receipt that holds by itself.

    `gave_way` is the handover by which its key ended before it signed this, or at any time where it was
    stolen. `place` is the proven one: (proof, size of its checkpoint).
    """

    receipt: Receipt
    promise: Promise
    gave_way: Handover | None
    place: tuple[TlogProof, int] | None


def verify_receipt(
    data: bytes, source: str | Path | None = None, *, trust: Trust = NOBODY, now: datetime | None = None
) -> ReceiptVerdict:
    """Check a receipt's bytes, and look its line up in a published folder.

    The promise must be signed by the `<origin>/receipts` key that the reader names in `trust.key`, or else by
    the one in the folder's `key` file (self-declared), or by one that a handover leads to.
    Without a folder, a receipt that carries its proof is checked by it. Raises SagwanError where this is no
    receipt at all, or no key is known. `now` is aware; `trust.now`, or the clock's, where None.
    """
    receipt = decode_receipt(data)
    moment = now or trust.now or datetime.now(UTC)
    if source is None:
        return _offline(receipt, trust)
    with open_source(source) as opened:
        run = Run(opened, trust)
        log = run.verdict()
        answer, held = _genuine(receipt, trust, run.published.hints, run.published.handovers)
        answer = replace(answer, log=log)
        if held is None:
            return answer
        if held.promise.origin != log.origin:
            return _invalid(answer, f"the receipt is of {held.promise.origin}, the folder of {log.origin}")
        return _look_up(answer, run, held, moment)


def _offline(receipt: Receipt, trust: Trust) -> ReceiptVerdict:
    """By the receipt alone: genuine, and included where it carries a proof and the log's key is known."""
    answer, held = _genuine(receipt, trust, "", ())
    if held is None:
        return answer
    if answer.failures:
        return _invalid(answer, *answer.failures)
    return _included_by_proof(answer, held, words.receipt_proven) if held.place else answer


def _genuine(
    receipt: Receipt, trust: Trust, hints: str, handovers: Sequence[SignedHandover]
) -> tuple[ReceiptVerdict, _Held | None]:
    """The receipt by itself: signature, commitment, items. None where it proves nothing.

    A carried proof that does not hold is only named: a bad proof must not save a broken promise.
    """
    answer = ReceiptVerdict(
        state=ReceiptState.NOT_LOOKED_UP,
        text=words.receipt_genuine(),
        anchor=Anchor.FOLDER,
        commitment=commitment(receipt.line).hex(),
        due="",
        items=tuple((proven.item.name, proven.item.value) for proven in receipt.items),
    )
    failures = _line_failures(receipt)
    try:
        promise, gave_way, anchor = _signed(receipt, trust, hints, handovers)
        answer = replace(answer, anchor=anchor, due=instant(promise.due))
        if promise.commitment != commitment(receipt.line):
            other = (
                f"the promise is for {promise.commitment.hex()}, the line's commitment is {answer.commitment}"
            )
            return _invalid(answer, other, *failures), None
    except (TlogError, FormatError) as error:
        return _invalid(answer, f"the promise is not genuine: {error}", *failures), None
    if failures:
        return _invalid(answer, *failures), None
    try:
        place = _carried(receipt, promise, trust, hints, handovers)
    except TlogError as error:
        place, answer = None, replace(answer, failures=(f"the proof that it carries does not hold: {error}",))
    return answer, _Held(receipt, promise, gave_way, place)


def _line_failures(receipt: Receipt) -> list[str]:
    """What of the line and its items does not hold."""
    try:
        root = bytes.fromhex(parse(receipt.line).private)
        for proven in receipt.items:
            proven.verify(root)
    except FormatError as error:
        return [str(error)]
    return []


def _signed(
    receipt: Receipt, trust: Trust, hints: str, handovers: Sequence[SignedHandover]
) -> tuple[Promise, Handover | None, Anchor]:
    """The promise, what makes it doubtful, and who names the key; raise TlogError or FormatError."""
    note = parse_note(receipt.promise.encode())
    promise = parse_promise(note.text)
    chain, anchor = receipts_keys(trust, promise.origin, hints, handovers)
    if not chain.keys:
        raise SagwanError(
            f"no key of {promise.key_name} is known", hint="name it, or a folder whose key file has it"
        )
    try:
        signers = {one.key for one in verify_note(note, chain.keys)}
    except TlogError as error:
        why = chain.explain(note.signatures, promise.key_name)
        raise FormatError(f"{error}; {why}" if why else str(error)) from None
    ends = [chain.ended(key) for key in signers]
    doubts = [end for end in ends if end and (end.reason is Reason.STOLEN or promise.made > end.since)]
    # A signature by a key that still signs, or signed in its time, is enough.
    return promise, doubts[0] if len(doubts) == len(ends) else None, anchor


def _carried(
    receipt: Receipt, promise: Promise, trust: Trust, hints: str, handovers: Sequence[SignedHandover]
) -> tuple[TlogProof, int] | None:
    """The proven place of the line; None without a proof, or where no key of the log is known to check it.

    Raise TlogError where it does not hold.
    """
    if not receipt.proof:
        return None
    proof = parse_proof(receipt.proof.encode())
    origin = parse_checkpoint(parse_note(proof.checkpoint).text).origin
    if origin != promise.origin:
        raise ProofError(f"its checkpoint is of {origin}, the promise of {promise.origin}")
    try:
        anchors = known_anchors(trust, promise.origin, hints, handovers)
    except TlogError:
        raise
    except SagwanError:
        return None
    return proof, proven_size(receipt.line, proof, anchors)


def _invalid(answer: ReceiptVerdict, first: str, *others: str) -> ReceiptVerdict:
    text = words.receipt_invalid(first)
    return replace(answer, state=ReceiptState.INVALID, failures=(first, *others), text=text)


def _included_by_proof(answer: ReceiptVerdict, held: _Held, say: words.Proven) -> ReceiptVerdict:
    if held.place is None:
        return answer
    proof, size = held.place
    text = say(proof.index, size)
    return replace(
        answer, state=ReceiptState.INCLUDED, text=text, index=proof.index, size=size, by_proof=True
    )


def _look_up(answer: ReceiptVerdict, run: Run, held: _Held, now: datetime) -> ReceiptVerdict:
    """Find the commitment among the log's entries, and say what was published of it."""
    try:
        index = find_entry(run.source.root, held.promise.commitment, 0, run.tree.total)
    except NoEntries as error:
        return _invalid(answer, f"the log cannot be searched: {error}")
    if index is None:
        return _missing(answer, run, held, now)
    holds = _first_holding(run, index)
    openings = run.openings
    withheld = openings.withheld.get(index, "") if openings else ""
    lines = tuple(request_lines(run, parse(held.receipt.line).request))
    return replace(
        answer,
        state=ReceiptState.INCLUDED,
        text=words.receipt_included(index, ending(lines), withheld),
        index=index,
        checkpoint=holds.file if holds else paths.CHECKPOINT,
        size=holds.checkpoint.size if holds else run.tree.total,
        withheld=withheld,
        opened=lines,
    )


def _missing(answer: ReceiptVerdict, run: Run, held: _Held, now: datetime) -> ReceiptVerdict:
    """The line is not in the folder's log: not yet, or not kept, or taken out again."""
    broken = replace(answer, state=ReceiptState.BROKEN, tell=words.tell(_witnesses(run)))
    if held.place:
        proof, size = held.place
        if proof.index >= run.tree.total:
            return _included_by_proof(answer, held, words.receipt_older_folder)
        if entry_at(run.source.root, proof.index, run.tree.total) != held.promise.commitment:
            text = words.receipt_rewritten(proof.index, size)
            return replace(broken, text=text, index=proof.index, size=size, by_proof=True)
    if now <= held.promise.due:
        return replace(answer, state=ReceiptState.PROMISED, text=words.receipt_promised(answer.due))
    end = held.gave_way
    if end is None:
        return replace(broken, text=words.receipt_broken(answer.due))
    why = words.handed_over(
        end.old.key_id.hex(), end.new.key_id.hex(), instant(end.since), end.reason is Reason.STOLEN
    )
    doubt = words.receipt_doubtful(answer.due)
    text = {lang: doubt[lang] + why[lang] for lang in why}
    return replace(answer, state=ReceiptState.DOUBTFUL, text=text)


def _witnesses(run: Run) -> list[str]:
    """The witnesses that the reader's policy or the `key` file names."""
    names = [witness.key.name for witness in run.published.anchors.policy.witnesses]
    try:
        hinted = [key.name for key in parse_keys(run.published.hints) if key.type is not KeyType.ED25519]
    except SagwanError:
        hinted = []
    return sorted({*names, *hinted})


def _first_holding(run: Run, index: int) -> Seen | None:
    holding = [one for one in run.published.checkpoints if one.checkpoint.size > index]
    return min(holding, key=lambda one: one.checkpoint.size, default=None)
