"""Words of the command line as values; every error names the option and what is allowed."""

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from sagwan.cli.errors import Unusable
from sagwan.record.errors import InvalidValue
from sagwan.record.request import MAX_TARGETS, Target
from sagwan.record.vocabulary import DataCategory, Mark, Outcome

MAX_FILE = 64 * 2**20
"""Bytes of the largest file that a command reads whole."""

E = TypeVar("E", bound=StrEnum)
_NUMBER = re.compile(r"[0-9a-f]{16}\Z")


def number(text: str) -> str:
    """A request's number as it is stored; raise InvalidValue for anything else."""
    if not _NUMBER.match(text.strip().lower()):
        raise InvalidValue(
            f"{text!r} is not a request's number", hint="16 hex digits; sagwan list shows them"
        )
    return text.strip().lower()


def instant(text: str) -> datetime:
    """An ISO 8601 instant with its zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidValue(
            f"{text!r} is not an instant", hint="write it as 2016-03-02T10:00:00+09:00"
        ) from None
    if moment.tzinfo is None:
        raise InvalidValue(f"{text!r} has no time zone", hint="write it as 2016-03-02T10:00:00+09:00")
    return moment


def _word(kind: type[E], text: str, what: str) -> E:
    try:
        return kind(text.strip())
    except ValueError:
        raise InvalidValue(
            f"{what} {text.strip()!r} is not known", hint=f"one of {', '.join(kind)}"
        ) from None


def outcome(text: str) -> Outcome:
    return _word(Outcome, text, "outcome")


def categories(text: str | Iterable[str]) -> tuple[DataCategory, ...]:
    """`access,content` as a tuple, alphabetical, each once; empty text is none."""
    words = text.split(",") if isinstance(text, str) else text
    return tuple(sorted({_word(DataCategory, word, "data category") for word in words if word.strip()}))


def marks(words: Iterable[str] | None) -> tuple[Mark, ...]:
    """Marks from options that may each hold several with commas."""
    parts = (part for word in words or () for part in word.split(","))
    return tuple(sorted({_word(Mark, part, "mark") for part in parts if part.strip()}))


def target(text: str) -> Target:
    """`account:abc` as a target; the value may hold colons."""
    kind, colon, value = text.partition(":")
    if not colon:
        raise InvalidValue(f"target {text!r} names no kind", hint="write KIND:VALUE, such as account:abc")
    return Target(kind.strip(), value.strip())


def targets(words: Iterable[str] | None, file: Path | None) -> tuple[Target, ...]:
    """The targets of options and of a file, in that order."""
    found = [target(word) for word in words or ()]
    if file is not None:
        for line, text in enumerate(read_text(file).splitlines(), 1):
            if not text.strip():
                continue
            if len(found) >= MAX_TARGETS:
                raise InvalidValue(f"{file}, line {line}: more than {MAX_TARGETS:,} targets")
            try:
                found.append(target(text))
            except InvalidValue as error:
                raise InvalidValue(f"{file}, line {line}: {error.message}", hint=error.hint) from None
    return tuple(found)


def pairs(words: Iterable[str] | None, what: str) -> dict[str, str]:
    """`slug=value` options as a mapping; raise InvalidValue for one without `=`, or named twice."""
    found: dict[str, str] = {}
    for word in words or ():
        name, sign, value = word.partition("=")
        if not sign or not name.strip():
            raise InvalidValue(f"{what} {word!r} has no '='", hint=f"write {what} NAME=VALUE")
        if name.strip() in found:
            raise InvalidValue(f"{what} {name.strip()!r} is given twice")
        found[name.strip()] = value.strip()
    return found


def read_text(file: Path) -> str:
    """A text file in UTF-8 (with or without BOM), of bounded size; raise Unusable with what to do."""
    return decode(read_bytes(file), str(file))


def read_bytes(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise Unusable(f"{file} is not a file" if file.exists() else f"{file} is not there")
        if file.stat().st_size > MAX_FILE:
            raise Unusable(f"{file} is larger than {MAX_FILE // 2**20} MiB", hint="split it")
        return file.read_bytes()
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror}") from None


def decode(data: bytes, name: str) -> str:
    """Bytes as UTF-8 text; the error says where, and how such files come about."""
    hint = "save it as UTF-8; in Excel: 'CSV UTF-8'"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unusable(f"{name} is in UTF-16", hint=hint)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unusable(f"{name}, line {line}: byte {error.start} is not UTF-8", hint=hint) from None
    if "\0" in text:
        raise Unusable(f"{name} holds a NUL byte: it is no text", hint=hint)
    return text
