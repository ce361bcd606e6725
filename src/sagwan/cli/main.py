"""`sagwan`: finds the module of a command when it is called, and turns errors into one line and an exit code.

Nothing of a command is imported before it is called, so that `sagwan verify` runs where only `cryptography`
and `typer` are installed.
"""

import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from sagwan.cli.errors import report
from sagwan.cli.registry import COMMANDS, GROUPS, Entry

# Wide enough for the examples, and the same in every terminal that is wider.
_SETTINGS: dict[Any, Any] = {"max_content_width": 100, "help_option_names": ["-h", "--help"]}

_HELP = """Receive, seal, publish, verify and compare government requests for users' data.

\b
sagwan COMMAND --help tells a command's options, examples and exit codes.
Environment: SAGWAN_HOME names the home, SAGWAN_PERSON who acts, SAGWAN_LANG the language (en, ko).
"""


class LazyGroup(TyperGroup):
    """A group that knows its commands by name and one line each, and loads the one that is called."""

    prefix = ""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self._names())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        entry = self._names().get(cmd_name)
        if entry is None:
            return None
        return load(entry) if isinstance(entry, Entry) else _group(cmd_name, entry)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        # The names alone, for "did you mean"; loading happens in get_command, for the one that was typed.
        self.commands = dict.fromkeys(self._names())  # type: ignore[assignment]
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list of commands, from the registry: loading them all would take a second."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for name, entry in self._names().items():
            section, short = (entry.section, entry.short) if isinstance(entry, Entry) else GROUPS[name]
            sections.setdefault(section, []).append((name, short))
        for section, rows in sections.items():
            with formatter.section(section):
                formatter.write_dl(rows)

    def invoke(self, ctx: Any) -> None:
        """Run the command. What it returns is no exit code: that is only what it leaves with."""
        super().invoke(ctx)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, and leave with an exit code; what goes wrong is told in one line."""
        try:
            code = super().main(*args, **{**kwargs, "standalone_mode": False})
        except Exception as error:
            code = report(error)
        sys.exit(code or 0)

    def _names(self) -> "dict[str, Entry | str]":
        """Name to entry; a group of further commands stands as its name."""
        names: dict[str, Entry | str] = {}
        for entry in COMMANDS:
            group, _, name = entry.name.rpartition(" ")
            if group == self.prefix:
                names[name] = entry
            elif not self.prefix:
                names[group] = group
        return names


def load(entry: Entry) -> Any:
    """The command of an entry, imported now."""
    module, _, function = entry.target.partition(":")
    app = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=_SETTINGS)
    app.command(name=entry.name.rpartition(" ")[2])(getattr(import_module(module), function))
    return get_command(app)


def _group(name: str, title: str) -> LazyGroup:
    app = _app()
    app.callback(help=f"{GROUPS[title][1]}")(lambda: None)
    group = get_command(app)
    group.prefix = name  # type: ignore[attr-defined]
    return group  # type: ignore[return-value]


def _app() -> typer.Typer:
    return typer.Typer(
        cls=LazyGroup,
        add_completion=False,
        rich_markup_mode=None,
        no_args_is_help=True,
        context_settings=_SETTINGS,
    )


def _version(wanted: bool) -> None:
    if wanted:
        from sagwan import __version__  # noqa: PLC0415 - only for those who ask

        typer.echo(f"sagwan {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options of `sagwan` itself."""


def program() -> LazyGroup:
    """The whole command line."""
    app = _app()
    app.callback(help=_HELP)(_root)
    return get_command(app)  # type: ignore[return-value]


def main() -> None:
    """The entry point: runs and exits."""
    program().main(prog_name="sagwan")
