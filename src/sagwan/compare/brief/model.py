"""A brief: paragraphs whose every number carries the mark of a footnote, and the footnotes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sagwan.compare.claim import Claim
from sagwan.compare.figure import Figure


@dataclass(frozen=True, slots=True)
class Mark:
    """Stands after a number and points to a footnote; `disputed` where sources disagree on the number."""

    note: int
    disputed: bool = False


Text = tuple[str | Mark, ...]


@dataclass(frozen=True, slots=True)
class FigureNote:
    """A footnote of a figure that claims print: its words, its value and the claims that give it."""

    number: int
    figure: Figure
    title: str
    value: str
    claims: tuple[Claim, ...]
    rivals: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class DerivedNote:
    """A footnote of a number that follows from others: how, and the footnotes of those."""

    number: int
    formula: str
    notes: tuple[int, ...]


Note = FigureNote | DerivedNote


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    paragraphs: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """What an article would say of a period, and nothing that no claim says."""

    period: str
    lang: str
    title: str
    lead: Text
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]

    def texts(self) -> Iterator[Text]:
        yield self.lead
        for section in self.sections:
            yield from section.paragraphs


_FIELD = re.compile(r"%\(([a-z_]+)\)s")


def fill(template: str, fields: Mapping[str, str | Text]) -> Text:
    """Put texts into a translated message's `%(name)s` places. Raises KeyError for a place without a text."""
    parts: list[str | Mark] = []
    for at, piece in enumerate(_FIELD.split(template)):
        value = fields[piece] if at % 2 else piece
        parts.extend((value,) if isinstance(value, str) else value)
    return joined(parts)


def joined(parts: Iterable[str | Mark]) -> Text:
    """The parts, with neighbouring strings made one and empty ones dropped."""
    found: list[str | Mark] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return tuple(found)


def sentences(*texts: Text | None) -> Text:
    """Sentences of one paragraph, a blank between them; None is left out."""
    parts: list[str | Mark] = []
    for text in texts:
        if text:
            parts.extend((" ", *text) if parts else text)
    return joined(parts)


def listing(texts: Iterable[Text], lang: str) -> Text:
    """Texts in a row: `a, b and c`, `가, 나, 다`."""
    every = list(texts)
    parts: list[str | Mark] = []
    for place, text in enumerate(every):
        last = place == len(every) - 1
        parts.append("" if not place else " and " if last and lang == "en" else ", ")
        parts.extend(text)
    return joined(parts)


def plain(text: Text) -> str:
    """The words without the marks."""
    return "".join(part for part in text if isinstance(part, str))


def in_order(brief: Brief) -> Brief:
    """The same brief with its footnotes numbered as a reader meets them: in the text, then in other notes."""
    by_number = {note.number: note for note in brief.notes}
    met = [part.note for text in brief.texts() for part in text if isinstance(part, Mark)]
    order: dict[int, int] = {}
    while met:
        number = met.pop(0)
        if number not in order:
            order[number] = len(order) + 1
            met.extend(_others(by_number[number]))
    notes = tuple(_renumbered(by_number[number], order) for number in order)
    sections = tuple(
        replace(section, paragraphs=tuple(_moved(text, order) for text in section.paragraphs))
        for section in brief.sections
    )
    return replace(brief, lead=_moved(brief.lead, order), sections=sections, notes=notes)


def _others(note: Note) -> tuple[int, ...]:
    return note.notes if isinstance(note, DerivedNote) else ()


def _renumbered(note: Note, order: Mapping[int, int]) -> Note:
    if isinstance(note, DerivedNote):
        return replace(note, number=order[note.number], notes=tuple(order[one] for one in note.notes))
    return replace(note, number=order[note.number])


def _moved(text: Text, order: Mapping[int, int]) -> Text:
    return tuple(replace(part, note=order[part.note]) if isinstance(part, Mark) else part for part in text)
