"""verify stands alone: no framework, no database, and no network or process pool unless it is used."""

import ast
import subprocess
import sys
from pathlib import Path

import sagwan.verify
from tests.support.folder import build, first_half

ALLOWED = {"formats", "tlog", "verify", "record"}
EXTRAS = {"objects.py": {"obstore"}}
"""What a file may import besides, when what it is for is asked for."""

SCRIPT = """
import importlib.abc, sys

class Wall(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "jinja2", "typer", "rich", "duckdb", "sqlite3"}:
            raise ImportError(name + " is not for verify")

sys.meta_path.insert(0, Wall())
from sagwan.verify import verify
verdict = verify(sys.argv[1])
for name in ("http.client", "concurrent.futures", "multiprocessing", "socket"):
    assert name not in sys.modules, name
sys.exit(verdict.exit_code)
"""


def test_it_runs_where_nothing_but_cryptography_is(tmp_path):
    build(tmp_path, first_half())
    done = subprocess.run([sys.executable, "-c", SCRIPT, tmp_path], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (3, "")


def test_it_imports_only_formats_tlog_and_the_standard_library():
    for file in Path(sagwan.verify.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                top, *rest = name.split(".")
                ours = top == "sagwan" and rest[0] in ALLOWED
                extra = top in EXTRAS.get(file.name, ())
                assert ours or extra or top in sys.stdlib_module_names, (file, name)
