"""What `verify` says of a receipt."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sagwan.verify.published_lines import Line
from sagwan.verify.verdict import Anchor, Verdict


class ReceiptState(StrEnum):
    """What a receipt comes to."""

    INVALID = "invalid"
    """It proves nothing: a signature, an item, the commitment or (offline) the proof does not hold."""
    NOT_LOOKED_UP = "not-looked-up"
    """Genuine; no published folder was given to look into, and no proof that could be checked."""
    PROMISED = "promised"
    """Genuine, not in this log, and not yet due."""
    BROKEN = "promise-broken"
    """Genuine, due, and not in this log; or proven to have been in it, and not there any more."""
    DOUBTFUL = "promise-doubtful"
    """Due and not in this log, and signed by a key that had given way, or was stolen."""
    INCLUDED = "included"


@dataclass(frozen=True, slots=True)
class ReceiptVerdict:
    """The answer of `verify_receipt`.

    `items` are the proven private items (name, value). `index` is the line's place in the log, `checkpoint`
    the file of the first checkpoint that holds it, of `size` entries; `by_proof` is true where the receipt's
    own proof shows it and no folder does, and `checkpoint` is empty then. `withheld` is the reason where that
    entry is not opened; `opened` all published lines of the request, in log order. `tell` says whom to tell
    of a broken promise, by language. `log` is the folder's own verdict.
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
    by_proof: bool = False
    withheld: str = ""
    opened: tuple[Line, ...] = ()
    tell: Mapping[str, str] = field(default_factory=dict)
    log: Verdict | None = field(default=None, repr=False)

    @property
    def exit_code(self) -> int:
        """0: genuine, included or not yet due. 1: invalid, broken, doubtful, or the folder fails.

        3: all holds, but only the folder itself names a key.
        """
        bad = (ReceiptState.INVALID, ReceiptState.BROKEN, ReceiptState.DOUBTFUL)
        if self.state in bad or (self.log and not self.log.holds):
            return 1
        return 3 if self.anchor is Anchor.FOLDER or (self.log and self.log.exit_code == 3) else 0

    def to_json(self) -> str:
        """The answer for machines, one JSON document."""
        document = {
            "format": "sagwan-receipt-verdict/1",
            "state": self.state,
            "text": dict(self.text),
            "tell": dict(self.tell),
            "anchor": self.anchor,
            "commitment": self.commitment,
            "due": self.due,
            "items": [{"name": name, "value": value} for name, value in self.items],
            "failures": list(self.failures),
            "index": self.index,
            "checkpoint": self.checkpoint,
            "size": self.size,
            "by-proof": self.by_proof,
            "withheld": self.withheld,
            "opened": [line.document() for line in self.opened],
            "log-exit-code": self.log.exit_code if self.log else None,
            "exit-code": self.exit_code,
        }
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
