"""The claims as a Frictionless data package, judged by the Frictionless tool itself."""

import json
import subprocess
import sys
from importlib import resources
from pathlib import Path

from sagwan.compare import COLUMNS, SourceKind

FOLDER = Path(str(resources.files("sagwan.compare"))) / "data" / "claims"


def frictionless(package: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "frictionless", "validate", package.name, "--json"]
    return subprocess.run(command, cwd=package.parent, capture_output=True, text=True, check=False)


def test_the_package_is_valid() -> None:
    done = frictionless(FOLDER / "datapackage.json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["stats"]["tasks"] == 3


def test_the_tool_would_notice(tmp_path: Path) -> None:
    for file in FOLDER.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    table = tmp_path / "kr.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",2016H1,", ",2016-1,", 1), encoding="utf-8")
    assert frictionless(tmp_path / "datapackage.json").returncode != 0


def test_every_table_and_column_is_described() -> None:
    package = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
    assert {r["path"] for r in package["resources"]} == {file.name for file in FOLDER.glob("*.csv")}
    for resource in package["resources"]:
        fields = resource["schema"]["fields"]
        assert tuple(field["name"] for field in fields) == COLUMNS
        assert all(field["description"] for field in fields)
        kinds = next(field for field in fields if field["name"] == "source_kind")
        assert kinds["constraints"]["enum"] == list(SourceKind)
