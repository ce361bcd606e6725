"""What a request is: the values that an authority files and a provider keeps."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sagwan.record.errors import InvalidValue
from sagwan.record.vocabulary import SLUG, DataCategory

TARGET_KINDS = frozenset(
    {"account", "e-mail", "phone", "ip-address", "device", "room", "url", "name", "other"}
)
MAX_TARGETS = 100_000
MAX_TEXT = 100_000
MAX_ACCOUNTS = 10**12
MAX_OFFICIALS = 100
MAX_PAPER_ITEMS = 100
MAX_PAPER_TEXT = 5_000
MAX_DOCUMENTS = 20
MAX_DOCUMENT_BYTES = 20_000_000
SAID = "said-"
"""Slugs of document items that begin so hold what an old ledger says of a request's past, not what the law
wants on its document: `said-received-on`, `said-decided-by`."""

_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_JURISDICTION = re.compile(r"[A-Z]{2}\Z")
# C0 and C1 controls but the line feed, the two Unicode line separators, and halves of surrogate pairs.
_UNWANTED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def clean(text: str, what: str, *, longest: int = 500, required: bool = True, lines: bool = False) -> str:
    """Return `text` without surrounding blanks; raise InvalidValue where it cannot be kept as it is.

    A control character would be lost or would break a line where the value is shown or committed. With
    `lines`, line ends are kept (as LF, however they came); without, the text must be one line.
    """
    stripped = text.strip()
    if lines:
        stripped = stripped.replace("\r\n", "\n")
    if required and not stripped:
        raise InvalidValue(f"{what} is empty", hint=f"give the {what}")
    if len(stripped) > longest:
        raise InvalidValue(f"{what} has {len(stripped):,} characters; at most {longest:,} are kept")
    if _UNWANTED.search(stripped):
        raise InvalidValue(f"{what} holds a control character", hint="remove tabs and control characters")
    if not lines and "\n" in stripped:
        raise InvalidValue(f"{what} has more than one line", hint="write it on one line")
    return stripped


def check_slug(text: str, what: str) -> None:
    """Raise InvalidValue unless `text` is a slug; `-` alone stands for none and names nothing."""
    if not SLUG.match(text) or text == "-":
        raise InvalidValue(f"{what} {text!r} is not a slug", hint="lower-case letters, digits, -")


def check_count(number: int, what: str) -> None:
    """Raise InvalidValue unless `number` is a whole number that an opening line can hold."""
    if type(number) is not int:
        raise InvalidValue(f"{what} is {number!r}", hint="write a whole number")
    if not 0 <= number <= MAX_ACCOUNTS:
        raise InvalidValue(f"{what} is {number:,}", hint=f"a count is 0 or more, at most {MAX_ACCOUNTS:,}")


def check_words(words: Sequence[str], kind: type[StrEnum], what: str) -> None:
    """Raise InvalidValue unless the words are of this vocabulary, alphabetical, each once."""
    for word in words:
        if not isinstance(word, kind):
            raise InvalidValue(f"{what}: {word!r} is not known", hint=f"one of {', '.join(sorted(kind))}")
    if list(words) != sorted(set(words)):
        raise InvalidValue(f"{what} are not in alphabetical order, each once")


@dataclass(frozen=True, slots=True)
class Target:
    """One account, ID, number or room that a request names (대상); private."""

    kind: str
    value: str

    def __post_init__(self) -> None:
        if self.kind not in TARGET_KINDS:
            raise InvalidValue(
                f"{self.kind!r} is not a kind of target", hint=f"one of {', '.join(sorted(TARGET_KINDS))}"
            )
        value = self.value
        if not value or len(value) > 500 or not value.isprintable() or value != value.strip():
            if clean(value, "target", longest=500) != value:
                raise InvalidValue(f"target {value!r} has blanks around it")
            raise InvalidValue(f"target {self.value!r} holds a character that cannot be kept")


@dataclass(frozen=True, slots=True)
class Document:
    """A file that came with a request: its name, the SHA-256 (hex) of its bytes, and how many they are."""

    name: str
    digest: str
    size: int

    def __post_init__(self) -> None:
        if clean(self.name, "document's name", longest=200) != self.name:
            raise InvalidValue(f"the document's name {self.name!r} has blanks around it")
        if not _DIGEST.match(self.digest):
            raise InvalidValue(f"{self.digest!r} is not a SHA-256 in hex")
        check_count(self.size, "document's size")
        if self.size > MAX_DOCUMENT_BYTES:
            raise InvalidValue(
                f"{self.name} has {self.size:,} bytes", hint=f"at most {MAX_DOCUMENT_BYTES:,} are kept"
            )


@dataclass(frozen=True, slots=True)
class Filing:
    """One demand as it came in, under one instrument.

    Public: `service`, `jurisdiction` (ISO 3166-1 alpha-2 or EU), `instrument`, `data`, `accounts`
    (how many accounts' data is asked for), `emergency`, `channel`. Private: the rest. `paper` is what
    stands on the document, by the slugs that the law pack names (`issuer`, `creation-period`, …).
    """

    service: str
    jurisdiction: str
    instrument: str
    data: tuple[DataCategory, ...]
    accounts: int
    authority: str
    case_number: str
    officials: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    paper: Mapping[str, str] = field(default_factory=dict)
    documents: tuple[Document, ...] = ()
    text: str = ""
    emergency: bool = False
    channel: str = "staff"

    def __post_init__(self) -> None:
        for what in ("service", "instrument", "channel"):
            check_slug(getattr(self, what), what)
        if not _JURISDICTION.match(self.jurisdiction):
            raise InvalidValue(f"jurisdiction {self.jurisdiction!r} is not two capitals", hint="such as KR")
        if not self.data:
            raise InvalidValue("no data category is asked for", hint="name at least one data category")
        check_words(self.data, DataCategory, "data categories")
        check_count(self.accounts, "accounts")
        if len(self.targets) > MAX_TARGETS:
            raise InvalidValue(f"{len(self.targets):,} targets; at most {MAX_TARGETS:,} fit one request")
        if len(set(self.targets)) != len(self.targets):
            raise InvalidValue("a target is named twice", hint="name each target once")
        for what in ("authority", "case_number"):
            if getattr(self, what) != clean(getattr(self, what), what.replace("_", " ")):
                raise InvalidValue(f"{what.replace('_', ' ')} has blanks around it")
        self._check_private()

    def _check_private(self) -> None:
        if len(self.officials) > MAX_OFFICIALS:
            raise InvalidValue(f"{len(self.officials):,} officials; at most {MAX_OFFICIALS} fit one request")
        for official in self.officials:
            clean(official, "official")
        if len(self.paper) > MAX_PAPER_ITEMS:
            raise InvalidValue(f"{len(self.paper):,} document items; at most {MAX_PAPER_ITEMS} are kept")
        for slug, value in self.paper.items():
            check_slug(slug, "document item")
            clean(value, f"document item {slug}", longest=MAX_PAPER_TEXT, required=False, lines=True)
        if len(self.documents) > MAX_DOCUMENTS:
            raise InvalidValue(f"{len(self.documents)} documents; at most {MAX_DOCUMENTS} fit one request")
        if len({document.digest for document in self.documents}) != len(self.documents):
            raise InvalidValue("a document is attached twice", hint="attach each file once")
        clean(self.text, "text", longest=MAX_TEXT, required=False, lines=True)
