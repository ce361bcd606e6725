"""Every command tells what it does, with examples and exit codes; the reference page is current."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sagwan.cli.errors import REFUSED
from sagwan.cli.main import load
from sagwan.cli.registry import COMMANDS, Entry
from sagwan.desk.home import CONFIG_KEYS
from sagwan.desk.intake.ledger_row import COLUMNS
from tests.cli.conftest import ok, run

ROOT = Path(__file__).resolve().parents[2]


def by_name(entry: Entry) -> str:
    return entry.name


@pytest.mark.parametrize("entry", COMMANDS, ids=by_name)
def test_help_has_examples_and_exit_codes(entry: Entry) -> None:
    text = ok(*entry.name.split(), "--help").out
    assert re.search(r"Examples?:\n +sagwan ", text)
    assert re.search(r"Exit codes: 0|Exit codes: 130", text)
    assert f"sagwan {entry.name} " in text.split("Exit codes")[0]


@pytest.mark.parametrize("entry", COMMANDS, ids=by_name)
def test_the_list_says_what_the_command_says(entry: Entry) -> None:
    command = load(entry)
    assert (command.help or "").split("\n")[0] == entry.short
    silent = [p.name for p in command.params if not getattr(p, "help", None)]
    assert silent == []


def test_the_list_of_commands_is_the_registry() -> None:
    text = ok("--help").out
    for entry in COMMANDS:
        assert entry.name.split()[0] in text
    assert "add" in ok("person", "--help").out and "serve" in ok("witness", "--help").out
    assert run().out == text or run().err == text
    assert re.fullmatch(r"sagwan \d+\.\d+.*\n", ok("--version").out)


def test_help_loads_no_framework() -> None:
    code = (
        "import sys\nfrom sagwan.cli.main import program\n"
        "try: program().main(args=['--help'], prog_name='sagwan')\n"
        "except SystemExit: pass\n"
        "heavy = {'django', 'jinja2', 'sagwan.desk', 'sagwan.verify', 'sagwan.compare'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", REFUSED)
def test_every_refusal_exists(name: str, home: Path) -> None:
    ok("list")  # the desk's modules need an open home
    module, _, kind = name.partition(":")
    assert issubclass(getattr(importlib.import_module(module), kind), Exception)


def test_the_reference_page_is_current() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/command_reference.py", "--check"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_page_of_the_config_tells_every_key() -> None:
    page = (ROOT / "docs" / "reference" / "config.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z_]+)` \| (?:text|number|true/false) \|", page, re.M)
    tables = re.findall(r"^## \[([a-z]+)", page, re.M)
    assert sorted((*rows, *tables)) == sorted(CONFIG_KEYS)


def test_the_columns_of_a_file_are_told() -> None:
    text = ok("receive", "--help").out
    for column in COLUMNS:
        assert re.search(rf"\b{column}\b", text), column
