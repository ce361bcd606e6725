"""Documents at rest: encrypted under their request's key, so that they go when it is destroyed."""

import hashlib

from sagwan.desk.vault.keyring import KeyRing
from sagwan.desk.vault.master import KeyMissing
from sagwan.desk.vault.models import Document
from sagwan.record.errors import InvalidValue
from sagwan.record.private import RecordClass
from sagwan.record.request import Document as Described


def described(name: str, data: bytes) -> Described:
    """A file as a filing names it; raise InvalidValue where it is too large or its name cannot be kept."""
    return Described(name, hashlib.sha256(data).hexdigest(), len(data))


def keep(keys: KeyRing, stream: str, documents: tuple[Described, ...], contents: tuple[bytes, ...]) -> None:
    """Store the bytes of a request's documents, in their order, each once.

    Raise InvalidValue where they are not those.
    """
    if len(documents) != len(contents):
        raise InvalidValue(f"{len(documents)} documents are named, {len(contents)} files are there")
    for document, data in zip(documents, contents, strict=True):
        found = described(document.name, data)
        if found != document:
            raise InvalidValue(f"{document.name} has the SHA-256 {found.digest}, not {document.digest}")
        if Document.objects.filter(stream=stream, digest=document.digest).exists():
            continue
        sealed = keys.seal(stream, RecordClass.MATTER, data, _context(stream, document.digest))
        Document(stream=stream, digest=document.digest, sealed=sealed).save(force_insert=True)


def read(keys: KeyRing, stream: str, digest: str) -> bytes:
    """A document's bytes; raise KeyMissing where its key is destroyed or it is not there."""
    row = Document.objects.filter(stream=stream, digest=digest).first()
    data = row and keys.unseal(stream, RecordClass.MATTER, bytes(row.sealed), _context(stream, digest))
    if data is None:
        raise KeyMissing(f"the document {digest} is gone", hint="its key was destroyed, or it was never kept")
    return data


def _context(stream: str, digest: str) -> bytes:
    return f"document {stream} {digest}".encode()
