"""A brief as Markdown or as one HTML page. What sources are called is escaped: it may be anything."""

import re
from collections.abc import Mapping
from typing import Any

from sagwan.compare.brief.model import Brief, DerivedNote, Mark, Note, Text
from sagwan.compare.claim import Claim
from sagwan.compare.words import Language
from sagwan.pages import render, style_sheet, translator

_AUTOLINK = re.compile(r"https?://[^\s<>]+")
# An address within a sentence ends before the sign that parts it from what follows.
_ADDRESS = re.compile(r"(https?://[^\s<>]+[^\s<>,;.)\]])")
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$])")


def markdown(brief: Brief) -> str:
    """CommonMark with footnotes (`[^1]`), which GitHub, Pandoc and others read."""
    lines = [f"# {_escape(brief.title)}", "", _markdown(brief.lead), ""]
    for section in brief.sections:
        lines += [f"## {_escape(section.heading)}", ""]
        for paragraph in section.paragraphs:
            lines += [_markdown(paragraph), ""]
    lines += [_note(note, brief.lang) for note in brief.notes]
    return "\n".join(lines).rstrip() + "\n"


def _markdown(text: Text) -> str:
    return "".join(_escape(part) if isinstance(part, str) else _mark(part) for part in text)


def _mark(mark: Mark) -> str:
    return f"{'≠' if mark.disputed else ''}[^{mark.note}]"


def _escape(text: str) -> str:
    """Text that Markdown shows as it is, on one line; an address becomes a link."""
    line = text.replace("\r", " ").replace("\n", " ")
    return "".join(
        f"<{piece}>" if at % 2 else _SIGNS.sub(r"\\\1", piece)
        for at, piece in enumerate(_ADDRESS.split(line))
    )


def _note(note: Note, lang: str) -> str:
    if isinstance(note, DerivedNote):
        others = " ".join(f"[^{number}]" for number in note.notes)
        return f"[^{note.number}]: {_escape(note.formula)} {others}".rstrip()
    sources = "; ".join(_source(claim) for claim in note.claims)
    rivals = "; ".join(f"{_escape(claim.value)}: {_source(claim)}" for claim in note.rivals)
    other = translator(lang).gettext("Other values:")
    tail = f" {other} {rivals}." if rivals else ""
    return f"[^{note.number}]: {_escape(note.title)}: {_escape(note.value)}. {sources}.{tail}"


def _source(claim: Claim) -> str:
    address = f"<{claim.source_url}>" if _AUTOLINK.fullmatch(claim.source_url) else _escape(claim.source_url)
    return f"{_escape(claim.source_publisher)} ({_escape(claim.source_date)}) {address} \\[{claim.id}\\]"


def view(brief: Brief) -> Mapping[str, Any]:
    """The brief as templates want it."""
    return {
        "heading": brief.title,
        "lead": _parts(brief.lead),
        "sections": [
            {"heading": section.heading, "paragraphs": [_parts(text) for text in section.paragraphs]}
            for section in brief.sections
        ],
        "notes": [_note_view(note) for note in brief.notes],
    }


def _parts(text: Text) -> list[Mapping[str, Any]]:
    return [
        {"text": part, "note": 0, "disputed": False}
        if isinstance(part, str)
        else {"text": "", "note": part.note, "disputed": part.disputed}
        for part in text
    ]


def _note_view(note: Note) -> Mapping[str, Any]:
    if isinstance(note, DerivedNote):
        return {"number": note.number, "formula": note.formula, "notes": note.notes, "figure": None}
    return {
        "number": note.number,
        "formula": "",
        "notes": (),
        "figure": note.figure,
        "title": note.title,
        "value": note.value,
        "claims": note.claims,
        "rivals": note.rivals,
    }


def html(brief: Brief, lang: Language) -> str:
    """One page that stands by itself: its style is in it, and it asks for nothing else."""
    style = style_sheet()[1].decode()
    return render("brief-alone.html", lang, style_text=style, brief=view(brief), href=lambda figure: "")
