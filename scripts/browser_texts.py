"""Find what the browser's verifier says: the texts of its modules, as templates like those of error_texts.py.

The modules in src/sagwan/pages/static/verify write each sentence as one text; `${…}` in it is a value, and a
text within a value is a text of its own. Taken is every text with a blank in it, and a word alone where
failures get theirs.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

PAGES = {"page.js", "receipt_page.js", "receipt_words.js", "told.js", "view.js", "words.js"}
"""Modules that show, whose sentences stand in both languages, and that hold no other."""
SHOWN = re.compile(r"(?:\b(?:add|fail|fails)\(|\breturn (?:[^;{}]* \? )?\[)\Z")
"""What a bracket comes after whose words are shown: `findings.add(`, `fail(`, and pairs that are returned."""
NO_SENTENCE = {
    "cosignature/v1\ntime {0}\n{1}",  # what is signed
    "quorum none",  # a policy
    "report {0}",  # the fields of a line
}

CLOSING = {"(": ")", "[": "]", "{": "}"}
BEHIND = 400
"""So many characters back it is seen what a bracket comes after."""
VALUE = re.compile(r"\{[0-9]+\}")
TOKEN = re.compile(
    r"""(?P<skip>//[^\n]*|/\*.*?\*/|\s+)
    |(?P<plain>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<regex>/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\]|\\.)*\])+/\w*)
    |(?P<other>[\w$]+|.)""",
    re.VERBOSE | re.DOTALL,
)
DIVIDED = re.compile(TOKEN.pattern.replace("(?P<regex>", "(?P<regex>(?!)"), TOKEN.flags)
VALUE_ENDS = re.compile(r"(?<!\breturn)(?<=[\w$)\]}`])\s*\Z")
"""After a value a stroke divides; elsewhere it begins a regular expression."""
PIECE = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*", re.DOTALL)
ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|(.))", re.DOTALL)


@dataclass(slots=True)
class Reader:
    """One module, read from its beginning to its end; `texts` are (template, is it where words are shown)."""

    code: str
    at: int = 0
    texts: list[tuple[str, bool]] = field(default_factory=list)

    def read(self, *, until: str = "", shown: bool = False) -> None:
        """Read on, to the bracket that closes."""
        seen = ""
        while self.at < len(self.code):
            if self.code[self.at] == "`":
                self.template(shown)
                seen += "``"
                continue
            found = self.take(DIVIDED if VALUE_ENDS.search(seen) else TOKEN)
            text = found[0]
            if text == until:
                return
            if found["plain"]:
                self.texts.append((doubled(text[1:-1]), shown))
            elif text in CLOSING:
                place = text == "[" and VALUE_ENDS.search(seen)  # in a list or a Map, not a list itself
                here = text != "{" and not place and (shown or bool(SHOWN.search(seen + text)))
                self.read(until=CLOSING[text], shown=here)
                text += CLOSING[text]
            seen = seen[-BEHIND:] + ("" if found["skip"] and text.strip() else text)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str]:
        found = pattern.match(self.code, self.at)
        if not found:
            raise ValueError(f"this cannot be read as JavaScript: {self.code[self.at : self.at + 40]}")
        self.at = found.end()
        return found

    def template(self, shown: bool) -> None:
        text, count = "", 0
        self.at += 1
        while True:
            text += doubled(self.take(PIECE)[0])
            self.at += 1
            if self.code[self.at - 1] == "`":
                break
            self.at += 1
            self.read(until="}", shown=shown)
            text += f"{{{count}}}"
            count += 1
        self.texts.append((text, shown))


def doubled(text: str) -> str:
    """What the text of a literal stands for, with its braces doubled."""
    plain = ESCAPE.sub(
        lambda one: chr(int(one[1], 16)) if one[1] else {"n": "\n", "t": "\t"}.get(one[2], one[2]), text
    )
    return plain.replace("{", "{{").replace("}", "}}")


def speaks(template: str, shown: bool) -> bool:
    """Is this a text for people, or a path, a key, or what joins values?"""
    text = template.strip()
    bare = VALUE.sub("", text).strip()
    if template in NO_SENTENCE or not any(map(str.isalpha, bare)):
        return False
    if " " in bare:
        return True
    if bare != text:
        return " " in text and not {*"/."} & {*bare}
    return shown and bare.isalpha()


def read(source: Path) -> dict[str, set[str]]:
    """Every template, and the modules that say it, below `source` (src/sagwan)."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted((source / "pages" / "static" / "verify").glob("*.js")):
        if path.name not in PAGES:
            reader = Reader(path.read_text(encoding="utf-8"))
            reader.read()
            for template, shown in reader.texts:
                if speaks(template, shown):
                    found[template].add(path.name)
    return found
