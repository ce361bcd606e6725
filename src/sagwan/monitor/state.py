"""What a monitor keeps of a log between visits: a folder with a JSON file and the notes themselves."""

import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sagwan.record.errors import SagwanError
from sagwan.seal.files import write_whole

_FILE = "state.json"
NOTE = "last.note"


class StateDamaged(SagwanError):
    """The file is there and cannot be read."""


@dataclass(slots=True)
class LogState:
    """`key`: verifier keys of the log, one a line. `size`, `root` (hex): the largest tree that held.

    `grew`: ISO instant at which that tree was dated, or first seen. `manifests`: SHA-256 of the manifest of
    each half-year that was seen. `standing`: alarms that last, by name, with their English and Korean text.
    """

    url: str
    origin: str = ""
    key: str = ""
    size: int = 0
    root: str = ""
    grew: str = ""
    first_seen: str = ""
    manifests: dict[str, str] = field(default_factory=dict)
    standing: dict[str, dict[str, str]] = field(default_factory=dict)


class LogFolder:
    """The folder of one log below the monitor's."""

    def __init__(self, root: Path, url: str) -> None:
        slug = re.sub(r"[^A-Za-z0-9.-]+", "-", url.partition("://")[2] or url).strip("-")[:60]
        self.path = root / f"{slug}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"
        self._url = url

    def load(self) -> LogState:
        """What is known; nothing on a first visit. Raise StateDamaged."""
        try:
            found = json.loads((self.path / _FILE).read_text("utf-8"))
            state = LogState(**found)
            if state.url != self._url or not isinstance(state.manifests, dict):
                raise ValueError(f"it is of {state.url}")
        except FileNotFoundError:
            return LogState(self._url)
        except (OSError, ValueError, TypeError) as error:
            raise StateDamaged(
                f"what is known of {self._url} cannot be read: {self.path / _FILE}: {error}",
                hint="put it back from a backup; without it the next visit counts as the first",
            ) from None
        return state

    def save(self, state: LogState, note: bytes | None) -> None:
        """Keep the state, and the note of the largest tree beside it, first."""
        self.path.mkdir(parents=True, exist_ok=True)
        if note is not None:
            write_whole(self.path / NOTE, note)
        text = json.dumps(asdict(state), ensure_ascii=False, indent=1, sort_keys=True)
        write_whole(self.path / _FILE, f"{text}\n".encode())

    @property
    def note(self) -> bytes:
        """The note of the largest tree that held; empty where there is none."""
        try:
            return (self.path / NOTE).read_bytes()
        except OSError:
            return b""

    def keep(self, name: str, data: bytes) -> None:
        """Keep a file of evidence, named by what it holds, so that nothing is written over."""
        if data:
            folder = self.path / "evidence"
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / f"{name}-{hashlib.sha256(data).hexdigest()[:16]}"
            if not file.exists():
                write_whole(file, data)

    @property
    def has_evidence(self) -> bool:
        """Does evidence lie here? Whoever has dealt with it moves the folder away."""
        return (self.path / "evidence").is_dir()

    def put(self, name: str, data: bytes) -> None:
        """Keep a published file as it was seen first."""
        self.path.mkdir(parents=True, exist_ok=True)
        if not (self.path / name).exists():
            write_whole(self.path / name, data)

    def get(self, name: str) -> bytes:
        """A published file as it was seen first; empty where it was not."""
        try:
            return (self.path / name).read_bytes()
        except OSError:
            return b""


def writable(root: Path) -> None:
    """Make the monitor's folder; raise SagwanError where it cannot be written."""
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SagwanError(f"{root} cannot be made: {error}", hint="name another --state folder") from None
    if not os.access(root, os.W_OK):
        raise SagwanError(f"{root} cannot be written", hint="name another --state folder")
