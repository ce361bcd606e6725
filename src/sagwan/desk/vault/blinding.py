"""Blinding: who is in a conversation but not a target is called by a keyed pseudonym.

A pseudonym is `~` and 20 hex digits: HMAC-SHA-256 (RFC 2104) of the id under a key of the request, cut to 80
bits. The same person has the same one throughout a request; two requests have different keys, so that their
pseudonyms tell nothing of each other.
"""

import hmac
import html
import json
import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import quote

from sagwan.desk.vault.keyring import KeyRing
from sagwan.desk.vault.master import KeyMissing
from sagwan.desk.vault.models import BlindingKey
from sagwan.record.private import RecordClass

PSEUDONYM = re.compile("~[0-9a-f]{20}")


def request_key(keys: KeyRing, stream: str) -> bytes:
    """The key of a request's pseudonyms, made on first use; raise KeyMissing once it is destroyed.

    `keys` has the stream's keys loaded; the caller saves them.
    """
    context = f"blinding {stream}".encode()
    row = BlindingKey.objects.filter(stream=stream).first()
    if row is None:
        fresh = os.urandom(32)
        BlindingKey(stream=stream, sealed=keys.seal(stream, RecordClass.MATTER, fresh, context)).save()
        return fresh
    key = keys.unseal(stream, RecordClass.MATTER, bytes(row.sealed), context)
    if key is None:
        raise KeyMissing(f"the pseudonyms of {stream} have lost their key", hint="it was destroyed")
    return key


def pseudonym(key: bytes, member: str) -> str:
    """What stands for a person's id."""
    return "~" + hmac.digest(key, b"sagwan/blinding\0" + _composed(member).encode(), "sha256")[:10].hex()


class Blinder:
    """Knows everyone in a conversation, and calls all but the spared by their pseudonyms.

    `members` maps each id to the nicknames it goes by. Ids and nicknames are found in text wherever they
    stand, also within a word (Korean particles follow without a blank), in either case, composed or not, as
    they are or escaped for a URL, HTML or JSON; those of one character only where they stand alone. `others`
    is how many are not spared.
    """

    def __init__(self, key: bytes, spared: Collection[str], members: Mapping[str, Iterable[str]]) -> None:
        self._key = key
        self._spared = {_composed(one) for one in spared}
        self.others = sum(_composed(member) not in self._spared for member in members)
        self._table: dict[str, str | None] = {}
        names: dict[str, str] = {}
        kept = set(self._spared)
        for member, nicks in members.items():
            for nick in nicks:
                if _composed(member) in self._spared:
                    kept.add(_composed(nick))
                elif names.setdefault(nick, member) != member:
                    names[nick] = nick  # two people share it: it is nobody's in particular
        for nick, member in names.items():
            self._learn(nick, pseudonym(key, member))
        for member in members:
            self._learn(member, pseudonym(key, member))
        for one in kept:
            self._learn(one, None)
        self._lengths: dict[str, list[int]] = {}
        for known in self._table:
            self._lengths.setdefault(known[0], []).append(len(known))
        for first, lengths in self._lengths.items():
            self._lengths[first] = sorted(set(lengths), reverse=True)
        self._firsts = re.compile("[" + re.escape("".join(self._lengths)) + "]") if self._lengths else None

    def _learn(self, name: str, stands_for: str | None) -> None:
        composed = _composed(name)
        escaped = (quote(composed, safe=""), html.escape(composed), json.dumps(composed)[1:-1])
        for form in (composed, *escaped):
            if form:
                self._table[_folded(form)] = stands_for

    def is_spared(self, member: str) -> bool:
        return _composed(member) in self._spared

    def member(self, member: str) -> str:
        """An id as it goes out: its pseudonym, or itself where it is spared or empty."""
        return member if not member or self.is_spared(member) else pseudonym(self._key, member)

    def value(self, value: Any) -> Any:
        """A cell, or a JSON value through all its depths and keys, with everyone blinded."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(each) for each in value]
        if isinstance(value, dict):
            return {self.text(name): self.value(each) for name, each in value.items()}
        if isinstance(value, int | float) and not isinstance(value, bool):
            blind = self.text(str(value))
            return value if blind == str(value) else blind
        return value

    def text(self, text: str) -> str:
        """A text with everyone blinded; composed (NFC) where anything could be found in it."""
        if self._firsts is None:
            return text
        text = _composed(text)
        folded = _folded(text)
        parts, place = [], 0
        while found := self._firsts.search(folded, place):
            start = found.start()
            length = self._known_at(folded, start)
            parts.append(text[place:start])
            if length:
                stands_for = self._table[folded[start : start + length]]
                parts.append(text[start : start + length] if stands_for is None else stands_for)
            else:
                parts.append(text[start])
            place = start + (length or 1)
        return "".join((*parts, text[place:]))

    def _known_at(self, folded: str, start: int) -> int:
        """How long the longest known name is that begins there, or 0."""
        for length in self._lengths[folded[start]]:
            if folded[start : start + length] in self._table and (length > 1 or _alone(folded, start)):
                return length
        return 0


def _alone(text: str, place: int) -> bool:
    return not (text[place - 1 : place].isalnum() or text[place + 1 : place + 2].isalnum())


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _folded(text: str) -> str:
    """In lower case, character by character, so that places stay the same."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := one.lower()) == 1 else one for one in text)
