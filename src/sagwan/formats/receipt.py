"""The receipt: the opening line, the items that tie it to its holder, and the provider's signed promise.

A promise is a C2SP signed note by the key `<origin>/receipts` over five lines: the key's name, the format,
and the commitment, time and due time. If at the due time no entry of the log is the commitment, the receipt
itself proves the broken promise.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sagwan.formats.errors import FormatError
from sagwan.formats.items import ProvenItem, item_document, read_item

FORMAT = "sagwan-receipt/1"
PROMISE_FORMAT = "sagwan-promise/1"
_INSTANT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Promise:
    """What the receipts key signs: this commitment will be in the log of `origin` by `due`."""

    origin: str
    commitment: bytes
    made: datetime
    due: datetime

    @property
    def key_name(self) -> str:
        return receipts_key_name(self.origin)

    def text(self) -> str:
        """The text of the signed note."""
        return (
            f"{self.key_name}\n{PROMISE_FORMAT}\ncommitment {self.commitment.hex()}\n"
            f"time {instant(self.made)}\ndue {instant(self.due)}\n"
        )


def receipts_key_name(origin: str) -> str:
    return f"{origin}/receipts"


def instant(moment: datetime) -> str:
    """An aware instant in UTC, to the second: `2016-08-04T09:00:00Z`."""
    return moment.astimezone(UTC).strftime(_INSTANT)


def parse_instant(text: str) -> datetime:
    """Read what `instant` writes, and nothing else; raise FormatError."""
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", text):
            return datetime.strptime(text, _INSTANT).replace(tzinfo=UTC)
    except ValueError:
        pass
    raise FormatError(f"{text[:40]!r} is not an instant such as 2016-08-04T09:00:00Z")


def parse_promise(text: str) -> Promise:
    """Read a promise's text, strictly; raise FormatError."""
    lines = text.split("\n")
    if len(lines) != 6 or lines[5] or lines[1] != PROMISE_FORMAT or not lines[0].endswith("/receipts"):
        raise FormatError(f"the promise is not five lines of {PROMISE_FORMAT}")
    values = []
    for line, word in zip(lines[2:5], ("commitment", "time", "due"), strict=True):
        found, blank, value = line.partition(" ")
        if found != word or not blank:
            raise FormatError(f"the promise has {line[:80]!r} where '{word} …' must stand")
        values.append(value)
    if len(values[0]) != 64 or set(values[0]) - set("0123456789abcdef"):
        raise FormatError("the promise's commitment is not 64 hex digits")
    return Promise(
        lines[0].removesuffix("/receipts"),
        bytes.fromhex(values[0]),
        parse_instant(values[1]),
        parse_instant(values[2]),
    )


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an official holds: `line` (the bytes committed to), `items` with proofs, signed `promise`.

    `proof` is, once the line is sealed, a C2SP tlog-proof of its commitment; empty before.
    """

    line: bytes
    items: tuple[ProvenItem, ...]
    promise: str
    synthetic: bool = False
    summary: dict[str, str] = field(default_factory=dict)
    proof: str = ""


def encode_receipt(receipt: Receipt) -> bytes:
    """A receipt as JSON in UTF-8, for a file that ends in `.receipt`."""
    document: dict[str, object] = {
        "format": FORMAT,
        "synthetic": receipt.synthetic,
        "summary": receipt.summary,
        "line": receipt.line.decode("ascii"),
        "items": [item_document(proven) for proven in receipt.items],
        "promise": receipt.promise,
    }
    if receipt.proof:
        document["proof"] = receipt.proof
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def decode_receipt(data: bytes) -> Receipt:
    """Read a receipt; raise FormatError naming what is missing or ill-formed. Proves nothing by itself."""
    try:
        document = json.loads(data)
        if document["format"] != FORMAT:
            raise FormatError(f"the receipt's format is {document['format']!r}, not {FORMAT!r}")
        line, promise, synthetic = document["line"], document["promise"], document["synthetic"]
        items = tuple(read_item(item) for item in document["items"])
        proof = document.get("proof", "")
        summary = {str(key): str(value) for key, value in document["summary"].items()}
        if not all(isinstance(text, str) for text in (line, promise, proof)) or not isinstance(
            synthetic, bool
        ):
            raise TypeError("line, promise and proof are texts, synthetic is true or false")
        return Receipt(line.encode("ascii"), items, promise, synthetic, summary, proof)
    except KeyError as error:
        raise FormatError(f"the receipt lacks {error.args[0]!r}") from None
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise FormatError(f"this is not a receipt: {error}") from None
