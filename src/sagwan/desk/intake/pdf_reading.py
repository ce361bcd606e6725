"""Look into a PDF with pypdf. Runs only in the child process that `pdf.inspect` starts and bounds."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from sagwan.desk.intake.pdf_report import Reason, Structure

MAX_OBJECTS = 300_000
MAX_FILES = 50
_SCRIPT_KEYS = {"/JS", "/JavaScript"}
_LAUNCHES = {"/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition"}


class Unreadable(Exception):
    """The PDF cannot be read, for one of the closed list of reasons."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def opened(data: bytes) -> PdfReader:
    """A reader over the bytes; raise Unreadable. An owner's password alone hides nothing."""
    if b"%PDF-" not in data[:1024]:
        raise Unreadable(Reason.NOT_A_PDF)
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable(Reason.ENCRYPTED)
    return reader


def structure(reader: PdfReader, max_pages: int) -> Structure:
    """Pages, scripts, actions and embedded files; raise Unreadable past `max_pages`."""
    pages = _count_pages(reader, max_pages)
    scripts = launches = False
    names: list[str] = []
    for node in _dictionaries(reader):
        keys = node.keys()
        action = node.get("/S")
        scripts = scripts or bool(_SCRIPT_KEYS & keys) or action == "/JavaScript"
        launches = launches or (isinstance(action, str) and action in _LAUNCHES)
        if "/EF" in keys and len(names) < MAX_FILES:
            names.append(_file_name(node))
    return Structure(pages, scripts, launches, tuple(sorted(set(names))))


def _count_pages(reader: PdfReader, most: int) -> int:
    """Count the leaves of the page tree by walking it, since what /Count says may be anything."""
    root = reader.root_object.get("/Pages")
    waiting, seen, pages = [root], set(), 0
    while waiting:
        node = waiting.pop()
        if isinstance(node, IndirectObject):
            if (node.idnum, node.generation) in seen:
                continue
            seen.add((node.idnum, node.generation))
            node = node.get_object()
        if not isinstance(node, DictionaryObject):
            continue
        kids = _resolved(node.get("/Kids"))
        if isinstance(kids, ArrayObject):
            waiting += list(kids)[: most + 1 + len(seen)]
        else:
            pages += 1
        if pages > most or len(seen) > 4 * most + 100:
            raise Unreadable(Reason.TOO_MANY_PAGES)
    if not pages:
        raise Unreadable(Reason.BROKEN)
    return pages


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary that can be reached from the trailer, each once, at most MAX_OBJECTS of all things."""
    waiting: list[Any] = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    for _ in range(MAX_OBJECTS):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, IndirectObject):
            if (node.idnum, node.generation) in seen:
                continue
            seen.add((node.idnum, node.generation))
            try:
                node = node.get_object()
            except Exception as error:  # one broken object hides nothing of the others
                why(error)
                continue
        if isinstance(node, DictionaryObject):
            yield node
            waiting += [node.raw_get(key) for key in node]
        elif isinstance(node, ArrayObject):
            waiting += list(node)
    raise Unreadable(Reason.TOO_MUCH_MEMORY)


def _file_name(node: DictionaryObject) -> str:
    name = _resolved(node.get("/UF")) or _resolved(node.get("/F")) or ""
    shown = "".join(c for c in str(name) if c.isprintable()).strip()
    return shown[:100] or "?"


def texts(reader: PdfReader, pages: int) -> Iterator[str | Reason]:
    """The text of each page, in order, or why that page cannot be read."""
    for number, page in enumerate(reader.pages):
        if number >= pages:
            return
        try:
            text = page.extract_text() or ""
            if not text and (contents := page.get_contents()) is not None:
                contents.get_data()  # no text at all: is there none, or could its stream not be unpacked?
            yield text
        except Exception as error:  # whatever the bytes make pypdf stumble over
            yield why(error)


def why(error: Exception) -> Reason:
    """The reason that an exception stands for; MemoryError is passed on, since nothing more can be done."""
    if isinstance(error, MemoryError):
        raise error
    if isinstance(error, Unreadable):
        return error.reason
    return Reason.TOO_MUCH_MEMORY if isinstance(error, LimitReachedError) else Reason.BROKEN
