"""The opening: one line of text, fifteen fields, whose SHA-256 is the commitment in the log.

What is published is the very bytes that were hashed, so a verifier needs no canonical form: anyone can
check one with `printf '%s' "$line" | sha256sum`. docs/reference/opening-line.md tells each field.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import NoReturn

from sagwan.formats.errors import FormatError
from sagwan.record.period import Period
from sagwan.record.vocabulary import DataCategory, LineKind, Mark, Outcome

FORMAT = "sagwan/1"
NONE = "-"

_INTEGER = r"(?:0|[1-9][0-9]{0,17})"
_SLUG = r"[a-z0-9-]+"
_FIELDS = (
    ("format", re.escape(FORMAT)),
    ("salt", r"[0-9a-f]{32}"),
    ("kind", "|".join(LineKind)),
    ("request", r"[0-9a-f]{16}"),
    ("period", r"[0-9]{4}H[12]"),
    ("service", _SLUG),
    ("jurisdiction", r"[A-Z]{2}|-"),
    ("instrument", _SLUG),
    ("outcome", "|".join(Outcome) + "|-"),
    ("reason", _SLUG),
    ("data", r"-|(?:[a-z-]+)(?:,[a-z-]+)*"),
    ("accounts", _INTEGER),
    ("marks", r"-|(?:[a-z-]+)(?:,[a-z-]+)*"),
    ("private", r"[0-9a-f]{64}"),
    ("supersedes", rf"-|{_INTEGER}"),
)
FIELD_NAMES = tuple(name for name, _ in _FIELDS)
_LINE = re.compile("\t".join(f"({pattern})" for _, pattern in _FIELDS) + r"\Z")
_NO_DISCLOSURE = frozenset({"refused", "no-data", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Opening:
    """One opening line, field by field, as design.md numbers them.

    `data` and `marks` are alphabetical tuples, empty for `-`; `supersedes` is a log index or None; the
    other absent fields are `-` as in the line.
    """

    salt: str
    kind: LineKind
    request: str
    period: str
    service: str
    jurisdiction: str
    instrument: str
    outcome: str
    reason: str
    data: tuple[str, ...]
    accounts: int
    marks: tuple[str, ...]
    private: str
    supersedes: int | None = None

    def line(self) -> bytes:
        """The bytes that are committed to, without a final LF."""
        fields = (
            FORMAT,
            self.salt,
            self.kind,
            self.request,
            self.period,
            self.service,
            self.jurisdiction,
            self.instrument,
            self.outcome,
            self.reason,
            ",".join(self.data) or NONE,
            str(self.accounts),
            ",".join(self.marks) or NONE,
            self.private,
            NONE if self.supersedes is None else str(self.supersedes),
        )
        return "\t".join(fields).encode("ascii")

    @property
    def row(self) -> tuple[str, str, str]:
        """The report's row that the line counts in: service, jurisdiction, instrument."""
        return self.service, self.jurisdiction, self.instrument

    @property
    def reported(self) -> Period:
        """The half-year whose report a `report` line binds (its instrument field, in lower case)."""
        return Period.parse(self.instrument.upper())


def commitment(line: bytes) -> bytes:
    """The 32 bytes that stand in the log for a line: its SHA-256."""
    return hashlib.sha256(line).digest()


def parse(line: bytes) -> Opening:
    """Read a line (without LF), or raise FormatError naming the first field that breaks the grammar.

    Whatever `parse` accepts, `Opening.line` gives back byte for byte.
    """
    try:
        text = line.decode("ascii")
    except UnicodeDecodeError as error:
        raise FormatError(f"byte {error.start} is not ASCII") from None
    found = _LINE.match(text)
    if not found:
        _explain(text)
    values = found.groups()
    opening = Opening(
        salt=values[1],
        kind=LineKind(values[2]),
        request=values[3],
        period=values[4],
        service=values[5],
        jurisdiction=values[6],
        instrument=values[7],
        outcome=values[8],
        reason=values[9],
        data=_words("data", values[10], _CATEGORIES),
        accounts=int(values[11]),
        marks=_words("marks", values[12], _MARKS),
        private=values[13],
        supersedes=None if values[14] == NONE else int(values[14]),
    )
    check(opening)
    return opening


_CATEGORIES = frozenset(map(str, DataCategory))
_MARKS = frozenset(map(str, Mark))


def _words(field: str, text: str, known: frozenset[str]) -> tuple[str, ...]:
    if text == NONE:
        return ()
    words = tuple(text.split(","))
    for word in words:
        if word not in known:
            raise FormatError(f"field {field}: {word!r} is not one of {', '.join(sorted(known))}")
    if list(words) != sorted(set(words)):
        raise FormatError(f"field {field}: {text!r} is not alphabetical, each word once")
    return words


def _explain(text: str) -> NoReturn:
    values = text.split("\t")
    if len(values) != len(_FIELDS):
        raise FormatError(f"{len(values)} fields, not {len(_FIELDS)}")
    for (name, pattern), value in zip(_FIELDS, values, strict=True):
        if not re.fullmatch(pattern, value):
            raise FormatError(f"field {name}: {value!r} is not allowed there")
    raise FormatError("the line does not obey the grammar")


def check(opening: Opening) -> None:
    """Raise FormatError where fields contradict each other (which field needs which is design.md's table)."""
    if opening.kind is LineKind.COVER or opening.kind is LineKind.REPORT:
        _check_uncounted(opening)
        return
    for name in ("service", "jurisdiction", "instrument"):
        if getattr(opening, name) == NONE:
            raise FormatError(f"field {name}: '-' on a {opening.kind} line")
    if (opening.supersedes is not None) != (opening.kind is LineKind.CORRECTED):
        raise FormatError("field supersedes: an index stands on corrected lines and on no others")
    if opening.kind is LineKind.RESOLVED and opening.outcome == NONE:
        raise FormatError("field outcome: '-' on a resolved line")
    if opening.outcome == NONE or opening.kind in (LineKind.RECEIVED, LineKind.FOLLOW_UP):
        for name in ("outcome", "reason"):
            if getattr(opening, name) != NONE:
                raise FormatError(f"field {name}: {getattr(opening, name)!r} on a line without outcome")
    else:
        _check_outcome(opening)


def _check_outcome(opening: Opening) -> None:
    if (opening.reason == NONE) != (opening.outcome == Outcome.COMPLIED):
        raise FormatError(f"field reason: {opening.reason!r} with {opening.outcome}")
    if opening.outcome in _NO_DISCLOSURE:
        if opening.data:
            raise FormatError(f"field data: {','.join(opening.data)!r} with {opening.outcome}")
        if opening.accounts:
            raise FormatError(f"field accounts: {opening.accounts} with {opening.outcome}")
    elif not opening.data:
        raise FormatError(f"field data: '-' with {opening.outcome}")


def _check_uncounted(opening: Opening) -> None:
    for name in ("service", "jurisdiction", "outcome", "reason"):
        if getattr(opening, name) != NONE:
            raise FormatError(f"field {name}: {getattr(opening, name)!r} on a {opening.kind} line")
    if opening.data or opening.marks or opening.accounts or opening.supersedes is not None:
        raise FormatError(f"a {opening.kind} line counts nothing: data, accounts, marks, supersedes")
    if opening.kind is LineKind.COVER:
        if opening.instrument != NONE:
            raise FormatError(f"field instrument: {opening.instrument!r} on a cover line")
    elif opening.instrument.upper() == opening.instrument or not re.fullmatch(
        r"[0-9]{4}h[12]", opening.instrument
    ):
        raise FormatError(f"field instrument: {opening.instrument!r} is not the half-year reported")
