"""The package that is built holds what it needs at run time, and asks for versions it can work with."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from .tree import ROOT, SOURCE, files, named

# What is read at run time and is not Python.
DATA = {".toml", ".csv", ".json", ".html", ".css", ".mo", ".svg", ".js", ".sql"}
NEEDED = [
    "sagwan/compare/data/claims/kr.csv",
    "sagwan/compare/data/claims/kr-company.csv",
    "sagwan/compare/data/claims/global.csv",
    "sagwan/demo/scenario.toml",
    "sagwan/law/packs/kr.toml",
    "sagwan/locale/ko/LC_MESSAGES/sagwan.mo",
    "sagwan/pages/static/sagwan.css",
    "sagwan/pages/templates/base.html",
    "sagwan/publish/report.schema.json",
    "sagwan/py.typed",
]


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("sagwan-*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_holds_packs_claims_scenario_templates_and_translations(contents: set[str]) -> None:
    assert [name for name in NEEDED if name not in contents] == []


def test_the_wheel_holds_every_module_and_data_file_of_the_sources(contents: set[str]) -> None:
    wanted = {
        path.relative_to(SOURCE.parent).as_posix()
        for path in files()
        if SOURCE in path.parents and path.suffix in DATA | {".py"}
    }
    assert wanted - contents == set()


def test_the_wheel_holds_neither_tests_nor_keys(contents: set[str]) -> None:
    assert [name for name in contents if not re.match(r"sagwan(/|-[0-9.a-z]+\.dist-info/)", name)] == []
    assert [name for name in contents if Path(name).suffix in {".key", ".db", ".pyc"}] == []


def test_every_dependency_names_the_least_version_that_will_do() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = [
        project["project"]["dependencies"],
        project["build-system"]["requires"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ]
    assert [asked for group in groups for asked in group if ">=" not in asked] == []


def test_the_changelog_tells_of_this_version() -> None:
    version = re.search(r'__version__ = "([^"]+)"', (SOURCE / "__init__.py").read_text("utf-8"))
    assert version, named(SOURCE / "__init__.py")
    assert f"## {version[1]}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
