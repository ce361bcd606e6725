"""Encrypting a package to those whom it is for, and what is told of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sagwan.desk.vault import age
from sagwan.desk.vault.productions.package import Entry, write_zip
from sagwan.record.errors import InvalidValue

DAYS = 30
LONGEST_DAYS = 365


@dataclass(frozen=True, slots=True)
class Released:
    """A production that went out. `passphrase` is told here and never again, '' where it is to a key; tell it
    to the official another way than the package."""

    number: str
    stage: int
    manifest: str
    size: int
    expires_at: datetime
    passphrase: str = ""

    @property
    def terms(self) -> dict[str, object]:
        """What is recorded of how it went out."""
        return {"expires": self.expires_at.isoformat(), "to": "passphrase" if self.passphrase else "key"}


@dataclass(frozen=True, slots=True)
class Locking:
    """To whom a package is encrypted: to public keys, or, with none, to a fresh passphrase."""

    recipients: tuple[str, ...] = ()

    def lock(self, clear: Path, sealed: Path) -> str:
        """Encrypt the package; return the passphrase, or ''."""
        if self.recipients:
            age.encrypt_to(age.read_recipients(self.recipients), clear, sealed)
            return ""
        passphrase = age.new_passphrase()
        age.encrypt_with(passphrase, clear, sealed)
        return passphrase


def check_days(days: int) -> None:
    if not 1 <= days <= LONGEST_DAYS:
        raise InvalidValue(f"a production that ends after {days} days", hint=f"1 to {LONGEST_DAYS}")


def seal_package(
    work: Path,
    text: bytes,
    files: Iterable[tuple[Entry, Callable[[age.Writer], object]]],
    locking: Locking,
    step: Callable[[str], None] = lambda name: None,
) -> tuple[Path, str]:
    """Zip manifest and files in a work folder and encrypt the zip: (its file, the passphrase or '')."""
    clear, sealed = work / "package.zip", work / "package.age"
    write_zip(clear, text, files)
    step("packaged")
    passphrase = locking.lock(clear, sealed)
    step("encrypted")
    return sealed, passphrase
