"""The private items behind an opening line's field 14, each provable without the others.

An item's leaf is `salt TAB name TAB value` in UTF-8; field 14 is the RFC 6962 root over the leaves.
The salts of a line come from one secret seed: SHA-256(seed, index as 4 bytes), its first 16 bytes; so a
line's keeper stores 32 bytes, and an item that is shown tells nothing of the salts of the others.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sagwan.formats.errors import FormatError
from sagwan.tlog.hashing import leaf_hash
from sagwan.tlog.inclusion import inclusion_proof, verify_inclusion
from sagwan.tlog.tree import leaf_nodes, root_of

_NAME = re.compile(r"[a-z0-9-]+\Z")


@dataclass(frozen=True, slots=True)
class Item:
    """One private fact: `name` (authority, case-number, target, …) and `value`, under its own salt."""

    salt: str
    name: str
    value: str

    def leaf(self) -> bytes:
        """The bytes of the leaf; raise FormatError where a field would break its shape."""
        if not re.fullmatch(r"[0-9a-f]{32}", self.salt):
            raise FormatError(f"item salt {self.salt!r} is not 32 hex digits")
        if not _NAME.match(self.name):
            raise FormatError(f"item name {self.name!r} is not a slug")
        if "\t" in self.value or "\n" in self.value:
            raise FormatError(f"item {self.name} holds a TAB or a line feed")
        return f"{self.salt}\t{self.name}\t{self.value}".encode()


def private_root(seed: bytes, facts: Iterable[tuple[str, str]]) -> bytes:
    """`items_root(salted(seed, facts))` in one pass: a warrant may name a hundred thousand targets."""
    hashes = []
    for index, (name, value) in enumerate(facts):
        salt = hashlib.sha256(seed + index.to_bytes(4, "big")).hexdigest()[:32]
        leaf = f"{salt}\t{name}\t{_flat(value)}"
        hashes.append(hashlib.sha256(b"\0" + leaf.encode()).digest())
    return root_of(hashes)


def _flat(value: str) -> str:
    return value.replace("\t", " ").replace("\n", " ") if "\t" in value or "\n" in value else value


def salted(seed: bytes, facts: Iterable[tuple[str, str]]) -> list[Item]:
    """Items for `(name, value)` pairs in order; TAB and LF in a value are written as blanks."""
    items = []
    for index, (name, value) in enumerate(facts):
        salt = hashlib.sha256(seed + index.to_bytes(4, "big")).hexdigest()[:32]
        items.append(Item(salt, name, _flat(value)))
    return items


def items_root(items: Iterable[Item]) -> bytes:
    """The 32-byte RFC 6962 root over the items' leaves."""
    return root_of([leaf_hash(item.leaf()) for item in items])


@dataclass(frozen=True, slots=True)
class ProvenItem:
    """One item with its place among `size` items and the audit path to field 14."""

    item: Item
    index: int
    size: int
    path: tuple[bytes, ...]

    def verify(self, root: bytes) -> None:
        """Raise FormatError where the item is not under `root`."""
        try:
            verify_inclusion(
                self.path, index=self.index, size=self.size, leaf=leaf_hash(self.item.leaf()), root=root
            )
        except ValueError as error:
            raise FormatError(
                f"item {self.item.name} is not under the line's private root: {error}"
            ) from None


def prove(items: Sequence[Item], wanted: Iterable[int]) -> tuple[ProvenItem, ...]:
    """The items at `wanted` indexes, each with its audit path."""
    node, size = leaf_nodes([leaf_hash(item.leaf()) for item in items]), len(items)
    return tuple(
        ProvenItem(items[index], index, size, tuple(inclusion_proof(node, index, size))) for index in wanted
    )


def item_document(proven: ProvenItem) -> dict[str, Any]:
    """A proven item as JSON writes it."""
    return {
        "salt": proven.item.salt,
        "name": proven.item.name,
        "value": proven.item.value,
        "index": proven.index,
        "size": proven.size,
        "path": [step.hex() for step in proven.path],
    }


def read_item(document: dict[str, Any]) -> ProvenItem:
    """Read what `item_document` writes; raise KeyError, ValueError or TypeError. Proves nothing by itself."""
    index, size = document["index"], document["size"]
    if type(index) is not int or type(size) is not int:
        raise TypeError("an item's index and size are whole numbers")
    item = Item(str(document["salt"]), str(document["name"]), str(document["value"]))
    path = tuple(bytes.fromhex(step) for step in document["path"])
    if [step.hex() for step in path] != document["path"]:
        raise ValueError("an item's path is not in lower-case hex digits")
    return ProvenItem(item, index, size, path)
