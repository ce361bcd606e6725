"""Which characters the letters' fonts can show, and what stands where it cannot.

A font without a glyph draws an empty box and reports nothing, so every text of a letter is checked before it
is set. What cannot be shown, or would not be seen (marks that turn the direction of writing, characters of no
width), is replaced by its number in brackets: `[U+1F600]`.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from fontTools.ttLib import TTFont

FONTS = files("sagwan.desk.letters") / "fonts"
_FILES = ("NanumGothic.ttf", "NanumGothicBold.ttf")
_BROUGHT = (range(0xA1, 0x180), range(0x386, 0x3CF), range(0x400, 0x460))
"""Latin, Greek and Cyrillic letters that the serif face which Typst brings draws where the font has none."""
_SPACES = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_SEEN = frozenset(("Zs", "Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No"))


@dataclass(frozen=True, slots=True)
class Replaced:
    """A character that the letter shows by its number: its code point, and how often it stood there."""

    character: str
    times: int

    @property
    def code(self) -> str:
        return f"U+{ord(self.character):04X}"

    @property
    def name(self) -> str:
        return unicodedata.name(self.character, "without a name")


@cache
def covered() -> frozenset[int]:
    """The code points that every face of the font has, or the face that Typst brings."""
    faces = []
    for file in _FILES:
        with (FONTS / file).open("rb") as stream:
            faces.append(frozenset(TTFont(stream, lazy=True).getBestCmap()))
    brought = (code for block in _BROUGHT for code in block if unicodedata.category(chr(code)) != "Cn")
    return frozenset.intersection(*faces).union(brought)


class Showing:
    """Makes texts ready to be set, and remembers what had to be replaced."""

    def __init__(self) -> None:
        self._times: dict[str, int] = {}

    @property
    def replaced(self) -> tuple[Replaced, ...]:
        return tuple(Replaced(character, times) for character, times in self._times.items())

    def text(self, text: str) -> str:
        """The text with composed characters (NFC), plain blanks, and what cannot be shown replaced."""
        shown = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
        return "".join(map(self._character, shown))

    def _character(self, character: str) -> str:
        if character == "\n" or (ord(character) in covered() and _is_seen(character)):
            return character
        self._times[character] = self._times.get(character, 0) + 1
        return f"[U+{ord(character):04X}]"


def _is_seen(character: str) -> bool:
    category = unicodedata.category(character)
    return category in _SEEN or category[0] in "PSM"


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    """The same structure of dicts, lists and tuples, with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: each_text(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [each_text(item, change) for item in value]
    return value
