"""Alarms that stand: evidence that someone saw another history of the log, each in a file of the home.

While one stands nothing is signed. A person looks at it, and takes the file away when it is explained.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from sagwan.seal.errors import AnotherHistory
from sagwan.seal.files import write_whole


class Alarms:
    """The folder of a home where alarms stand."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def standing(self) -> list[Path]:
        """The files of the alarms that nobody has taken away yet, oldest first."""
        return sorted(self._folder.glob("*.alarm")) if self._folder.is_dir() else []

    def require_none(self) -> None:
        """Raise AnotherHistory where an alarm stands."""
        if files := self.standing():
            raise AnotherHistory(
                f"an alarm stands since an earlier run: {files[0]}", {}, hint=what_to_do(files[0])
            )

    def keep(self, now: datetime, what: str, evidence: Mapping[str, bytes]) -> Path:
        """Write an alarm down, synced: what happened, then each piece of evidence under its name."""
        parts = [f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\n{what}\n".encode()]
        parts += [f"\n== {name}, {len(data)} bytes\n".encode() + data for name, data in evidence.items()]
        text = b"".join(parts)
        file = self._folder / f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{sha256(text).hexdigest()[:8]}.alarm"
        write_whole(file, text, mode=0o600)
        return file


def what_to_do(file: Path) -> str:
    """What a person does about an alarm."""
    return (
        f"do not seal: compare both histories in {file} with the witness's operator (another machine that"
        " seals, a stolen key, an old backup?); once it is explained, move the file elsewhere to go on"
    )
