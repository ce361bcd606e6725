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
    korea_table,
    meta,
    microsoft,
    ministry,
    naver,
)
from sagwan.compare.importers.maker import Maker
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


FORMATS = (
    Format(
        "google",
        google.PUBLISHER,
        "Google's requests, enterprise and diplomatic ones too",
        google.knows,
        google.read,
    ),
    Format(
        "google-security",
        google.PUBLISHER,
        "Google's US national-security bands and released letters",
        google_security.knows,
        google_security.read,
    ),
    Format("meta", meta.PUBLISHER, "Meta's half-yearly table", meta.knows, meta.read),
    Format("apple", apple.PUBLISHER, "Apple's tables", apple.knows, apple.read),
    Format("microsoft", microsoft.PUBLISHER, "Microsoft's workbooks", microsoft.knows, microsoft.read),
    Format("github", github.PUBLISHER, "GitHub's tables", github.knows, github.read),
    Format("dsa", dsa.PUBLISHER, "the EU DSA's member states orders", dsa.knows, dsa.read),
    Format("kakao", kakao.PUBLISHER, "Kakao's JSON", kakao.knows, kakao.read),
    Format("naver", naver.PUBLISHER, "Naver's JSON", naver.knows, naver.read),
    Format(
        "korea-table",
        korea_table.PUBLISHER,
        "a table of Kakao's and Naver's figures",
        korea_table.knows,
        korea_table.read,
        SourceKind.COMPANY_REPORT_COPY,
    ),
    Format(
        "ministry",
        ministry.PUBLISHER,
        "Korea's ministry as a CSV",
        ministry.knows,
        ministry.read,
        SourceKind.MINISTRY,
    ),
)

OTHERS = {
    "claims": "our own table of claims",
    "sagwan": "a folder published by Sagwan",
}


def recognise(document: Document) -> Format | None:
    return next((one for one in FORMATS if one.knows(document)), None)


def all_words() -> str:
    """The known formats, for a person."""
    return "; ".join((*(one.words for one in FORMATS), *OTHERS.values()))
