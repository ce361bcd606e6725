"""The reference page names every format, every warning and every limit."""

import re
from pathlib import Path

from sagwan.compare.importers import DEFAULT
from sagwan.compare.importers.formats import FORMATS, OTHERS
from sagwan.compare.importers.korea_table import SPECS as KOREA
from sagwan.compare.importers.limits import MIB
from sagwan.compare.importers.table import Row

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "reference" / "importers.md").read_text("utf-8")
PACKAGE = ROOT / "src" / "sagwan" / "compare" / "importers"


def test_every_format_is_on_the_page() -> None:
    for name in (*(one.name for one in FORMATS), *OTHERS):
        assert f"`{name}`" in PAGE, name


def test_every_warning_is_on_the_page() -> None:
    code = re.compile(r"(?:warn\(|Caution\()\s*\"([a-z-]+)\"")
    found = {name for file in PACKAGE.glob("*.py") for name in code.findall(file.read_text("utf-8"))}
    assert len(found) >= 12
    for name in found:
        assert f"`{name}`" in PAGE, name


def test_the_limits_are_those_of_the_page() -> None:
    for text in (
        f"{DEFAULT.bytes // MIB} MiB a file",
        f"{DEFAULT.rows:,} rows",
        f"{DEFAULT.columns:,} columns",
        f"{DEFAULT.cell:,} characters a cell",
        f"{DEFAULT.sheets} sheets",
        f"{DEFAULT.members:,} files",
        f"{DEFAULT.unpacked // MIB} MiB unpacked",
        f"{DEFAULT.ratio} times",
    ):
        assert text in PAGE.replace("\n", " "), text


def test_the_prepared_columns_are_recognised() -> None:
    [columns] = re.findall(r"`korea-table`: `([a-z, ]+)`", PAGE)
    assert any(one.fits(Row(1, tuple(columns.split(", ")))) for one in KOREA)
