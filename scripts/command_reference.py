"""Write docs/reference/commands.md from the commands themselves; `--check` only says if it is current."""

import argparse
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sagwan.cli.main import load
from sagwan.cli.registry import COMMANDS, Entry

TARGET = Path(__file__).resolve().parent.parent / "docs" / "reference" / "commands.md"
_HEAD = """# The commands

Written from the commands themselves by `scripts/command_reference.py`; `sagwan COMMAND --help` says the same.

Every command leaves with one of these exit codes; each command's own text says what they mean there:

| code | |
| --- | --- |
| 0 | done, and all is well |
| 1 | refused, or found false: a step that may not be done, a check that failed |
| 2 | unusable: wrong options, a home, key or file that cannot be read |
| 3 | `verify` only: all holds, but nobody but the folder itself names the log's key |
| 70 | a mistake in Sagwan itself |
| 130 | stopped with Ctrl-C |

What goes wrong is told on stderr in one line, `sagwan: error: …`, with a hint below it where there is one.

`SAGWAN_HOME` stands for `--home`, `SAGWAN_PERSON` for `--by`, `SAGWAN_LANG` for `--lang`.
With `SAGWAN_LANG=ko` errors and hints are Korean, too.
`SAGWAN_DEBUG=1` prints where an unforeseen error came from.
"""


def reference() -> str:
    """The text of the page."""
    return "\n".join((_HEAD, *_sections()))


def _sections() -> Iterator[str]:
    section = ""
    for entry in COMMANDS:
        if entry.section != section:
            section = entry.section
            yield f"## {section}\n"
        yield from _command(entry)


def _command(entry: Entry) -> Iterator[str]:
    command = load(entry)
    shown = [parameter for parameter in command.params if not getattr(parameter, "hidden", False)]
    arguments = [one for one in shown if one.param_type_name == "argument"]
    usage = " ".join(_metavar(one) if one.required else f"[{_metavar(one)}]" for one in arguments)
    yield f"### sagwan {entry.name}\n"
    yield f"```\nsagwan {entry.name} [OPTIONS] {usage}".rstrip() + "\n```\n"
    yield _text(command.help or "")
    yield "| | |\n| --- | --- |"
    for one in shown:
        if one.name != "help":
            yield f"| `{_name(one)}` | {_cell(one)} |"
    yield ""


def _text(help_text: str) -> str:
    """The docstring, its preformatted paragraphs as code."""
    parts = []
    for paragraph in inspect.cleandoc(help_text).split("\n\n"):
        lines = paragraph.split("\n")
        if lines[0] == "\b":
            parts.append("```\n" + "\n".join(lines[1:]) + "\n```")
        else:
            parts.append(paragraph)
    return "\n\n".join(parts) + "\n"


def _name(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return _metavar(parameter)
    names = ", ".join((*parameter.opts, *parameter.secondary_opts))
    return names if parameter.is_flag else f"{names} {parameter.metavar or 'TEXT'}"


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())


def _cell(parameter: Any) -> str:
    required = " Required." if parameter.required else ""
    return ((parameter.help or "") + required).replace("|", "\\|")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the page is stale")
    text = reference()
    if not parser.parse_args().check:
        TARGET.write_text(text, "utf-8")
        return 0
    if TARGET.exists() and TARGET.read_text("utf-8") == text:
        return 0
    print(f"{TARGET} is stale: run python scripts/command_reference.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
