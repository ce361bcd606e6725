"""The keys of streams: made, wrapped, found and destroyed, many at a time."""

from collections.abc import Iterable
from datetime import datetime

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sagwan.desk.vault.bulk import insert_many
from sagwan.desk.vault.master import KeyMissing, MasterKey, seal, unseal
from sagwan.desk.vault.models import (
    BlindIndex,
    BlindingKey,
    Document,
    Production,
    ProductionFile,
    StreamKey,
)
from sagwan.record.private import RecordClass

CHUNK = 500  # how many names go into one SQL list; SQLite allows some 32,000


class KeyRing:
    """The ciphers of the streams at hand. `load` what exists, `save` what was made since."""

    def __init__(self, master: MasterKey) -> None:
        self._master = master
        self._ciphers: dict[tuple[str, str], AESGCM | None] = {}
        self._made: list[tuple[str, str, bytes]] = []

    def load(self, streams: Iterable[str]) -> None:
        """Read the keys of existing streams; a destroyed one is remembered as such."""
        names = list(streams)
        for start in range(0, len(names), CHUNK):
            found = StreamKey.objects.filter(stream__in=names[start : start + CHUNK])
            for stream, kind, wrapped in found.values_list("stream", "record_class", "wrapped"):
                self._ciphers[stream, kind] = (
                    None if wrapped is None else self.unwrap(stream, kind, bytes(wrapped))
                )

    def unwrap(self, stream: str, record_class: str, wrapped: bytes) -> AESGCM:
        """The cipher of a wrapped key; raise KeyMissing where it was changed or the master key is another."""
        return AESGCM(unseal(self._master.wrapping, wrapped, _context(stream, record_class)))

    def knows(self, stream: str, record_class: RecordClass) -> bool:
        """Was a key of that class loaded or made, be it destroyed by now?"""
        return (stream, str(record_class)) in self._ciphers

    def encrypt(self, stream: str, seq: int, record_class: RecordClass, text: str) -> bytes:
        """Encrypt one class of one event's private part, making the stream's key where there is none."""
        return self.seal(stream, record_class, text.encode(), _event_context(stream, seq, record_class))

    def decrypt(self, stream: str, seq: int, record_class: RecordClass, sealed: bytes) -> str | None:
        """The text of one private part; None where its key was destroyed."""
        plain = self.unseal(stream, record_class, sealed, _event_context(stream, seq, record_class))
        return None if plain is None else plain.decode()

    def seal(self, stream: str, record_class: RecordClass, plain: bytes, context: bytes) -> bytes:
        """Encrypt under the stream's key of a class, making it where there is none."""
        place = (stream, str(record_class))
        cipher = self._ciphers.get(place)
        if cipher is None:
            if place in self._ciphers:
                raise KeyMissing(f"the key of {stream} {record_class} was destroyed")
            secret = AESGCM.generate_key(256)
            cipher = self._ciphers[place] = AESGCM(secret)
            wrapped = seal(self._master.wrapping, secret, _context(*place))
            self._made.append((*place, wrapped))
        return seal(cipher, plain, context)

    def unseal(self, stream: str, record_class: RecordClass, sealed: bytes, context: bytes) -> bytes | None:
        """Open what `seal` made; None where the key was destroyed."""
        cipher = self._ciphers.get((stream, str(record_class)))
        return None if cipher is None else unseal(cipher, sealed, context)

    def save(self) -> None:
        insert_many(StreamKey, ("stream", "record_class", "wrapped"), self._made)
        self._made = []


def _context(stream: str, record_class: str) -> bytes:
    return f"key {stream} {record_class}".encode()


def _event_context(stream: str, seq: int, record_class: RecordClass) -> bytes:
    return f"event {stream} {seq} {record_class}".encode()


def destroy_key(*, stream: str, record_class: RecordClass, at: datetime) -> bool:
    """Destroy a stream's key of one class, with what only it could read; False if there was none.

    The caller writes the event; the journal's chain and the seals stay valid.
    """
    changed = StreamKey.objects.filter(
        stream=stream, record_class=record_class, destroyed_at__isnull=True
    ).update(wrapped=None, destroyed_at=at)
    BlindIndex.objects.filter(stream=stream, record_class=record_class).delete()
    if record_class is RecordClass.MATTER:
        Document.objects.filter(stream=stream).delete()
        BlindingKey.objects.filter(stream=stream).delete()
        ProductionFile.objects.filter(production__stream=stream).delete()
        # The files that the rows named are gone with the next sweep (productions/store.py).
        Production.objects.filter(stream=stream, stage__isnull=True).delete()
        Production.objects.filter(stream=stream).update(secret=b"", blob="", size=0)
    return bool(changed)
