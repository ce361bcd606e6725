"""The formats that are known, in the order in which a file is held against them."""

from collections.abc import Callable
from dataclasses import dataclass

from sagwan.compare.claim import SourceKind
from sagwan.compare.importers import (
    apple,
    dsa,
    github,
    google,
    google_security,
    kakao,
    korea_sheet,
    korea_table,
    meta,
    microsoft,
    ministry,
    naver,
)
from sagwan.compare.importers.maker import Maker
from sagwan.compare.importers.table import Row, Spec, Table, key
from sagwan.compare.importers.understood import Document


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, whose files it is of, and what it is, in words for an error."""

    name: str
    publisher: str
    words: str
    knows: Callable[[Document], bool]
    read: Callable[[Document, Maker], None]
    kind: SourceKind | None = None
    """What kind of source it is where that does not depend on who gave the file."""
    specs: tuple[Spec, ...] = ()
    """The headers it is known by."""
    lacks: Callable[[Document], str] | None = None
    """What a document that nearly is of the format lacks, where its header alone does not tell."""


FORMATS = (
    Format(
        "google",
        google.PUBLISHER,
        "Google's requests, enterprise and diplomatic ones too",
        google.knows,
        google.read,
        specs=google.SPECS,
    ),
    Format(
        "google-security",
        google.PUBLISHER,
        "Google's US national-security bands and released letters",
        google_security.knows,
        google_security.read,
        specs=google_security.SPECS,
    ),
    Format("meta", meta.PUBLISHER, "Meta's half-yearly table", meta.knows, meta.read, specs=meta.SPECS),
    Format("apple", apple.PUBLISHER, "Apple's tables", apple.knows, apple.read, specs=apple.SPECS),
    Format(
        "microsoft",
        microsoft.PUBLISHER,
        "Microsoft's workbooks",
        microsoft.knows,
        microsoft.read,
        lacks=microsoft.resembles,
    ),
    Format("github", github.PUBLISHER, "GitHub's tables", github.knows, github.read, specs=github.SPECS),
    Format("dsa", dsa.PUBLISHER, "the EU DSA's member states orders", dsa.knows, dsa.read, specs=dsa.SPECS),
    Format("kakao", kakao.PUBLISHER, "Kakao's JSON", kakao.knows, kakao.read, lacks=kakao.resembles),
    Format("naver", naver.PUBLISHER, "Naver's JSON", naver.knows, naver.read, lacks=naver.resembles),
    Format(
        "korea-table",
        korea_table.PUBLISHER,
        "a table of Kakao's and Naver's figures",
        korea_table.knows,
        korea_table.read,
        SourceKind.COMPANY_REPORT_COPY,
        specs=korea_table.SPECS,
    ),
    Format(
        "korea-sheet",
        korea_sheet.PUBLISHER,
        "Kakao's and Naver's sheets",
        korea_sheet.knows,
        korea_sheet.read,
    ),
    Format(
        "ministry",
        ministry.PUBLISHER,
        "Korea's ministry as a CSV",
        ministry.knows,
        ministry.read,
        SourceKind.MINISTRY,
        specs=ministry.SPECS,
    ),
)

_SEARCHED = 40
_TELLING = len("count_disclosed")
"""A head as long as this is nobody else's."""

OTHERS = {
    "claims": "our own table of claims",
    "sagwan": "a folder published by Sagwan",
}


def recognise(document: Document) -> Format | None:
    return next((one for one in FORMATS if one.knows(document)), None)


def resembles(document: Document) -> str:
    """What a file of no known format most looks like, and what it lacks; nothing where it is like none."""
    found = [(0.0, "")]
    for one in FORMATS:
        if one.lacks and (missing := one.lacks(document)):
            found.append((1.0, f"it looks like {one.words}, but {missing}"))
        for table in document.tables:
            for row in table.rows[:_SEARCHED]:
                found += (_near(one, own, table, row) for own in one.specs)
    return max(found, key=lambda each: each[0])[1]


def _near(one: Format, own: Spec, table: Table, row: Row) -> tuple[float, str]:
    """How near a row is to a header, from 0 to 1, and what it lacks."""
    lacks = own.lacks(row)
    there = own.needs - {key(label) for label in lacks}
    telling = any(len(name) >= _TELLING for name in there)
    if not there or not (telling or len(there) > 1) or len(there) < len(lacks):
        return 0.0, ""
    names = ", ".join(repr(label) for label in lacks)
    where = f"sheet {table.sheet}, row {row.number}" if table.sheet else f"row {row.number}"
    what = f"has no {names}" if lacks else "its name, or another of its columns, does not fit"
    return len(there) / len(
        own.needs
    ), f"{where} looks like the header of {one.words} ({own.name}), but {what}"


def all_words() -> str:
    """The known formats, for a person."""
    return "; ".join((*(one.words for one in FORMATS), *OTHERS.values()))
