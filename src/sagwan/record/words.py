"""Free text and files of an event, checked and put where they are encrypted."""

from datetime import date

from sagwan.record.disposition import Disposition
from sagwan.record.errors import InvalidValue
from sagwan.record.private import Matter
from sagwan.record.request import MAX_DOCUMENTS, MAX_TEXT, Document, Target, clean


def matter(
    targets: tuple[Target, ...] = (),
    text: str = "",
    documents: tuple[Document, ...] = (),
    dispositions: tuple[Disposition, ...] = (),
    period: tuple[date, date] | None = None,
) -> Matter | None:
    """The private matter, or None where there is none to keep."""
    made = Matter(targets, text, documents, dispositions, period)
    return None if made == Matter() else made


def written(text: str, what: str, *, required: bool = True) -> Matter | None:
    """Text that a person wrote, lines kept; raise InvalidValue where it cannot be kept or is missing."""
    return matter(text=clean(text, what, longest=MAX_TEXT, required=required, lines=True))


def message(text: str, documents: tuple[Document, ...]) -> Matter | None:
    """A message: its text, and files; one of them must be there."""
    if len(documents) > MAX_DOCUMENTS:
        raise InvalidValue(f"{len(documents)} documents; at most {MAX_DOCUMENTS} fit one message")
    if len({document.digest for document in documents}) != len(documents):
        raise InvalidValue("a document is attached twice", hint="attach each file once")
    said = clean(text, "message", longest=MAX_TEXT, required=not documents, lines=True)
    return matter(text=said, documents=documents)
