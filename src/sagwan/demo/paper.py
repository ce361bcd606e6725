"""The document of an invented request, as PDF: what stands on it, and that it is invented."""

import json
from functools import cache
from importlib.resources import as_file
from typing import TYPE_CHECKING

from sagwan.desk.letters.glyphs import FONTS
from sagwan.law.in_force import InstrumentOnDay
from sagwan.record.request import Filing

if TYPE_CHECKING:
    import typst

_SOURCE = rb"""
#let facts = json(bytes(sys.inputs.facts))
#set document(title: facts.title, date: none)
#set page(paper: "a4", margin: 25mm, numbering: "1 / 1")
#set text(font: "NanumGothic", lang: "ko", size: 11pt)
#align(center, text(size: 18pt, weight: "bold", facts.title))
#align(center, text(size: 9pt, facts.invented))
#v(8mm)
#table(columns: (45mm, 1fr), stroke: 0.4pt, inset: 6pt, ..facts.rows.flatten())
#v(6mm)
#text(weight: "bold", facts.annex)
#for target in facts.targets [- #target
]
"""
_INVENTED = "시연을 위해 지어낸 문서입니다. 이런 사건도 기관도 없습니다."
_FEW = 40


def paper_of(filing: Filing, instrument: InstrumentOnDay) -> bytes:
    """The document as PDF; raise TypstError."""
    import typst  # noqa: PLC0415 - only who makes documents needs it

    labels = {item.slug: item.label.text("ko") for item in instrument.items}
    rows = [
        ["사건번호", filing.case_number],
        ["기관", filing.authority],
        ["담당자", ", ".join(filing.officials)],
    ]
    rows += [[labels.get(slug, slug), value] for slug, value in filing.paper.items()]
    facts = {
        "title": instrument.name.text("ko"),
        "invented": _INVENTED,
        "rows": rows,
        "annex": f"별지: 계정 {filing.accounts}개",
        "targets": [target.value for target in filing.targets[:_FEW]],
    }
    compiler = typst.Compiler(
        _SOURCE, font_paths=_fonts(), sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)}
    )
    made = compiler.compile(format="pdf")
    if not isinstance(made, bytes):
        raise TypeError("Typst made no document")
    return made


@cache
def _fonts() -> "typst.Fonts":
    import typst  # noqa: PLC0415

    with as_file(FONTS) as folder:
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])
