"""The check of revealed items: do they lie behind a sealed line, is it in the log, is it what was published?

Without the desk and, but for an address, without a network.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from sagwan.formats.errors import FormatError
from sagwan.formats.handover import SignedHandover
from sagwan.formats.opening import Opening, commitment, parse
from sagwan.formats.revealed import Revealed, check_items, decode_revealed
from sagwan.tlog import TlogError, parse_checkpoint, parse_note, parse_proof
from sagwan.verify import private_words as words
from sagwan.verify.places import known_anchors, proven_size
from sagwan.verify.published_lines import Line, request_lines
from sagwan.verify.run import NOBODY, Run
from sagwan.verify.source import open_source
from sagwan.verify.tree import NoEntries, entry_at
from sagwan.verify.trust import Trust
from sagwan.verify.verdict import Anchor, Verdict


class PrivateState(StrEnum):
    """What revealed items come to."""

    INVALID = "invalid"
    """They prove nothing: an item, a proof, a signature or the published line does not fit."""
    PROVEN = "proven"
    """They hold by their own proofs; no published folder was given to look into."""
    PUBLISHED = "published"
    WITHHELD = "withheld"
    """The entry is the line's, and it was not opened."""
    UNREPORTED = "unreported"
    """The entry is the line's, and no report covers it yet."""


@dataclass(frozen=True, slots=True)
class PrivateVerdict:
    """The answer of `verify_private`.

    `items` are the proven ones as (name, value), in the file's order; empty where anything failed. `public`
    is the line as it was sealed, None where it cannot be read. `index` is its place in the log, under a
    checkpoint of `size` entries. `withheld` is the reason where the entry is not opened; `opened` are all
    published lines of the request, in log order. `log` is the folder's own verdict.
    """

    state: PrivateState
    text: Mapping[str, str]
    anchor: Anchor
    origin: str
    public: Opening | None
    items: tuple[tuple[str, str], ...] = ()
    failures: tuple[str, ...] = ()
    index: int | None = None
    size: int = 0
    withheld: str = ""
    opened: tuple[Line, ...] = ()
    synthetic: bool = False
    log: Verdict | None = field(default=None, repr=False)

    @property
    def exit_code(self) -> int:
        """0: proven. 1: invalid, or the folder fails. 3: proven by a key that only the folder names."""
        if self.state is PrivateState.INVALID or (self.log and not self.log.holds):
            return 1
        return 3 if self.anchor is Anchor.FOLDER else 0

    def to_json(self) -> str:
        """The answer for machines, one JSON document."""
        document = {
            "format": "sagwan-private-verdict/1",
            "state": self.state,
            "text": dict(self.text),
            "anchor": self.anchor,
            "origin": self.origin,
            "synthetic": self.synthetic,
            "line": self.public.line().decode("ascii") if self.public else None,
            "commitment": commitment(self.public.line()).hex() if self.public else None,
            "items": [{"name": name, "value": value} for name, value in self.items],
            "failures": list(self.failures),
            "index": self.index,
            "size": self.size,
            "withheld": self.withheld,
            "opened": [line.document() for line in self.opened],
            "log-exit-code": self.log.exit_code if self.log else None,
            "exit-code": self.exit_code,
        }
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def verify_private(data: bytes, source: str | Path | None = None, *, trust: Trust = NOBODY) -> PrivateVerdict:
    """Check revealed items by their proofs, and hold their line against a published folder.

    The proof's checkpoint must be signed by a key of the log that the reader names or remembers, or else by
    one in the folder's `key` file (self-declared), and cosigned as the reader's policy asks. Raises
    SagwanError where these are no revealed items at all, or no key of the log is known.
    """
    revealed = decode_revealed(data)
    if source is None:
        return _proven(revealed, trust, "", ())
    with open_source(source) as opened:
        run = Run(opened, trust)
        log = run.verdict()
        answer = replace(_proven(revealed, trust, run.published.hints, run.published.handovers), log=log)
        return answer if answer.state is PrivateState.INVALID else _look_up(answer, run, revealed.line)


def _proven(
    revealed: Revealed, trust: Trust, hints: str, handovers: Sequence[SignedHandover]
) -> PrivateVerdict:
    """The file by itself: grammar, items, place in the log, signature."""
    answer = PrivateVerdict(PrivateState.INVALID, {}, Anchor.FOLDER, "", None, synthetic=revealed.synthetic)
    try:
        answer = replace(answer, public=parse(revealed.line))
        check_items(revealed)
    except FormatError as error:
        return _invalid(answer, error.message)
    try:
        proof = parse_proof(revealed.proof.encode())
        origin = parse_checkpoint(parse_note(proof.checkpoint).text).origin
    except (TlogError, UnicodeEncodeError) as error:
        return _invalid(answer, f"the place in the log is not proven: {error}")
    anchors = known_anchors(trust, origin, hints, handovers)
    answer = replace(answer, origin=origin, anchor=anchors.anchor, index=proof.index)
    try:
        size = proven_size(revealed.line, proof, anchors)
    except TlogError as error:
        return _invalid(answer, f"the line is not proven to be entry {proof.index:,} of {origin}: {error}")
    return replace(
        answer,
        state=PrivateState.PROVEN,
        text=words.private_proven(len(revealed.items), proof.index, size),
        items=tuple((proven.item.name, proven.item.value) for proven in revealed.items),
        size=size,
    )


def _invalid(answer: PrivateVerdict, failure: str) -> PrivateVerdict:
    text = words.private_invalid(failure)
    return replace(answer, state=PrivateState.INVALID, failures=(failure,), text=text, items=())


def _look_up(answer: PrivateVerdict, run: Run, line: bytes) -> PrivateVerdict:
    """Hold the line against the folder's entry and against what was published there."""
    origin, index = run.published.anchors.origin, answer.index or 0
    if answer.origin != origin:
        return _invalid(answer, f"the items are of the log {answer.origin}, the folder of {origin}")
    try:
        if index >= run.tree.total:
            return _invalid(
                answer, f"entry {index:,} is not in the folder's log of {run.tree.total:,}: fetch a newer one"
            )
        entry = entry_at(run.source.root, index, run.tree.total)
    except NoEntries as error:
        return _invalid(answer, f"the log cannot be read: {error}")
    if entry != commitment(line):
        return _invalid(
            answer, f"entry {index:,} of the folder is {entry.hex()}, the line's commitment is "
            f"{commitment(line).hex()}"
        )  # fmt: skip
    return _published(answer, run, line, index)


def _published(answer: PrivateVerdict, run: Run, line: bytes, index: int) -> PrivateVerdict:
    openings, public, items = run.openings, answer.public, len(answer.items)
    opened = tuple(request_lines(run, public.request)) if public else ()
    reason = openings.withheld.get(index, "") if openings else ""
    if reason:
        text = words.private_withheld(items, index, reason)
        return replace(answer, state=PrivateState.WITHHELD, text=text, withheld=reason, opened=opened)
    found = openings.line_at(index) if openings else None
    if found is None:
        text = words.private_published(items, index, "-")
        return replace(answer, state=PrivateState.UNREPORTED, text=text, opened=opened)
    if found != line:
        return _invalid(answer, f"entry {index:,} was published as another line")
    home = next((one.period for one in opened if one.index == index), "")
    text = words.private_published(items, index, home or (public.period if public else "-"))
    return replace(answer, state=PrivateState.PUBLISHED, text=text, opened=opened)
