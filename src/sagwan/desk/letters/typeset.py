"""From a letter's values to PDF: Typst lays out our own templates with our own font, and nothing else.

The values go in as JSON that a template shows as text; nothing in them is read as markup. No file outside
`templates` can be read, no package is fetched, no font of the machine is used: the package's own, and the
faces that Typst brings for backslashes, digests and the Latin, Greek and Cyrillic letters that it lacks.
PDF/UA-1 asks for a title, a language and tags, and makes Typst refuse a text that the fonts cannot show. The
same letter, the same bytes.
"""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sagwan.desk.letters.facts import Letter
from sagwan.desk.letters.glyphs import FONTS, Replaced, Showing, each_text
from sagwan.record.errors import SagwanError

if TYPE_CHECKING:
    import typst

STANDARD: Literal["ua-1"] = "ua-1"
_NOWHERE = Path("/nonexistent")
_TEMPLATES = files("sagwan.desk.letters") / "templates"


class TypesettingFailed(SagwanError):
    """Typst could not make the letter; the message is Typst's."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """A letter as PDF, and the characters that it shows by their number."""

    pdf: bytes
    replaced: tuple[Replaced, ...]


def typeset(letter: Letter) -> Typeset:
    """Set a letter; raise TypesettingFailed."""
    showing = Showing()
    pdf = _compile(letter, showing, "pdf")
    return Typeset(pdf[0], showing.replaced)


def pictures(letter: Letter, *, ppi: float = 100) -> list[bytes]:
    """The pages as PNG, to be looked at."""
    return _compile(letter, Showing(), "png", ppi)


def _compile(letter: Letter, showing: Showing, form: Literal["pdf", "png"], ppi: float = 100) -> list[bytes]:
    import typst  # noqa: PLC0415 - only who writes letters needs it

    facts = each_text(asdict(letter) | {"day": letter.day.isoformat()}, showing.text)
    made = datetime.combine(letter.day, time(), UTC)
    with as_file(_TEMPLATES) as root:
        try:
            compiler = typst.Compiler(
                root / letter.lang / f"{letter.kind}.typ",
                root=root,
                font_paths=_fonts(),
                ignore_system_fonts=True,
                sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
                package_path=_NOWHERE,
                package_cache_path=_NOWHERE,
            )
            pages = compiler.compile(
                format=form, ppi=ppi, pdf_standards=[STANDARD] if form == "pdf" else [], timestamp=made
            )
        except typst.TypstError as error:
            raise TypesettingFailed(
                f"the letter {letter.kind} ({letter.lang}) could not be set: {error.message}",
                hint="; ".join(error.hints),
            ) from None
    return pages if isinstance(pages, list) else [pages or b""]


@cache
def _fonts() -> "typst.Fonts":
    import typst  # noqa: PLC0415

    with as_file(FONTS) as folder:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])
