"""`sagwan brief`: a period told from rules alone, each number footnoted to its claims."""

from pathlib import Path
from typing import Annotated

import typer

from sagwan.cli.errors import Unusable
from sagwan.cli.options import Lang
from sagwan.cli.output import say
from sagwan.compare import compare, load, load_packaged

FORMATS = ("md", "html")


def brief(
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="A half-year, as 2016H1.")],
    claims: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH", help="More claims: a CSV file or a folder of them; repeat it."),
    ] = None,
    form: Annotated[str, typer.Option("--format", metavar="md|html", help="Markdown or HTML.")] = "md",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write it there, not to the screen.")
    ] = None,
    lang: Lang = "en",
) -> None:
    """Write what an article would say of a half-year, with footnotes.

    Who was asked how often, what was handed over, what was refused, what changed, what is disputed, and what
    articles printed that does not hold. It says nothing that no claim says: what is missing is missing, a sum
    with a missing part is a floor, and ≠ marks every number on which sources disagree.

    \b
    Examples:
      sagwan brief 2016H1
      sagwan brief 2016H1 --lang ko --format html --out brief.html
      sagwan brief 2016H1 --claims ./my-claims | pandoc -o brief.docx

    \b
    Exit codes: 0; 2 no claim about the period, or a table of claims is wrong.
    """
    if form not in FORMATS:
        raise Unusable(f"{form!r} is not a format here", hint="md or html")
    if lang not in ("en", "ko"):
        raise Unusable(f"{lang!r} is not a language here", hint="en or ko")
    from sagwan.compare.brief import html, markdown, write_brief  # noqa: PLC0415 - templates cost 50 ms

    found = [*load_packaged(), *(claim for path in claims or () for claim in load(path))]
    told = write_brief(compare(found), period, "ko" if lang == "ko" else "en")
    text = markdown(told) if form == "md" else html(told, "ko" if lang == "ko" else "en")
    if out is None:
        say(text.rstrip("\n"))
    else:
        out.write_text(text, "utf-8")
        say(f"{out}: {len(told.notes):,} footnotes")
