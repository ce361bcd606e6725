"""What is refused, in Korean too: the text of an error, or of a row's fault, in the reader's language.

Errors are raised with English texts, most of them with values in them. `locale/ko/refusals/*.toml` maps each
text, as a template whose values are `{0}`, `{1}` …, to Korean; scripts/refusals.py holds it to what the code
says. A text is looked up by the template that it fits, and of several by the one that says most.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from string import Formatter

from sagwan.pages.particles import fill
from sagwan.record.errors import SagwanError

Name = Callable[[str], str]
"""What a slug is called, itself where nobody named it."""

_SLUG = re.compile(r"[a-z][a-z0-9-]*\Z")
_FIELD = re.compile(r"\{(\d+)\}")
WEAK = 5
"""Templates with fewer letters (`{0} is {1}`) take only values without blanks, or in quotes: as they fit
almost any sentence."""
_QUOTED = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_PLAIN = rf"({_QUOTED}|\S+)"
_ANY = rf"({_QUOTED}|.*?)"
LONGEST, STARTS = 600, 4
"""Longer texts are compared as a whole only, and so many `: ` are looked behind: what an error quotes comes
from outside, and must not buy time."""
DEEP = 3
"""How deep values are looked into: they may be texts with values of their own."""


def itself(slug: str) -> str:
    return slug


@dataclass(frozen=True, slots=True)
class Entry:
    """A template, ready to be compared: `needle` is the longest text that must stand in what it fits."""

    template: str
    needle: str
    weight: int
    pattern: re.Pattern[str]
    korean: str


@dataclass(frozen=True, slots=True)
class Table:
    """The Korean of texts without values, and of templates: those that say most come first."""

    whole: dict[str, str]
    entries: tuple[Entry, ...]


def said(error: SagwanError, lang: str, name: Name = itself) -> str:
    """An error as `str(error)` says it, in `ko` or `en`: what is wrong, and what to do in brackets."""
    if lang != "ko":
        return str(error)
    message, hint = told(error.message, lang, name), told(error.hint, lang, name)
    return f"{message} ({hint})" if hint else message


def told(text: str, lang: str, name: Name = itself) -> str:
    """One text of an error, in `ko` or `en`; itself where no template fits. `name` names the slugs in it."""
    return text if lang != "ko" else (_korean(text, name, DEEP) or text)


def known(text: str) -> bool:
    """Has this English text a Korean one?"""
    return _korean(text, itself, DEEP) is not None


def _korean(text: str, name: Name, deep: int) -> str | None:
    """The Korean of a text as a whole, or of what follows a `where: `, whichever a template says more of."""
    best, most = None, 0
    for start in _starts(text) if deep > 0 else (0,):
        weight, korean = _fitted(text[start:], name, deep)
        if korean is not None and weight > most:
            best, most = text[:start] + korean, weight
    return best


def _starts(text: str) -> Iterator[int]:
    """Where a text that was passed on may begin: at 0, and behind each `: `."""
    yield 0
    yield from islice((found.end() for found in re.finditer(": ", text)), STARTS)


def _fitted(text: str, name: Name, deep: int) -> tuple[int, str | None]:
    """How much its template says of a text, and the Korean."""
    whole = table().whole.get(text)
    if whole is not None:
        return _letters(text), whole
    found = _fit(text) if len(text) <= LONGEST else None
    if not found:
        return 0, None
    entry, values = found
    given = {f"v{place}": _value(value, name, deep - 1) for place, value in enumerate(values)}
    return entry.weight, fill(entry.korean, given)


@lru_cache(maxsize=4096)
def _fit(text: str) -> tuple[Entry, tuple[str, ...]] | None:
    for entry in table().entries:
        if entry.needle in text:
            found = entry.pattern.fullmatch(text)
            if found:
                return entry, found.groups()
    return None


def _value(value: str, name: Name, deep: int) -> str:
    """A value as Korean calls it: a text that is known itself, slugs that have names, or as it is."""
    bare = value.strip()
    inner = _korean(bare, name, deep) if bare else None
    if inner is not None:
        return value.replace(bare, inner)
    words = value.split(", ")
    return ", ".join(map(name, words)) if all(map(_SLUG.match, words)) else value


@cache
def table() -> Table:
    whole: dict[str, str] = {}
    entries = []
    for template, korean in read().items():
        if _FIELD.search(template):
            entries.append(_entry(template, korean))
        else:
            whole[template.format()] = korean.format()
    # Of two with the same words, `{0}: {1} is not known` is more than `{0} is not known`.
    entries.sort(key=lambda entry: (-entry.weight, -len(_FIELD.sub("", entry.template)), entry.template))
    return Table(whole, tuple(entries))


def read() -> dict[str, str]:
    """Every template and its Korean, as the files give them."""
    found: dict[str, str] = {}
    for file in (files("sagwan") / "locale" / "ko" / "refusals").iterdir():
        if file.name.endswith(".toml"):
            found |= tomllib.loads(file.read_text(encoding="utf-8"))
    return found


def _entry(template: str, korean: str) -> Entry:
    pieces = [text for text, _, _, _ in Formatter().parse(template)]
    weight = sum(map(_letters, pieces))
    value = _ANY if weight >= WEAK else _PLAIN
    parts = [
        re.escape(text) + (value if field is not None else "")
        for text, field, _, _ in Formatter().parse(template)
    ]
    # Particles look for named fields, and a number is no name.
    ready = _FIELD.sub(r"{v\1}", korean)
    return Entry(template, max(pieces, key=len), weight, re.compile("".join(parts), re.DOTALL), ready)


def _letters(text: str) -> int:
    """How much a text says by itself."""
    return sum(map(str.isalnum, text))
