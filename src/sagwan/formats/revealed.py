"""What is revealed of one sealed line: the line, chosen private items with proofs, its place in the log.

A court or a regulator gets such a file. The items lie under the line's field 14, the line's commitment under
a checkpoint of the log (a C2SP tlog-proof); what is not in the file stays hidden behind salts.
docs/reference/reveal.md tells each member.
"""

import json
from dataclasses import dataclass

from sagwan.formats.errors import FormatError
from sagwan.formats.items import ProvenItem, item_document, read_item
from sagwan.formats.opening import parse

FORMAT = "sagwan-revealed/1"
MAX_SIZE = 64_000_000
"""Bytes of the largest file that is read: a hundred thousand targets with their proofs."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """`line` are the bytes that were sealed, `items` what is shown of what lies behind, `proof` the text of a
    C2SP tlog-proof of the line's commitment. `synthetic` marks what is invented."""

    line: bytes
    items: tuple[ProvenItem, ...]
    proof: str
    synthetic: bool = False


def encode_revealed(revealed: Revealed) -> bytes:
    """The file as JSON in UTF-8; the same value gives the same bytes."""
    document = {
        "format": FORMAT,
        "synthetic": revealed.synthetic,
        "line": revealed.line.decode("ascii"),
        "items": [item_document(proven) for proven in revealed.items],
        "proof": revealed.proof,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def decode_revealed(data: bytes) -> Revealed:
    """Read such a file; raise FormatError naming what is missing or ill-formed. Proves nothing by itself."""
    if len(data) > MAX_SIZE:
        raise FormatError(f"the file has {len(data):,} bytes, more than the {MAX_SIZE:,} that it can need")
    try:
        document = json.loads(data)
        if document["format"] != FORMAT:
            raise FormatError(f"the file's format is {document['format']!r}, not {FORMAT!r}")
        line, proof, synthetic = document["line"], document["proof"], document["synthetic"]
        items = tuple(read_item(item) for item in document["items"])
        if not (isinstance(line, str) and isinstance(proof, str) and isinstance(synthetic, bool)):
            raise TypeError("line and proof are texts, synthetic is true or false")
        return Revealed(line.encode("ascii"), items, proof, synthetic)
    except KeyError as error:
        raise FormatError(f"the file lacks {error.args[0]!r}") from None
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise FormatError(f"these are no revealed items: {error}") from None


def check_items(revealed: Revealed) -> None:
    """Raise FormatError where an item is not under the line's field 14, or the items contradict each other.

    All must claim one number of items, and each its own place: a proof alone does not bind the number.
    """
    if not revealed.items:
        raise FormatError("no item is shown")
    root = bytes.fromhex(parse(revealed.line).private)
    size, places = revealed.items[0].size, set[int]()
    for proven in revealed.items:
        proven.verify(root)
        if proven.size != size:
            raise FormatError(
                f"item {proven.item.name} is said to be one of {proven.size}, another one of {size}"
            )
        if proven.index in places:
            raise FormatError(f"the place {proven.index} is shown twice")
        places.add(proven.index)
