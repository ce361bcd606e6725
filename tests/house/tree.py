"""What the tests of the house look at: the files of the project."""

from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "sagwan"
LEFT_OUT = {"build", "dist", "htmlcov", "node_modules", "sagwan-demo", "__pycache__"}


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project that is kept: none of a tool's or of a run."""
    return tuple(sorted(_walk(ROOT)))


def _walk(folder: Path) -> list[Path]:
    found = []
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            hidden = path.name.startswith(".") and path.name not in (".ci", ".github")
            if path.name not in LEFT_OUT and not hidden and not path.name.endswith(".egg-info"):
                found += _walk(path)
        elif not path.name.startswith(".coverage"):
            found.append(path)
    return found


def modules() -> list[Path]:
    """The package's Python files, migrations left out: Django writes those."""
    return [
        path for path in files() if path.suffix == ".py" and SOURCE in path.parents and not generated(path)
    ]


def python_files() -> list[Path]:
    return [path for path in files() if path.suffix == ".py" and not generated(path)]


def documents() -> list[Path]:
    return [path for path in files() if path.suffix == ".md"]


def generated(path: Path) -> bool:
    return path.parent.name == "migrations"


def named(path: Path) -> str:
    """A file's name as tests and people write it."""
    return path.relative_to(ROOT).as_posix()
