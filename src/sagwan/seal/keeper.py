"""The keeper: what survives the loss of the database, in a folder that belongs on other storage.

batches/00000001.batch    one batch's events, lines and places, encrypted under the master key
batches/00000001.keys     the wrapped keys of those events, apart, so that one can be destroyed
checkpoints/000000000123  every checkpoint, cosigned, by tree size
destroyed/<number>.ledger when a key was destroyed, so that no older backup brings it back
head                      the last checkpoint that was signed, swapped only against the one before
"""

import fcntl
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sagwan.seal.errors import Ahead, SealError
from sagwan.seal.files import read_if_there, write_whole
from sagwan.seal.ports import Kept

_NONCE = 12


class Keeper:
    """The keeper's folder. `cipher` is AES-256-GCM under a key derived from the master key; `random` gives
    that many random bytes."""

    def __init__(self, folder: Path, cipher: AESGCM, random: Callable[[int], bytes]) -> None:
        self._folder = folder
        self._cipher = cipher
        self._random = random

    def batch_numbers(self) -> list[int]:
        """The numbers of the batches that are wholly there, ascending."""
        folder = self._folder / "batches"
        return sorted(int(file.stem) for file in folder.glob("*.batch")) if folder.is_dir() else []

    def put_batch(self, number: int, commitments: Sequence[bytes], kept: Kept) -> None:
        """Keep a batch, synced. One that is there already must have the same entries, and stays as it is."""
        entries = sha256(b"".join(commitments)).digest()
        if self._path(number, "batch").exists():
            if self._batch(number)[:32] != entries:
                raise SealError(
                    f"the keeper holds another batch {number} than the database",
                    hint="this database is not the one that sealed it: run sagwan recover",
                )
            return
        write_whole(self._path(number, "keys"), self._encrypt(f"keys {number}", kept.keys))
        write_whole(self._path(number, "batch"), self._encrypt(f"batch {number}", entries + kept.body))

    def batch(self, number: int) -> Kept:
        """A batch as it was kept; raise SealError where it is missing or was changed."""
        keys = self._read(number, "keys")
        return Kept(self._batch(number)[32:], self._decrypt(f"keys {number}", keys))

    def _batch(self, number: int) -> bytes:
        return self._decrypt(f"batch {number}", self._read(number, "batch"))

    def _read(self, number: int, kind: str) -> bytes:
        data = read_if_there(self._path(number, kind))
        if data is None:
            raise SealError(
                f"{self._path(number, kind)} is missing", hint="restore the keeper's folder from its backup"
            )
        return data

    def replace_keys(self, number: int, keys: bytes) -> None:
        """Put other wrapped keys beside a batch: those of a destroyed key left out."""
        write_whole(self._path(number, "keys"), self._encrypt(f"keys {number}", keys))

    def note_destroyed(self, name: str, at: str) -> None:
        """Remember that the key `<number>.<class>` was destroyed at an instant; again does no harm."""
        write_whole(self._folder / "destroyed" / name, f"{at}\n".encode())

    def destroyed(self) -> dict[str, str]:
        """Name → instant of every key that was destroyed."""
        folder = self._folder / "destroyed"
        files = sorted(folder.iterdir()) if folder.is_dir() else []
        return {file.name: file.read_text("ascii").strip() for file in files if file.suffix != ".part"}

    def head(self) -> bytes | None:
        """The last checkpoint that was signed; None for a new log."""
        return read_if_there(self._folder / "head")

    def swap_head(self, old: bytes | None, new: bytes) -> None:
        """Replace the head, but only where it is still `old`; raise Ahead where another sealer was faster."""
        with self._locked():
            if self.head() != old:
                raise Ahead(
                    "the keeper's head was changed by another sealer", hint="let only one machine seal a log"
                )
            write_whole(self._folder / "head", new)

    def put_checkpoint(self, size: int, note: bytes) -> None:
        write_whole(self._folder / "checkpoints" / f"{size:012d}", note)

    def checkpoint(self, size: int) -> bytes | None:
        """The checkpoint of a tree size; None where none was kept."""
        return read_if_there(self._folder / "checkpoints" / f"{size:012d}")

    def checkpoint_sizes(self) -> list[int]:
        """The tree sizes whose checkpoints are kept, ascending."""
        folder = self._folder / "checkpoints"
        names = [file.name for file in folder.iterdir()] if folder.is_dir() else []
        return sorted(int(name) for name in names if name.isdecimal())

    def checkpoints(self) -> Iterator[bytes]:
        """Every checkpoint, by ascending tree size."""
        for size in self.checkpoint_sizes():
            yield (self._folder / "checkpoints" / f"{size:012d}").read_bytes()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _path(self, number: int, kind: str) -> Path:
        return self._folder / "batches" / f"{number:08d}.{kind}"

    def _encrypt(self, context: str, plain: bytes) -> bytes:
        nonce = self._random(_NONCE)
        return nonce + self._cipher.encrypt(nonce, zlib.compress(plain, 1), context.encode())

    def _decrypt(self, context: str, sealed: bytes) -> bytes:
        try:
            return zlib.decompress(self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], context.encode()))
        except (InvalidTag, ValueError, zlib.error):
            raise SealError(
                f"the keeper's {context} cannot be decrypted",
                hint="the master key is another one, or the file was changed",
            ) from None
