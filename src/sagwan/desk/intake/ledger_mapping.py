"""An old ledger's own columns, mapped to ours by a small TOML file (docs/reference/intake-files.md)."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sagwan.desk.intake.errors import UnusableSettings
from sagwan.desk.intake.ledger_cells import BAD_ROWS, BadCell
from sagwan.record.request import TARGET_KINDS

MAX_BYTES = 1_000_000
ORDERS = ("ymd", "dmy", "mdy")
_KEYS = {
    "sheet": str, "header_row": int, "encoding": str, "date_order": str, "target_kind": str,
    "columns": dict, "values": dict, "defaults": dict, "dividers": dict, "ignore": list,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LedgerMapping:
    """How a file's columns become ours.

    `columns`: our column → theirs, several joined with a blank. `values`: our column → {their word: ours}.
    `defaults`: our column → what stands where theirs is empty. `dividers`: our column of a list → what
    divides it. `ignore`: their columns that are left out on purpose. `target_kind`: that of targets written
    without one.
    """

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    dividers: Mapping[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    sheet: str = ""
    header_row: int = 1
    encoding: str = ""
    date_order: str = "ymd"
    target_kind: str = ""

    def named(self, column: str) -> str:
        """What the file calls our column."""
        return " + ".join(self.columns.get(column, (column,)))

    def applied(self, cells: Mapping[str, Any]) -> dict[str, Any]:
        """Their row as ours."""
        if not self.columns:
            passed = (*self.ignore, *BAD_ROWS)
            row = {name: value for name, value in cells.items() if name not in passed}
        else:
            row = {ours: _joined(cells, theirs) for ours, theirs in self.columns.items()}
        for column, words in self.values.items():
            value = row.get(column)
            if isinstance(value, str | int) and str(value).strip() in words:
                row[column] = words[str(value).strip()]
        for column, value in self.defaults.items():
            if row.get(column) in (None, ""):
                row[column] = value
        return row


def _joined(cells: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    if len(names) == 1:
        return cells.get(names[0], "")
    return " ".join(str(cells[name]).strip() for name in names if cells.get(name) not in (None, ""))


def parse_mapping(data: bytes, name: str) -> LedgerMapping:
    """Read a mapping file; raise UnusableSettings naming the key that is wrong."""
    try:
        values = tomllib.loads(data[: MAX_BYTES + 1].decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnusableSettings(f"{name} is not TOML: {error}") from None
    for key, value in values.items():
        if key not in _KEYS:
            raise UnusableSettings(f"{name}: {key!r} is not a setting", hint=", ".join(_KEYS))
        if not isinstance(value, _KEYS[key]) or isinstance(value, bool):
            raise UnusableSettings(f"{name}: {key} is of the wrong type")
    mapping = LedgerMapping(
        columns={c: _names(names, f"{name}: columns.{c}") for c, names in values.get("columns", {}).items()},
        values={c: _texts(words, f"{name}: values.{c}") for c, words in values.get("values", {}).items()},
        defaults=_texts(values.get("defaults", {}), f"{name}: defaults"),
        dividers=_texts(values.get("dividers", {}), f"{name}: dividers"),
        ignore=_names(values.get("ignore", []), f"{name}: ignore"),
        **{key: value for key, value in values.items() if _KEYS[key] in (str, int)},
    )  # fmt: skip
    _check(mapping, name)
    return mapping


def _check(mapping: LedgerMapping, name: str) -> None:
    if mapping.date_order not in ORDERS:
        raise UnusableSettings(f"{name}: date_order is {mapping.date_order!r}", hint=", ".join(ORDERS))
    if not 1 <= mapping.header_row <= 100:
        raise UnusableSettings(f"{name}: header_row is {mapping.header_row}", hint="from 1 to 100")
    if mapping.target_kind and mapping.target_kind not in TARGET_KINDS:
        raise UnusableSettings(
            f"{name}: target_kind {mapping.target_kind!r} is none", hint=", ".join(sorted(TARGET_KINDS))
        )
    if mapping.encoding and mapping.encoding not in ("utf-8", "utf-16", "cp949"):
        raise UnusableSettings(f"{name}: encoding is {mapping.encoding!r}", hint="utf-8, utf-16 or cp949")


def _names(value: object, where: str) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
        raise UnusableSettings(f"{where} is no column's name", hint="a text, or a list of texts")
    return tuple(names)


def _texts(value: object, where: str) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise UnusableSettings(f"{where} does not give texts", hint='such as "제공" = "complied"')
    return dict(value)


_PARTS = re.compile(
    r"\s*(\d{1,4})\s*(?:[-/.년월]\s*|(?=\s))(\d{1,2})\s*(?:[-/.월일]\s*|(?=\s))(\d{1,4})\s*[.일]?\s*\Z"
)


def read_date(value: object, column: str, order: str) -> date | None:
    """A day as the ledger writes it: a workbook's date, 2016-03-02, 20160302, 2016. 3. 2., or in `order`."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value or "").strip()
    if not text:
        return None
    hint = "write it as 2016-03-02, or say date_order in the mapping"
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    parts = _PARTS.match(text)
    if parts is None:
        raise BadCell(column, f"{text!r:.60} is not a date", hint)
    actual = "ymd" if len(parts[1]) == 4 else order
    named = dict(zip(actual, (parts[1], parts[2], parts[3]), strict=True))
    if len(named["y"]) != 4:
        raise BadCell(column, f"{text!r:.60} has no year of four digits", hint)
    try:
        return date(int(named["y"]), int(named["m"]), int(named["d"]))
    except ValueError:
        raise BadCell(column, f"{text!r:.60} is no day of the calendar", hint) from None
