"""The comparison on the command line: the article of 2016 beside its rivals."""

import csv
import io
import re
from pathlib import Path

from tests.cli.conftest import ok, run


def figures(*more: object) -> dict[str, dict]:
    found = ok("compare", "2016H1", "--json", *more).json["figures"]
    return {"/".join(filter(None, one["figure"].values())): one for one in found}


def test_what_the_article_prints_is_explained() -> None:
    found = figures()
    one = found["kakao/kakao/KR/2016H1/communication-confirmation/processed"]
    assert one["status"] == "disputed" and one["preferred"]["value"].replace(",", "") == "697"
    assert {e["code"] for e in one["explanations"]} == {"one-digit"}
    assert {rival["value"].replace(",", "") for rival in one["rivals"]} == {"687"}
    assert not any(one["explanations"] for one in found.values() if one["status"] == "agreed")
    assert all(one["value"] is None for one in found.values() if one["status"] == "missing")


def test_people_read_the_same(tmp_path: Path) -> None:
    text = ok("compare", "2016H1", "--only", "disputed").out
    assert re.search(r"687  Korea Bizwire\n +one-digit: ", text)
    assert "single-source" not in text.splitlines()[0]
    korean = ok("compare", "2016H1", "--only", "disputed", "--lang", "ko").out
    assert korean.startswith("출처가 서로 다른 곳")
    assert "다른 항목의 수치" in korean
    whole = ok("compare", "2016H1").out
    assert whole.index("FIGURE") < whole.index("Where sources disagree")
    rows = list(csv.DictReader(io.StringIO(ok("compare", "2016H1", "--csv").out)))
    assert len(rows) == len(figures())
    row = next(
        r for r in rows if r["figure"].endswith("kakao/kakao/KR/2016H1/communication-confirmation/processed")
    )
    assert (row["status"], row["value"], row["explanations"]) == ("disputed", "697", "one-digit")


def test_claims_of_ones_own_take_part(tmp_path: Path) -> None:
    table = tmp_path / "claims.csv"
    header = (
        "provider,service,jurisdiction,period,category,metric,part,value,unit,source_url,source_publisher,"
        "source_date,source_kind,note"
    )
    table.write_text(
        f"{header}\nraven,raven,KR,2016H1,search-and-seizure-warrant,processed,,7,requests,"
        "https://news.example/1,Example News,2016-08-04,news,\n"
    )
    one = figures("--claims", table)["raven/raven/KR/2016H1/search-and-seizure-warrant/processed"]
    assert (one["status"], one["preferred"]["value"]) == ("single-source", "7")
    table.write_text(table.read_text().replace("2016H1", "2016H3"))
    ran = run("compare", "2016H1", "--claims", table)
    assert ran.code == 2 and "line 2, column period" in ran.err
