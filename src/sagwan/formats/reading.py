"""Taking a JSON document apart strictly: every member known, of its type, and none left over."""

from typing import Any, NoReturn

from sagwan.formats.errors import FormatError

LANGUAGES = ("ko", "en")


class Reader:
    """Takes members out of a JSON object one by one, so that an unknown one is noticed at the end."""

    def __init__(self, document: Any, where: str) -> None:
        if not isinstance(document, dict):
            raise FormatError(f"{where} is not an object")
        self._left = dict(document)
        self.where = where

    def has(self, name: str) -> bool:
        return name in self._left

    def take(self, name: str, kind: type) -> Any:
        if name not in self._left:
            raise FormatError(f"{self.where}.{name} is missing")
        value = self._left.pop(name)
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            raise FormatError(f"{self.where}.{name} is {value!r}, not a {kind.__name__}")
        return value

    def count(self, name: str) -> int:
        value: int = self.take(name, int)
        if value < 0:
            raise FormatError(f"{self.where}.{name} is {value}, below 0")
        return value

    def texts(self, name: str) -> dict[str, str]:
        """A member that says the same in each language."""
        return texts(self.take(name, dict), f"{self.where}.{name}")

    def end(self) -> None:
        for name in self._left:
            raise FormatError(f"{self.where}.{name} is not a member that this format has")


def texts(document: dict[str, Any], where: str) -> dict[str, str]:
    reader = Reader(document, where)
    found = {language: reader.take(language, str) for language in LANGUAGES}
    reader.end()
    return found


def no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise FormatError("a JSON object names a member twice")
    return members


def no_constant(name: str) -> NoReturn:
    raise FormatError(f"the report holds {name}, which is not JSON (RFC 8259 section 6)")
