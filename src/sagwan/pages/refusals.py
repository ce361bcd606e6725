"""What is refused, in Korean too: the text of an error, a row's fault or a failure, in the reader's language.

Errors are raised with English texts, most of them with values in them. `locale/ko/refusals/*.toml` maps each
text, as a template whose values are `{0}`, `{1}` …, to Korean; scripts/refusals.py holds it to what the code
says. A text is looked up by the template that it fits, and of several by the one that says most, together
with the values that are texts themselves.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, islice, repeat
from string import Formatter

from sagwan.pages.particles import fill
from sagwan.record.errors import SagwanError

Name = Callable[[str], str]
"""What a slug is called, itself where nobody named it."""

_SLUG = re.compile(r"[a-z][a-z0-9-]*\Z")
_FIELD = re.compile(r"\{(\d+)\}")
_JOINT = re.compile("[:;] ")
_TORN = re.compile("[:;] |['\"]")
WEAK = 5
"""Templates with fewer letters (`{0} is {1}`) take only values without blanks, or in quotes: as they fit
almost any sentence."""
_QUOTED = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_PLAIN = rf"({_QUOTED}|\S+)"
_ANY = rf"({_QUOTED}|.*?)"
_MOST = rf"({_QUOTED}|.*)"
FITS = 4
"""So many templates that fit a text are compared."""
LONGEST, STARTS = 600, 4
"""Longer texts are compared as a whole only, and so many `: ` and `; ` are looked behind: what an error
quotes comes from outside, and must not buy time."""
COLUMNS = "compare.toml"
"""Whose values are names of columns, files and formats: there `note` is a column, and not the word."""
DEEP = 3
"""How deep values are looked into: they may be texts with values of their own."""


def itself(slug: str) -> str:
    return slug


@dataclass(frozen=True, slots=True)
class Entry:
    """A template, ready to be compared: `needle` is the longest text that must stand in what it fits.

    `patterns` differ in where the first value ends: as early as it can, or as late. Values of `columns` that
    are one word are names, and stay.
    """

    template: str
    needle: str
    weight: int
    patterns: tuple[re.Pattern[str], ...]
    korean: str
    columns: bool = False


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
    return _weighed(text, name, deep)[1]


def _weighed(text: str, name: Name, deep: int) -> tuple[int, str | None]:
    """How much the templates say of a text, and its Korean: as a whole, or of what follows a `where: ` or
    `what; `, whichever a template says more of."""
    best, most = None, 0
    for start in _starts(text) if deep > 0 else (0,):
        weight, korean = _fitted(text[start:], name, deep)
        if korean is not None and weight > most:
            best, most = text[:start] + korean, weight
    return most, best


def _starts(text: str) -> Iterator[int]:
    """Where a text that was passed on may begin: at 0, and behind each `: ` and `; `."""
    yield 0
    yield from islice((found.end() for found in _JOINT.finditer(text)), STARTS)


def _fitted(text: str, name: Name, deep: int) -> tuple[int, str | None]:
    """How much a template, with the values in it, says of a text, and the Korean."""
    whole = table().whole.get(text)
    if whole is not None:
        return letters(text), whole
    best, most = None, 0
    for entry, values in _fits(text) if len(text) <= LONGEST else ():
        said = [
            (0, value) if entry.columns and " " not in value else _value(value, name, deep - 1)
            for value in values
        ]
        # Of two that say the same words, one within the other, the value without a joint is the value.
        weight = entry.weight + sum(more for more, _ in said) - sum(map(_torn, values))
        if weight > most:
            best = fill(entry.korean, {f"v{place}": value for place, (_, value) in enumerate(said)})
            most = weight
    return most, best


@lru_cache(maxsize=4096)
def _fits(text: str) -> tuple[tuple[Entry, tuple[str, ...]], ...]:
    """The first templates that fit a text, and their values in it."""
    return tuple(islice(_fitting(text), FITS))


def _fitting(text: str) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    for entry in table().entries:
        if entry.needle in text:
            found = dict.fromkeys(fit.groups() for one in entry.patterns if (fit := one.fullmatch(text)))
            yield from ((entry, values) for values in found)


def _value(value: str, name: Name, deep: int) -> tuple[int, str]:
    """A value as Korean calls it: a text that is known itself, slugs that have names, or as it is; and how
    much was known of it."""
    bare = value.strip()
    weight, inner = _weighed(bare, name, deep) if bare else (0, None)
    if inner is not None:
        return weight, value.replace(bare, inner)
    words = value.split(", ")
    return 0, ", ".join(map(name, words)) if all(map(_SLUG.match, words)) else value


@cache
def table() -> Table:
    whole: dict[str, str] = {}
    entries = []
    for file, template, korean in read():
        if has_values(template):
            entries.append(replace(_entry(template, korean), columns=file == COLUMNS))
        else:
            whole[template.format()] = korean.format()
    entries.sort(key=lambda entry: order(entry.template))
    return Table(whole, tuple(entries))


def read() -> Iterator[tuple[str, str, str]]:
    """(file, template, Korean) of every entry."""
    for file in (files("sagwan") / "locale" / "ko" / "refusals").iterdir():
        if file.name.endswith(".toml"):
            for template, korean in tomllib.loads(file.read_text(encoding="utf-8")).items():
                yield file.name, template, korean


def has_values(template: str) -> bool:
    return bool(_FIELD.search(template))


def pieces(template: str) -> list[str]:
    """A template's own texts: before, between and after its values."""
    found = [""]
    for text, field, _, _ in Formatter().parse(template):
        found[-1] += text
        found += [""] if field is not None else []
    return found


def is_weak(template: str) -> bool:
    return sum(map(letters, pieces(template))) < WEAK


def weight(template: str) -> int:
    """How much a template says: that it knows of a joint is worth a letter."""
    return sum(letters(piece) + len(_JOINT.findall(piece)) for piece in pieces(template))


def order(template: str) -> tuple[int, int, str]:
    """Which comes first: the one that says most. Of two with the same words, `{0}: {1} is not known` is more
    than `{0} is not known`."""
    return -weight(template), -len(_FIELD.sub("", template)), template


def named(korean: str) -> str:
    """Particles look for named fields, and a number is no name."""
    return _FIELD.sub(r"{v\1}", korean)


def _entry(template: str, korean: str) -> Entry:
    own, weak = pieces(template), is_weak(template)
    firsts = (_PLAIN,) if weak else (_ANY, _MOST) if len(own) > 2 else (_ANY,)
    patterns = tuple(_pattern(own, first, _PLAIN if weak else _ANY) for first in firsts)
    return Entry(template, max(own, key=len), weight(template), patterns, named(korean))


def _pattern(own: list[str], first: str, other: str) -> re.Pattern[str]:
    values = chain([""], [first], repeat(other))
    return re.compile(
        "".join(value + re.escape(piece) for value, piece in zip(values, own, strict=False)), re.DOTALL
    )


def _torn(value: str) -> bool:
    """Is there a joint in a value, outside what it quotes, or half of a quotation?"""
    return bool(_TORN.search(re.sub(_QUOTED, "", value)))


def letters(text: str) -> int:
    """How much a text says by itself."""
    return sum(map(str.isalnum, text))
