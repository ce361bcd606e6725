"""Keep the Korean of what is refused: `python scripts/refusals.py missing`, `--check` in the tests.

error_texts.py finds what errors and failures say in English, as templates, and browser_texts.py what the
browser's verifier says. The files in src/sagwan/locale/ko/refusals map each template to Korean with the same
values.
"""

import argparse
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import browser_texts
import error_texts
from error_texts import SOURCE

OTHERS = frozenset({"system.toml", "typer.toml"})
"""What Typer and the operating system say; a test hears it from them."""


def read(source: Path = SOURCE) -> dict[str, set[str]]:
    """Every template, and the modules that say it."""
    found = dict(error_texts.read(source).found)
    for text, where in browser_texts.read(source).items():
        found[text] = found.get(text, set()) | where
    return found


def catalogue(source: Path = SOURCE) -> list[tuple[str, str, str]]:
    """(file, template, Korean) of every entry."""
    folder = source / "locale" / "ko" / "refusals"
    return [
        (path.name, template, korean)
        for path in sorted(folder.glob("*.toml"))
        for template, korean in tomllib.loads(path.read_text(encoding="utf-8")).items()
    ]


def missing(source: Path = SOURCE) -> dict[str, set[str]]:
    """Templates without Korean, and the modules they stand in."""
    return without_korean(read(source), catalogue(source))


def without_korean(said: dict[str, set[str]], entries: list[tuple[str, str, str]]) -> dict[str, set[str]]:
    known = {template for _, template, _ in entries}
    return {text: where for text, where in said.items() if text not in known}


def problems(source: Path = SOURCE) -> Iterator[str]:
    """What is wrong: missing, stale, doubled or empty entries, and values that differ."""
    found, entries = read(source), catalogue(source)
    seen: set[str] = set()
    for text, where in without_korean(found, entries).items():
        yield f"{', '.join(sorted(where))}: no Korean for {text!r}"
    for file, template, korean in entries:
        if template not in found and file not in OTHERS:
            yield f"{file}: stale: no error says {template!r}"
        if template in seen:
            yield f"{file}: doubled: {template!r}"
        seen.add(template)
        if not korean.strip():
            yield f"{file}: empty: {template!r}"
        elif values(template) != values(korean):
            yield f"{file}: the values differ: {template!r}, {korean!r}"


def values(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", nargs="?", choices=["extract", "missing"])
    parser.add_argument("--check", action="store_true", help="exit 1 where the Korean is wrong")
    chosen = parser.parse_args(arguments)
    if not chosen.command and not chosen.check:
        parser.error("name a command or --check")
    for text, where in (read() if chosen.command == "extract" else missing()).items():
        if chosen.command:
            print(f"{min(where)}\t{text!r}")
    found = sorted(problems()) if chosen.check else []
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
