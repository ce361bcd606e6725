"""Reading one TOML table strictly: every key known, every value of its type, every complaint its path."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from sagwan.law.citation import Citation, Label, parse_citation
from sagwan.law.errors import LawPackError
from sagwan.law.keys import KEYS
from sagwan.record.vocabulary import SLUG

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


class Table:
    """One table of a pack. Methods take a key and return its value, or raise LawPackError at its path."""

    def __init__(self, value: object, kind: str, where: str, sources: Mapping[str, Label]) -> None:
        if not isinstance(value, dict):
            raise LawPackError(where, "must be a table")
        self._values: dict[str, object] = value
        self._kind = kind
        self.where = where
        self.sources = sources
        unknown = sorted(set(value) - KEYS[kind])
        if unknown:
            raise LawPackError(
                self.at(unknown[0]), "unknown key", hint=f"a {kind} has {', '.join(sorted(KEYS[kind]))}"
            )

    def at(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def fail(self, key: str, problem: str, hint: str = "") -> LawPackError:
        return LawPackError(self.at(key), problem, hint=hint)

    def has(self, key: str) -> bool:
        return key in self._values

    def _value(self, key: str) -> object:
        if key not in KEYS[self._kind]:
            raise KeyError(f"{key} is not among the keys of {self._kind}: a mistake in the parser")
        if key not in self._values:
            raise self.fail(key, "is missing")
        return self._values[key]

    def text(self, key: str) -> str:
        value = self._value(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(key, "must be a text that is not empty")
        if not all(character.isprintable() for character in value):
            raise self.fail(key, "holds a line break or another control character")
        return value

    def slug(self, key: str) -> str:
        value = self.text(key)
        if not SLUG.match(value):
            raise self.fail(key, f"{value!r} is not a slug", "lower-case letters, digits, -")
        return value

    def slugs(self, key: str, known: frozenset[str] | None = None) -> tuple[str, ...]:
        """A list of slugs, each once; `()` where the key is left out. `known` are those that may stand."""
        if not self.has(key):
            return ()
        value = self._value(key)
        if not isinstance(value, list) or not value:
            raise self.fail(key, "must be a list that is not empty")
        for index, each in enumerate(value):
            if not isinstance(each, str) or not SLUG.match(each):
                raise LawPackError(f"{self.at(key)}[{index}]", f"{each!r} is not a slug")
            if known is not None and each not in known:
                raise LawPackError(
                    f"{self.at(key)}[{index}]",
                    f"{each!r} is unknown",
                    hint=f"one of {', '.join(sorted(known))}",
                )
        if len(set(value)) != len(value):
            raise self.fail(key, "names something twice")
        return tuple(value)

    def known(self, key: str, known: frozenset[str], what: str) -> str:
        value = self.slug(key)
        if value not in known:
            raise self.fail(key, f"{value!r} is not {what}", f"one of {', '.join(sorted(known))}")
        return value

    def choice(self, key: str, enum: type[E], default: E | None = None) -> E:
        if default is not None and not self.has(key):
            return default
        value = self.text(key)
        try:
            return enum(value)
        except ValueError:
            listed = ", ".join(member.value for member in enum)
            raise self.fail(key, f"{value!r} is unknown", f"one of {listed}") from None

    def choices(self, key: str, enum: type[E]) -> tuple[E, ...]:
        return tuple(enum(slug) for slug in self.slugs(key, frozenset(member.value for member in enum)))

    def flag(self, key: str, default: bool | None = None) -> bool:
        if default is not None and not self.has(key):
            return default
        value = self._value(key)
        if not isinstance(value, bool):
            raise self.fail(key, "must be true or false")
        return value

    def count(self, key: str, default: int | None = None) -> int:
        """A whole number from 1 to 10,000 (so that no date arithmetic can overflow)."""
        if default is not None and not self.has(key):
            return default
        value = self._value(key)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 10_000:
            raise self.fail(key, "must be a whole number from 1 to 10000")
        return value

    def day(self, key: str) -> date:
        value = self._value(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.fail(key, "must be a date such as 2016-01-01, without quotes")
        return value

    def span(self) -> tuple[date, date | None]:
        """`from` and `until`, both days included."""
        since = self.day("from")
        until = self.day("until") if self.has("until") else None
        if until is not None and until < since:
            raise self.fail("until", f"{until} lies before from, {since}")
        return since, until

    def citation(self, key: str = "citation") -> Citation:
        try:
            return parse_citation(self.text(key), self.sources)
        except ValueError as error:
            raise self.fail(key, str(error)) from None

    def label(self, key: str = "label") -> Label:
        table = self.table(key, "label")
        return Label(ko=table.text("ko"), en=table.text("en"))

    def table(self, key: str, kind: str) -> "Table":
        return Table(self._value(key), kind, self.at(key), self.sources)

    def mapping(self, key: str) -> Mapping[str, object]:
        """A table whose keys are data, not names of settings; empty where left out."""
        if not self.has(key):
            return {}
        value = self._value(key)
        if not isinstance(value, dict):
            raise self.fail(key, "must be a table")
        return value

    def tables(self, key: str, kind: str, read: Callable[["Table"], T]) -> tuple[T, ...]:
        """An array of tables, each read by `read`; `()` where the key is left out."""
        if not self.has(key):
            return ()
        value = self._value(key)
        if not isinstance(value, list):
            raise self.fail(key, "must be an array of tables")
        return tuple(
            read(Table(each, kind, f"{self.at(key)}[{index}]", self.sources))
            for index, each in enumerate(value)
        )
