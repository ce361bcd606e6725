"""The Korean of what the browser's verifier says, as a module of the site that its Korean pages load."""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from sagwan.pages import refusals

_HEAD = """// What the modules beside this one say in English, and its Korean: from the command's tables.
// Texts without values: [text, [how much it says, Korean]]. Templates, those that say most first:
// [texts around the values, how much they say, must a value be one word, Korean].

"""


@cache
def korean_module() -> bytes:
    """`ko.js`: the tables of sagwan.pages.refusals, as far as the modules can come to say what is in them."""
    found = sayable()
    whole = {
        english.format(): [refusals.letters(english), korean.format()]
        for english, korean in sorted(found.items())
        if not refusals.has_values(english)
    }
    entries = [
        [refusals.pieces(one), refusals.weight(one), refusals.is_weak(one), refusals.named(found[one])]
        for one in sorted(found, key=refusals.order)
        if refusals.has_values(one)
    ]
    return "\n".join([_HEAD + _exported("WHOLE", [*whole.items()]), _exported("ENTRIES", entries)]).encode()


def sayable() -> dict[str, str]:
    """The templates whose words all stand in the modules, and their Korean: more than is said, never less."""
    return {english: korean for _, english, korean in refusals.read() if _can_be_said(english)}


def _exported(name: str, rows: Sequence[object]) -> str:
    lines = "".join(f"  {json.dumps(row, ensure_ascii=False)},\n" for row in rows)
    return f"export const {name} = [\n{lines}];\n"


def _can_be_said(template: str) -> bool:
    return all(piece.strip() in _modules() for piece in refusals.pieces(template))


@cache
def _modules() -> str:
    folder = files("sagwan.pages") / "static" / "verify"
    return "".join(one.read_text(encoding="utf-8") for one in folder.iterdir() if one.name.endswith(".js"))
