"""What a reader remembers of a log between visits: so that a second visit needs nobody's word for the key.

One small JSON file a log, below `$XDG_STATE_HOME/sagwan/verify` (default `~/.local/state`). It is written
only after a visit at which everything held, so that a wrong folder cannot replace what a right one said.
"""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sagwan.record.errors import SagwanError


@dataclass(frozen=True, slots=True)
class Remembered:
    """`key` is the log's verifier key, `size` and `root` (hex) the largest tree seen of it, `manifests` the
    SHA-256 of each half-year's manifest, by half-year."""

    key: str
    size: int
    root: str
    manifests: Mapping[str, str]


class Memory:
    """The remembered logs below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def default(cls) -> "Memory":
        """Where the XDG base directory specification puts a program's state."""
        state = os.environ.get("XDG_STATE_HOME", "")
        base = Path(state) if state.startswith("/") else Path.home() / ".local" / "state"
        return cls(base / "sagwan" / "verify")

    def recall(self, origin: str) -> Remembered | None:
        """What is remembered of a log, None on a first visit; raise SagwanError where the file is damaged."""
        path = self.path(origin)
        try:
            document = json.loads(path.read_text("utf-8"))
            if document["origin"] != origin:
                raise ValueError(f"it is of {document['origin']!r}")
            manifests = {str(period): str(digest) for period, digest in document["manifests"].items()}
            return Remembered(str(document["key"]), int(document["size"]), str(document["root"]), manifests)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise SagwanError(
                f"what is remembered of {origin} cannot be read: {path}: {error}",
                hint="look into that file; if you remove it, the next visit counts as the first",
            ) from None

    def keep(self, origin: str, remembered: Remembered) -> None:
        """Remember, replacing the file at one stroke."""
        path = self.path(origin)
        document = {
            "origin": origin,
            "key": remembered.key,
            "size": remembered.size,
            "root": remembered.root,
            "manifests": dict(sorted(remembered.manifests.items())),
        }
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
                json.dump(document, file, ensure_ascii=False, indent=1)
            Path(file.name).replace(path)
        except OSError as error:
            raise SagwanError(
                f"cannot remember this visit: {error}", hint="go without memory, or set XDG_STATE_HOME"
            ) from None

    def path(self, origin: str) -> Path:
        """The file of one log: readable, and no two logs the same."""
        slug = re.sub(r"[^A-Za-z0-9.-]+", "-", origin)[:60]
        return self.folder / f"{slug}-{hashlib.sha256(origin.encode()).hexdigest()[:16]}.json"
