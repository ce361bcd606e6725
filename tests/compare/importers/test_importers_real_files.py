"""Providers' own files, where they lie beside the repository; they are no part of the project."""

import csv
from collections import Counter, defaultdict
from importlib import resources
from pathlib import Path
from urllib.parse import unquote

import pytest

from sagwan.compare.check import check_claim
from sagwan.compare.edition_causes import Cause
from sagwan.compare.editions import restatements
from sagwan.compare.importers import Origin, Understood, read
from sagwan.compare.value import State

from .make import some, the

pytestmark = [pytest.mark.extra, pytest.mark.slow]
KEY = ("service", "jurisdiction", "period", "category", "metric", "part")


def packaged() -> dict[tuple[str, str, str], list[dict[str, str]]]:
    """The rows of the packaged table of providers abroad, by provider, edition and file."""
    text = resources.files("sagwan.compare").joinpath("data/claims/global.csv").read_text("utf-8")
    by_file = defaultdict(list)
    for row in csv.DictReader(text.splitlines()):
        name = unquote(row["source_url"]).rsplit("/", 1)[1]
        by_file[row["provider"], row["source_date"][:7], name].append(row)
    return dict(by_file)


def find(raw: Path, provider: str, month: str, name: str) -> Path | None:
    folder = raw / provider / (month if month == "2019-04" else "2024-04")
    return folder / name if (folder / name).is_file() else None


def test_the_packaged_values_are_those_of_the_files(raw: Path, record_property) -> None:
    """Every packaged figure whose file is here is printed in it, to the letter but for blanks at its ends."""
    counts: Counter[str] = Counter()
    other: list[tuple[str, ...]] = []
    for (provider, month, name), rows in packaged().items():
        path = find(raw, provider, month, name)
        if path is None:
            counts["file not here"] += len(rows)
            continue
        values = defaultdict(set)
        for claim in read(path).claims:
            values[tuple(getattr(claim, field) for field in KEY)].add((claim.value.strip(), claim.unit))
        for row in rows:
            found = values.get(tuple(row[field] for field in KEY), set())
            if (row["value"], row["unit"]) in found:
                counts["agreed"] += 1
            else:
                other.append(tuple(row[field] for field in (*KEY, "value")))
    record_property("agreement", dict(counts))
    print(dict(counts), other)
    assert other == []
    assert counts["agreed"] == 1197


FILES = [
    "google/2019-04",
    "google/2024-04",
    "meta/2024-04",
    "apple/2024-04",
    "microsoft/2018-06",
    "github/data",
]


@pytest.mark.parametrize("folder", FILES)
def test_every_file_is_known_and_its_claims_are_sound(raw: Path, folder: str) -> None:
    taken = read(raw / folder)
    assert [one for one in taken.unread if not one.spot.row] == []
    assert taken.format.split(",")[0].startswith(folder.split("/", maxsplit=1)[0])
    for claim in taken.claims:
        check_claim(claim)
    assert len({claim.id for claim in taken.claims}) == len(taken.claims)


@pytest.mark.parametrize("folder", FILES)
def test_no_figure_of_a_file_stands_twice_with_two_values(raw: Path, folder: str) -> None:
    by_file = defaultdict(set)
    for claim in read(raw / folder).claims:
        by_file[claim.file, claim.figure].add(claim.value)
    assert [key for key, values in by_file.items() if len(values) > 1] == []


def test_google_s_editions_differ_as_is_known(raw: Path) -> None:
    """Blank then, 0 now: not one of those cells may read as a number, in either copy."""
    old = read(raw / "google/2019-04/google-user-data-requests.csv", origin=Origin(date="2019-04"))
    new = read(raw / "google/2024-04/google-global-user-data-requests.csv", origin=Origin(date="2024-04"))
    now = {claim.figure: claim for claim in new.claims}
    blanks = [c for c in old.claims if not c.value.strip() and c.figure in now and now[c.figure].value == "0"]
    # 67 rows turn from blank to 0: in all of them the accounts, in the first 42 the share too.
    assert Counter(claim.metric for claim in blanks) == {"accounts": 67, "compliance-percent": 42}
    assert {now[claim.figure].read.code for claim in blanks} == {State.NOT_REPORTED}
    turned = {claim.id for claim in blanks}
    changes = restatements([*old.claims, *new.claims])
    causes = Counter(
        (change.before.metric, change.cause)
        for change in changes
        if change.before is not None and change.before.id in turned
    )
    # Two of the rows are Turkey's, which is Türkiye now: their change is first of all one of name.
    assert causes == {
        ("accounts", Cause.FORMATTING): 65,
        ("accounts", Cause.RENAME): 2,
        ("compliance-percent", Cause.FORMATTING): 41,
        ("compliance-percent", Cause.RENAME): 1,
    }


def test_meta_s_sum_that_is_one_short(raw: Path) -> None:
    taken = read(raw / "meta/2024-04/PRPL-Facebook-Government-Report-2017_H2.csv")
    [warning] = [one for one in taken.warnings if one.code == "sum"]
    assert "30,934" in warning.text and "30,935" in warning.text


def test_github_discloses_more_than_it_received(raw: Path) -> None:
    taken = read(raw / "github/data")
    assert len([one for one in taken.warnings if one.code == "exceeds"]) == 3


def test_microsoft_s_korea_of_2015(raw: Path) -> None:
    taken: Understood = read(raw / "microsoft/2018-06/Microsoft LERR_2015_H2.xlsx")
    asked = the(taken, jurisdiction="KR", metric="requested")
    assert (asked.value[:7], asked.read.code) == ("66.1071", State.UNREADABLE)
    assert the(taken, jurisdiction="KR", metric="accounts").value == "311"
    assert some(taken, part="jurisdiction=total", metric="requested")[0].read.code is State.UNREADABLE
