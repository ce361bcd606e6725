"""The `[intake]` table of a home's config: limits of documents, trusted signers, the malware scanner.

[intake]
max_document_bytes = 20000000
max_pages = 500
seconds = 20                       # of work on one PDF
memory_mib = 512                   # for it, beyond what the program itself takes
trust_roots = ["trust/gpki.pem"]   # PEM or DER files, relative to the home
clamd = "unix:/run/clamav/clamd.ctl"   # or tcp:host:port; without: no scan
clamd_required = false             # true: what could not be scanned is not taken in
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sagwan.desk.home import Home
from sagwan.desk.intake.errors import UnusableSettings
from sagwan.desk.intake.scan import Clamd, parse_clamd
from sagwan.record.request import MAX_DOCUMENT_BYTES

MAX_ROOT_BYTES = 1_000_000
_BOUNDS = {
    "max_document_bytes": (1_000, MAX_DOCUMENT_BYTES),
    "max_pages": (1, 5_000),
    "seconds": (1, 300),
    "memory_mib": (64, 8_192),
}
_FIELDS = {key: key.removeprefix("max_document_").removeprefix("max_") for key in _BOUNDS}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one PDF is read before it is refused; `text` in characters, others as named."""

    bytes: int = MAX_DOCUMENT_BYTES
    pages: int = 500
    seconds: int = 20
    memory_mib: int = 512
    text: int = 2_000_000


@dataclass(frozen=True, slots=True)
class IntakeSettings:
    """What a home says about what comes in. `trust_roots` are the contents of PEM or DER files."""

    limits: Limits = field(default_factory=Limits)
    trust_roots: tuple[bytes, ...] = ()
    clamd: Clamd | None = None
    clamd_required: bool = False


def home_settings(home: Home) -> IntakeSettings:
    """What a home's `[intake]` says; raise UnusableSettings naming the key that is wrong."""
    return intake_settings(home.intake or {}, home.path)


def intake_settings(table: Mapping[str, object], home: Path) -> IntakeSettings:
    """The settings of an `[intake]` table; raise UnusableSettings naming the key that is wrong."""
    known = {*_BOUNDS, "trust_roots", "clamd", "clamd_required"}
    for key in table:
        if key not in known:
            raise UnusableSettings(f"[intake]: {key!r} is not a setting", hint=", ".join(sorted(known)))
    numbers = {field: _number(table, key) for key, field in _FIELDS.items() if key in table}
    limits = replace(Limits(), **numbers)
    required = table.get("clamd_required", False)
    if not isinstance(required, bool):
        raise UnusableSettings("[intake]: clamd_required is neither true nor false")
    address = table.get("clamd", "")
    if not isinstance(address, str):
        raise UnusableSettings("[intake]: clamd is not a text", hint="such as unix:/run/clamav/clamd.ctl")
    if required and not address:
        raise UnusableSettings(
            "[intake]: clamd_required is true, but clamd is not set", hint="name its socket"
        )
    clamd = parse_clamd(address) if address else None
    return IntakeSettings(limits, _roots(table.get("trust_roots", []), home), clamd, required)


def _number(table: Mapping[str, object], key: str) -> int:
    value, (least, most) = table[key], _BOUNDS[key]
    if type(value) is not int or not least <= value <= most:
        raise UnusableSettings(f"[intake]: {key} is {value!r}", hint=f"a whole number from {least} to {most}")
    return value


def _roots(names: object, home: Path) -> tuple[bytes, ...]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise UnusableSettings("[intake]: trust_roots is not a list of files")
    found = []
    for name in names:
        file = home / name
        try:
            if file.stat().st_size > MAX_ROOT_BYTES:
                raise UnusableSettings(f"[intake]: trust_roots: {file} is too large for a certificate")
            found.append(file.read_bytes())
        except OSError as error:
            raise UnusableSettings(f"[intake]: trust_roots: {file}: {error.strerror}") from None
    return tuple(found)
