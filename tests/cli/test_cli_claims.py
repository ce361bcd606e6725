"""Published figures on the command line: import, list, and one figure."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from sagwan.compare import SourceKind
from sagwan.compare.store import Store
from sagwan.formats.report import Report
from tests.support.folder import Keys, build, first_half

conftest = pytest.importorskip("tests.cli.conftest")
ok, run = conftest.ok, conftest.run

HEADER = (
    "Period Ending,Country/Region,CLDR Territory Code,Legal Process,"
    "User Data Requests,Percentage disclosed,Accounts"
)
EARLIER = f"""{HEADER}
2017-06-30,Russia,RU,Other Legal Requests,318,10,531
2017-06-30,Turkey,TR,Other Legal Requests,906,0,1117
2017-06-30,United States,US,Wiretap Orders,10,,19
2017-06-30,Nowhere,,Other Legal Requests,66.107,,#REF!
"""
LATER = f"""{HEADER}
2017-06-30,Russia,RU,Other Legal Requests,285,0,445
2017-06-30,Russia,RU,Requests for data of local subsidiary,34,85,121
2017-06-30,Türkiye,TR,Other Legal Requests,906,0,1117
2017-06-30,United States,US,Wiretap Orders,1,0,1
"""
KEY = "google/google/US/2017H1/wiretap-orders/requested"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAGWAN_STORE", str(tmp_path / "store"))
    for name, text in (("2018.csv", EARLIER), ("2023.csv", LATER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def content(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def bring(files: Path, year: str, *more: str) -> dict:
    done = ok("claims", "import", files / f"{year}.csv", "--date", f"{year}-10-01", "--yes", "--json", *more)
    return done.json["files"][0]


def test_it_says_what_it_understood_and_stores_nothing(files: Path) -> None:
    text = ok("claims", "import", files / "2018.csv", "--dry-run").out
    assert "google" in text and "4 rows, 12 claims, 12 of them new" in text
    assert "periods: 2017H1" in text and "2 unreadable" in text
    assert "could not read: 2" in text and "'66.107'" in text and "'#REF!'" in text
    assert not (files / "store").exists()


def test_a_file_is_stored_once(files: Path) -> None:
    first = bring(files, "2018")
    assert (first["format"], first["claims"], first["new"]) == ("google", 12, 12)
    assert first["states"]["unreadable"] == 2 and first["periods"] == ["2017H1"]
    assert Path(first["stored"]).is_file()
    before = content(files / "store")
    again = bring(files, "2018")
    assert (again["new"], again["stored"], again["imported_before"]) == (0, None, True)
    assert content(files / "store") == before
    assert "nothing new" in ok("claims", "import", files / "2018.csv").out


def test_a_later_edition_is_kept_beside_and_its_changes_are_told(files: Path) -> None:
    bring(files, "2018")
    later = bring(files, "2023")
    assert later["restated"] == {"correction": 2, "formatting": 1, "re-classing": 6, "rename": 3}
    one = ok("figure", KEY, "--json").json
    assert {claim["value"] for claim in one["claims"]} == {"10", "1"}
    assert [change["cause"] for change in one["restatements"]][-1] == "correction"
    assert "wiretap" in one["key"] and one["value"] == {"exact": 1}


def test_it_asks_and_stores_nothing_without_a_yes(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = run("claims", "import", files / "2018.csv")
    assert ran.code == 2 and "nobody to ask" in ran.err
    assert not list((files / "store").glob("*.csv"))
    assert run("claims", "import", files / "2018.csv", "--json").code == 2
    for answer, stored in (("n\n", 0), ("y\n", 1)):
        stdin = io.StringIO(answer)
        monkeypatch.setattr(stdin, "isatty", lambda: True)
        monkeypatch.setattr("sys.stdin", stdin)
        ok("claims", "import", files / "2018.csv")
        assert len(list((files / "store").glob("*.csv"))) == stored


def test_one_bad_file_among_good_ones_stores_nothing(files: Path) -> None:
    (files / "bad.csv").write_text("a,b\n1,2\n")
    ran = run("claims", "import", files / "2018.csv", files / "bad.csv", "--yes")
    assert ran.code == 2 and "bad.csv" in ran.err and "Traceback" not in ran.err
    assert "1 of 2 files cannot be read: nothing was stored" in ran.err and "--skip-bad" in ran.err
    assert not (files / "store").exists()
    both = ok("claims", "import", files / "2018.csv", files / "2023.csv", "--yes", "--json").json
    assert [one["new"] for one in both["files"]] == [12, 12] and both["left_out"] == []


def test_on_demand_the_sound_files_are_stored_and_the_bad_named(files: Path) -> None:
    (files / "bad.csv").write_text("a,b\n1,2\n")
    ran = run("claims", "import", files / "bad.csv", files / "2018.csv", "--yes", "--json", "--skip-bad")
    assert ran.code == 1 and "1 of 2 files were left out" in ran.err
    assert [one["file"] for one in ran.json["left_out"]] == [str(files / "bad.csv")]
    assert Path(ran.json["files"][0]["stored"]).is_file()
    ran = run("claims", "import", files / "bad.csv", files / "bad.csv", "--yes", "--skip-bad")
    assert ran.code == 2 and "2 of 2" in ran.err


def test_restatements_are_shown_with_their_causes(files: Path, tmp_path: Path) -> None:
    """The order in which editions are brought does not matter, and twice is as good as once."""
    for year in ("2023", "2018", "2023"):
        bring(files, year)
    shown = ok("claims", "restatements", "--no-packaged").out
    assert shown.startswith("FIGURE") and "2018-10-01 → 2023-10-01" in shown
    wiretap = next(line for line in shown.splitlines() if line.startswith(KEY))
    assert wiretap.split()[1:4] == ["10", "1", "correction"]
    assert "8 changes of numbers; 4 more of form or name only" in shown
    everything = ok("claims", "restatements", "--no-packaged", "--all").out
    assert "rename" in everything and "12 changes" in everything
    only = ok("claims", "restatements", "--no-packaged", "--cause", "correction", "--json").json
    assert {one["cause"] for one in only["restatements"]} == {"correction"}
    assert all(one["sentence"]["ko"] for one in only["restatements"])
    korean = ok("claims", "restatements", "--no-packaged", "--lang", "ko").out
    assert korean.startswith("수치") and "정정" in korean
    rows = list(csv.DictReader(io.StringIO(ok("claims", "restatements", "--no-packaged", "--csv").out)))
    [table] = (files / "store" / "restatements").glob("*.csv")
    store = list(csv.DictReader(io.StringIO(table.read_text("utf-8"))))
    assert rows == store and len(rows) == 12
    elsewhere = ok("claims", "restatements", "--period", "2017H1", "--provider", "kakao", "--json").json
    assert elsewhere["restatements"] == []
    assert run("claims", "restatements", "--cause", "whim").code == 2


@pytest.mark.parametrize("named", [True, False])
def test_a_folder_is_recounted_only_for_a_reader_who_names_its_key(
    files: Path, named: bool, tmp_path: Path
) -> None:
    def real(report: Report) -> Report:
        return replace(report, synthetic=False)

    keys = Keys(origin="kakao.example/log")
    folder = build(tmp_path / "public", first_half(report=real), keys=keys).root
    words = ("--key", keys.vkey) if named else ()
    text = ok("claims", "import", folder, "--dry-run", *words).out
    assert ("name the key with --key" in text) is not named
    ok("claims", "import", folder, "--yes", *words)
    ok("claims", "import", folder, "--yes", "--key", keys.vkey)  # and now it is, in either case
    kinds = {claim.source_kind for claim in Store(files / "store").claims()}
    assert kinds == ({SourceKind.RECOUNTED} if named else {SourceKind.RECOUNTED, SourceKind.COMPANY_REPORT})
    compared = ok("compare", "2016H1", "--no-packaged", "--published", folder, *words, "--json").json
    preferred = {one["preferred"]["source_kind"] for one in compared["figures"] if one["preferred"]}
    assert preferred == {"recounted"}  # those in the store go before the folder's own word


def test_lists(files: Path) -> None:
    bring(files, "2018")
    everything = ok("claims", "list", "--json").json
    assert everything["claims"] == 3071 + 12
    rows = ok("claims", "list", "unreadable", "--no-packaged", "--json").json["rows"]
    assert sorted(row["value"] for row in rows) == ["#REF!", "66.107"]
    found = list(csv.DictReader(io.StringIO(ok("claims", "list", "states", "--csv").out)))
    assert {"provider", "state", "claims"} == set(found[0])
    assert "3,083 claims" in ok("claims", "list", "contested").out
    assert run("claims", "list", "nonsense").code == 2
    assert run("claims", "list", "--csv", "--json").code == 2


def test_a_figure_by_key_and_by_a_claims_id(files: Path) -> None:
    key = "kakao/kakao/KR/2016H1/communication-confirmation/processed"
    one = ok("figure", key, "--json").json
    assert (one["status"], one["value"]) == ("disputed", {"exact": 697})
    [rival] = [claim for claim in one["claims"] if claim["standing"] == "rival"]
    assert rival["value"] == "687"
    assert ok("figure", rival["id"], "--json").json == one
    assert "687" in ok("figure", key).out and "숫자" in ok("figure", key, "--lang", "ko").out
    rows = list(csv.DictReader(io.StringIO(ok("figure", key, "--csv").out)))
    assert {row["id"] for row in rows} == {claim["id"] for claim in one["claims"]}


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("kakao/kakao/KR/2016H1/communication-confirmation/procesed", "did you mean"),
        ("nobody/x/KR/2016H1/a/b", "sagwan claims list figures"),
        ("0123456789abcdef", "claims list"),
        ("a/b", "sagwan claims list figures"),
    ],
)
def test_a_figure_that_is_not_there(files: Path, key: str, hint: str) -> None:
    ran = run("figure", key)
    assert ran.code == 2 and hint in ran.err


def test_a_damaged_store_is_an_error_not_a_traceback(files: Path) -> None:
    (files / "store").mkdir()
    (files / "store" / "datapackage.json").write_text("{")
    for words in (("claims", "list"), ("figure", KEY), ("claims", "import", files / "2018.csv", "--yes")):
        ran = run(*words)
        assert ran.code == 2 and "does not describe a store" in ran.err
