"""Citations: which article of which act a rule rests on, for machines to compare and for people to read.

Written in a pack as `pcsa 13(4) proviso; pcsa-d 37(1)`: source, article, `-` branch (제13조의2 is 13-2),
(paragraph), `.` item (제2조제11호 is 2.11), and the word proviso (단서). A ruling has a source alone.
A section of a code, with its subdivisions, is written as the code writes it: `usc-50 §1874(a)(1)(A)`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_FORM = re.compile(
    r"(?P<source>[a-z0-9-]+)"
    r"(?: (?P<article>[1-9][0-9]*)(?:-(?P<branch>[0-9]+))?(?:\((?P<paragraph>[0-9]+)\))?"
    r"(?:\.(?P<item>[0-9]+))?(?P<proviso> proviso)?)?\Z"
)
_SECTION = re.compile(
    r"(?P<source>[a-z0-9-]+) §(?P<section>[1-9][0-9]*[a-z]?(?:-[0-9]+)?)(?P<parts>(?:\([0-9A-Za-z]+\))*)\Z"
)
_KOREAN = re.compile(
    r"제?\s*(?P<article>[0-9]+)\s*조(?:\s*의\s*(?P<branch>[0-9]+))?"
    r"(?:\s*제?\s*(?P<paragraph>[0-9]+)\s*항)?(?:\s*제?\s*(?P<item>[0-9]+)\s*호)?"
)
_ENGLISH = re.compile(
    r"(?:Art(?:icle|\.)?\s*)?(?P<article>[0-9]+)(?:-(?P<branch>[0-9]+))?(?:\s*\((?P<paragraph>[0-9]+)\))?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Label:
    """The same words in Korean and in English; neither may be missing."""

    ko: str
    en: str

    def text(self, lang: str) -> str:
        """Korean for `ko`, `ko-KR` and the like; else English."""
        return self.ko if lang[:2] == "ko" else self.en


@dataclass(frozen=True, slots=True)
class Reference:
    """One article, or a part of one. `article` is "" where the whole act or a ruling is meant.

    Of a code, `section` is the section and `parts` its subdivisions, such as `(a)(1)`; the rest is "" then.
    """

    source: str
    article: str = ""
    branch: str = ""
    paragraph: str = ""
    item: str = ""
    proviso: bool = False
    section: str = ""
    parts: str = ""

    def covers(self, other: "Reference") -> bool:
        """True where `other` lies within this one: `13` covers `13(4)`, and not the other way round."""
        if self.source != other.source:
            return False
        if self.section:
            return self.section == other.section and other.parts.startswith(self.parts)
        if not self.article:
            return True
        if (self.article, self.branch) != (other.article, other.branch):
            return False
        return not self.paragraph or self.paragraph == other.paragraph

    def __str__(self) -> str:
        if self.section:
            return f"{self.source} §{self.section}{self.parts}"
        if not self.article:
            return self.source
        branch = f"-{self.branch}" if self.branch else ""
        paragraph = f"({self.paragraph})" if self.paragraph else ""
        item = f".{self.item}" if self.item else ""
        return f"{self.source} {self.article}{branch}{paragraph}{item}{' proviso' if self.proviso else ''}"

    def _korean(self, name: str) -> str:
        if self.section:
            return f"{name} 제{self.section}조{self.parts}"
        if not self.article:
            return name
        branch = f"의{self.branch}" if self.branch else ""
        paragraph = f"제{self.paragraph}항" if self.paragraph else ""
        item = f"제{self.item}호" if self.item else ""
        return f"{name} 제{self.article}조{branch}{paragraph}{item}{' 단서' if self.proviso else ''}"

    def _english(self, name: str) -> str:
        if self.section:
            return f"{name} § {self.section}{self.parts}"
        if not self.article:
            return name
        branch = f"-{self.branch}" if self.branch else ""
        paragraph = f"({self.paragraph})" if self.paragraph else ""
        item = f", item {self.item}" if self.item else ""
        return f"{name}, Art. {self.article}{branch}{paragraph}{item}{', proviso' if self.proviso else ''}"


@dataclass(frozen=True, slots=True)
class Citation:
    """What a rule rests on: one reference or more, and the same in words."""

    references: tuple[Reference, ...]
    label: Label

    def text(self, lang: str) -> str:
        return self.label.text(lang)

    def __str__(self) -> str:
        return "; ".join(str(reference) for reference in self.references)


def parse_citation(text: str, sources: Mapping[str, Label]) -> Citation:
    """Read a pack's citation; raise ValueError saying what is wrong (the caller knows where it stands)."""
    references: list[Reference] = []
    for part in text.split(";"):
        section = _SECTION.match(part.strip())
        if section and section["source"] in sources:
            references.append(
                Reference(section["source"], section=section["section"], parts=section["parts"])
            )
            continue
        found = section or _FORM.match(part.strip())
        if not found:
            raise ValueError(f"{part.strip()!r} is not a citation such as 'pcsa 13(4)'")
        if found["source"] not in sources:
            raise ValueError(f"{found['source']!r} is not a [[source]] of this pack")
        references.append(
            Reference(
                found["source"],
                found["article"] or "",
                found["branch"] or "",
                found["paragraph"] or "",
                found["item"] or "",
                bool(found["proviso"]),
            )
        )
    return cite(tuple(references), sources)


def cite(references: tuple[Reference, ...], sources: Mapping[str, Label]) -> Citation:
    """Put references into words, with the names of their sources."""
    return Citation(
        references,
        Label(
            ko=", ".join(r._korean(sources[r.source].ko) for r in references),
            en="; ".join(r._english(sources[r.source].en) for r in references),
        ),
    )


def read_cited(text: str, sources: Mapping[str, Label]) -> tuple[Reference, ...]:
    """The references that a document quotes, as people write them; () where none can be read.

    Understands the pack's own form, `통신비밀보호법 제13조제4항` (with or without blanks and 「」) and
    `Criminal Procedure Act, Art. 215(2)`. A part without an act's name takes the one before it.
    """
    names = sorted(
        ((name, slug) for slug, label in sources.items() for name in (label.ko, label.en, slug)),
        key=lambda pair: -len(pair[0]),
    )
    references: list[Reference] = []
    source = ""
    for part in re.split(r"[;\n]|,(?!\s*Art)", text):
        rest = part.strip().strip("「」『』\"'")
        for name, slug in names:
            if rest.casefold().startswith(name.casefold()):
                source, rest = slug, rest[len(name) :]
                break
        rest = rest.lstrip("「」『』\"', ")
        found = _KOREAN.match(rest) or _ENGLISH.match(rest)
        if source and found:
            groups = found.groupdict()
            references.append(
                Reference(
                    source,
                    groups["article"],
                    groups["branch"] or "",
                    groups["paragraph"] or "",
                    groups.get("item") or "",
                )
            )
    return tuple(references)
