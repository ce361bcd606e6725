"""The options that many commands share, as annotated types."""

from pathlib import Path
from typing import Annotated

import typer

HomePath = Annotated[
    Path,
    typer.Option(
        "--home",
        envvar="SAGWAN_HOME",
        metavar="PATH",
        help="The home to work on.",
        show_default="the current folder",
        show_envvar=False,
    ),
]
HERE = Path()

By = Annotated[
    str,
    typer.Option(
        "--by", envvar="SAGWAN_PERSON", metavar="NAME", help="Who acts: a person's name.", show_envvar=False
    ),
]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="ISO", hidden=True, help="Act at this instant (synthetic homes only)."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]
Days = Annotated[int, typer.Option("--days", metavar="N", help="After how many days the link ends, 1 to 60.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is kept.")]
Lang = Annotated[
    str,
    typer.Option(
        "--lang", envvar="SAGWAN_LANG", metavar="en|ko", help="Language of sentences.", show_envvar=False
    ),
]
Number = Annotated[str, typer.Argument(metavar="NUMBER", help="The request's number: 16 hex digits.")]
Targets = Annotated[
    list[str] | None,
    typer.Option("--target", metavar="KIND:VALUE", help="A target, such as account:abc; repeat it for more."),
]
TargetsFile = Annotated[
    Path | None,
    typer.Option("--targets-file", metavar="FILE", help="Targets from a file, one KIND:VALUE a line."),
]
Data = Annotated[
    str,
    typer.Option(
        "--data", metavar="LIST", help="Data categories, with commas: access, content, subscriber, traffic."
    ),
]
Marks = Annotated[
    list[str] | None,
    typer.Option("--mark", metavar="MARK", help="A mark, such as narrowed or notified; repeat it for more."),
]
