"""`sagwan brief`: a period told from rules alone, each number footnoted to its claims."""

from pathlib import Path
from typing import Annotated

import typer

from sagwan.cli.answers import STDOUT, check_new
from sagwan.cli.errors import Unusable
from sagwan.cli.gather import gather, language
from sagwan.cli.options import DEFAULT_STORE, Force, Lang, MoreClaims, Packaged, StorePath
from sagwan.cli.output import say
from sagwan.compare import compare

FORMATS = ("md", "html")


def brief(
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="A half-year or year, as 2016H1 or 2016.")],
    claims: MoreClaims = None,
    store: StorePath = DEFAULT_STORE,
    packaged: Packaged = True,
    form: Annotated[str, typer.Option("--format", metavar="md|html", help="Markdown or HTML.")] = "md",
    out: Annotated[
        str, typer.Option("--out", metavar="FILE", help="Write it to a file; - is standard output.")
    ] = STDOUT,
    force: Force = False,
    lang: Lang = "en",
) -> None:
    """Write what an article would say of a half-year, with footnotes.

    Who was asked how often, what was handed over, what was refused, what changed, what is disputed, and what
    articles printed that does not hold. It says nothing that no claim says: what is missing is missing, a sum
    with a missing part is a floor, and ≠ marks every number on which sources disagree. What nobody prints of
    a year is the sum of its halves. The HTML is one page that needs nothing beside it.

    \b
    Examples:
      sagwan brief 2016H1
      sagwan brief 2016H1 --lang ko --format html --out brief.html
      sagwan brief 2015 --claims ./my-claims | pandoc -o brief.docx

    \b
    Exit codes: 0; 2 no claim about the period, a table of claims is wrong, or the file is there already.
    """
    if form not in FORMATS:
        raise Unusable(f"{form!r} is not a format here", hint="md or html")
    spoken = language(lang)
    if out != STDOUT:
        check_new(Path(out), force=force)
    from sagwan.compare.brief import html, markdown, write_brief  # noqa: PLC0415 - templates cost 50 ms
    from sagwan.compare.store.files import write  # noqa: PLC0415 - only where there is something to write

    told = write_brief(compare(gather(store, claims, packaged=packaged)), period, spoken)
    text = markdown(told) if form == "md" else html(told, spoken)
    if out == STDOUT:
        say(text.rstrip("\n"))
    else:
        write(Path(out), lambda path: path.write_text(text, "utf-8"))
        say(f"{out}: {len(told.notes):,} footnotes")
