import io
import zipfile
from datetime import datetime

import pytest

from sagwan.compare.importers import DEFAULT, ImporterError, Limits, TooLarge
from sagwan.compare.importers.table import Row, merged_labels
from sagwan.compare.importers.xlsx import read_xlsx
from sagwan.compare.importers.zips import members

from .make import archive, workbook


def rewritten(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with some bytes of a part replaced."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            content = before.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            after.writestr(name, content)
    return stream.getvalue()


def test_values_are_text_as_stored() -> None:
    cells = [
        "Korea",
        66.10714285714286,
        12.0,
        True,
        None,
        datetime(2016, 6, 30),  # noqa: DTZ001
        "#REF!",
        "  x ",
    ]
    [table] = read_xlsx(workbook(LERR=[cells]), "t.xlsx", DEFAULT)
    assert table.sheet == "LERR"
    assert table.rows == (
        Row(1, ("Korea", "66.10714285714286", "12", "TRUE", "", "2016-06-30", "#REF!", "  x ")),
    )


def test_every_sheet_is_read_and_rows_keep_their_number() -> None:
    tables = read_xlsx(workbook(One=[["a"], [None], ["b"]], Two=[["c"]]), "t.xlsx", DEFAULT)
    assert [(t.sheet, [(r.number, r.cells) for r in t.rows]) for t in tables] == [
        ("One", [(1, ("a",)), (3, ("b",))]),
        ("Two", [(1, ("c",))]),
    ]


def test_a_formula_without_a_stored_value_is_its_own_text_and_never_worked_out() -> None:
    [table] = read_xlsx(workbook(S=[[1, 2, "=A1+B1"]]), "t.xlsx", DEFAULT)
    assert table.rows[0].cells == ("1", "2", "=A1+B1")


def test_a_formula_with_a_stored_value_gives_that_value() -> None:
    made = workbook(S=[[1, 2, "=A1+B1"]])
    with zipfile.ZipFile(
        io.BytesIO(made)
    ) as package:  # openpyxl writes it in two ways, with lxml and without
        sheet = package.read("xl/worksheets/sheet1.xml")
    empty = next(form for form in (b"<v />", b"<v/>", b"<v></v>") if form in sheet)
    data = rewritten(made, "xl/worksheets/sheet1.xml", empty, b"<v>39083.4219</v>")
    [table] = read_xlsx(data, "t.xlsx", DEFAULT)
    assert table.rows[0].cells == ("1", "2", "39083.4219")


def test_entities_are_refused() -> None:
    data = rewritten(
        workbook(S=[[1]]),
        "xl/worksheets/sheet1.xml",
        b"<worksheet",
        b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet',
    )
    with pytest.raises(ImporterError, match="declares entities"):
        read_xlsx(data, "t.xlsx", DEFAULT)


def test_a_row_far_below_is_not_walked_to() -> None:
    data = rewritten(workbook(S=[["a"]]), "xl/worksheets/sheet1.xml", b'<row r="1"', b'<row r="99999999"')
    with pytest.raises(ImporterError, match=r"more than 1,048,576 rows|not a sound workbook"):
        read_xlsx(data, "t.xlsx", DEFAULT)


def test_a_workbook_that_is_broken_is_an_error_of_ours() -> None:
    with pytest.raises(ImporterError, match="not a sound"):
        read_xlsx(archive(**{"xl/workbook.xml": "<nonsense"}), "t.xlsx", DEFAULT)
    with pytest.raises(ImporterError, match="not a sound archive"):
        read_xlsx(b"PK\x03\x04nonsense", "t.xlsx", DEFAULT)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = archive(**{"table.csv": b"0" * (20 * 2**20)})
    assert len(bomb) < 100_000
    with pytest.raises(TooLarge, match="times when unpacked"):
        list(members(bomb, "bomb.zip", DEFAULT))
    with pytest.raises(TooLarge, match="grows"):
        read_xlsx(archive(**{"xl/workbook.xml": b"0" * (20 * 2**20)}), "bomb.xlsx", DEFAULT)


def test_a_member_that_lies_about_its_size_does_not_fill_the_memory() -> None:
    data = bytearray(archive(**{"table.csv": b"0" * (2 * 2**20)}))
    place = data.rindex(b"PK\x01\x02") + 24
    data[place : place + 4] = (10).to_bytes(4, "little")
    with pytest.raises(ImporterError, match="cannot be unpacked"):
        list(members(bytes(data), "lie.zip", DEFAULT))


def test_too_many_members_and_too_much_together_are_refused() -> None:
    many = archive(**{f"{number}.csv": "a" for number in range(5)})
    with pytest.raises(TooLarge, match="holds 5 files"):
        list(members(many, "m.zip", Limits(members=4)))
    with pytest.raises(TooLarge, match="unpacks to more"):
        list(members(archive(a="x" * 60, b="x" * 60), "m.zip", Limits(unpacked=100)))


def test_a_locked_member_is_named() -> None:
    data = bytearray(archive(a="secret"))
    data[6] |= 1
    place = data.rindex(b"PK\x01\x02") + 8
    data[place] |= 1
    with pytest.raises(ImporterError, match=r"m\.zip/a cannot be unpacked"):
        list(members(bytes(data), "m.zip", DEFAULT))


def test_merged_heads_reach_their_columns_but_not_spacers() -> None:
    rows = [
        Row(1, ("Country", "Total", "", "", "Data", "", "", "None")),
        Row(2, ("", "", "Accounts", "", "Content", "", "Only", "Rejected")),
        Row(3, ("", "", "#", "", "%", "#", "#", "#")),
    ]
    assert merged_labels(rows, lambda text: text == "#" or text == "%") == (
        "Country",
        "Total",
        "Total / Accounts / #",
        "",
        "Data / Content / %",
        "Data / Content / #",
        "Data / Only / #",
        "None / Rejected / #",
    )
