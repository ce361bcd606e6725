"""Claims compared in parts: the same outcome as all at once, in one process or several."""

import csv
import json
from pathlib import Path

import pytest

from sagwan.compare import COLUMNS, Claim, ClaimsError, Comparison, compare, load_packaged
from sagwan.compare.many import compare_many, split, together

from .make import claim, own


def write(table: Path, claims: tuple[Claim, ...]) -> Path:
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows([[str(getattr(claim, column)) for column in COLUMNS] for claim in claims])
    return table


def told(comparison: Comparison) -> list[str]:
    return [json.dumps(figure.to_json(), sort_keys=True) for figure in comparison.figures]


def test_parts_of_the_real_claims_come_to_the_same(tmp_path: Path) -> None:
    table = write(tmp_path / "claims.csv", load_packaged())
    parts = list(compare_many(table, told, sets=5))
    assert len(parts) > 1
    assert sorted(line for part in parts for line in part) == sorted(told(compare(load_packaged())))


def test_several_processes_give_the_same_in_the_same_order(tmp_path: Path) -> None:
    claims = tuple(own(n, provider=f"p{n}") for n in range(6))
    table = write(tmp_path / "claims.csv", claims)
    one = list(compare_many(table, told, period="2016H1", sets=4))
    assert list(compare_many(table, told, period="2016H1", sets=4, jobs=2)) == one
    assert list(compare_many(table, told, period="2015H1", sets=4)) == [[] for _ in one]


def test_providers_that_are_counted_together_stay_together(tmp_path: Path) -> None:
    homes = together(["d", "b+c", "a", "c+a", "e"])
    assert homes == {"a": "a", "b+c": "a", "c+a": "a", "d": "d", "e": "e"}
    claims = (claim(33, provider="a+b", service="all"), own(15, provider="a"), own(18, provider="b"))
    files = split(write(tmp_path / "claims.csv", claims), tmp_path, sets=50)
    assert len(files) == 1 and files[0].read_text(encoding="utf-8").count("\n") == 4


def test_rows_go_over_byte_for_byte(tmp_path: Path) -> None:
    rows = [b'a,"x\nx"\r\n', b"\n", b"b,\xea\xb0\x80\n", b"a+c,z\n", b"c,no line end"]
    table = tmp_path / "claims.csv"
    table.write_bytes(b"\xef\xbb\xbfprovider,note\n" + b"".join(rows))
    parts = [file.read_bytes() for file in split(table, tmp_path, sets=50)]
    header, ends = b"\xef\xbb\xbfprovider,note\n", b"\n"
    assert sorted(parts) == sorted([header + rows[0] + rows[3] + rows[4] + ends, header + rows[1] + rows[2]])


def test_bad_tables_are_told(tmp_path: Path) -> None:
    with pytest.raises(ClaimsError, match="cannot be read"):
        list(compare_many(tmp_path / "none.csv", told))
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ClaimsError, match="lacks provider"):
        list(compare_many(tmp_path / "other.csv", told))
    table = write(tmp_path / "claims.csv", (own(17),))
    table.write_text(table.read_text(encoding="utf-8") + "acme,mail\n", encoding="utf-8")
    with pytest.raises(ClaimsError, match="2 cells where 14 belong"):
        list(compare_many(table, told))
