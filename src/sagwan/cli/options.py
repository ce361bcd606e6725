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
        "--lang",
        envvar="SAGWAN_LANG",
        metavar="en|ko",
        help="Language of words and sentences.",
        show_envvar=False,
    ),
]
Csv = Annotated[bool, typer.Option("--csv", help="Print the table as CSV.")]
Parquet = Annotated[
    str,
    typer.Option(
        "--parquet", metavar="FILE", help="Write the table to a Parquet file; - is standard output."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")]
StorePath = Annotated[
    Path,
    typer.Option(
        "--store", envvar="SAGWAN_STORE", metavar="DIR", help="The store of claims.", show_envvar=False
    ),
]
DEFAULT_STORE = Path("sagwan-claims")
MoreClaims = Annotated[
    list[Path] | None,
    typer.Option("--claims", metavar="PATH", help="More claims: a CSV file or a folder of them; repeat it."),
]
Packaged = Annotated[
    bool,
    typer.Option("--packaged/--no-packaged", help="Use the claims that come with Sagwan, or leave them out."),
]
Keys = Annotated[
    list[str] | None,
    typer.Option(
        "--key", metavar="VKEY", help="A verifier key that you trust, or a file of them; repeat it."
    ),
]
PolicyFile = Annotated[
    Path | None,
    typer.Option("--policy", metavar="FILE", help="A C2SP tlog-policy: witnesses and quorum you trust."),
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
