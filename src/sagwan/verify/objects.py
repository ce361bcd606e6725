"""A published folder in an object store (S3 and what speaks like it, Google Cloud Storage, Azure), mirrored.

Needs the extra `sagwan[objects]`. Credentials and endpoints come from the environment, under the names that
the stores' own tools use (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL, GOOGLE_APPLICATION_CREDENTIALS …).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sagwan.verify.errors import SourceError
from sagwan.verify.mirror import Mirror

if TYPE_CHECKING:
    from obstore.store import ObjectStore

_LISTED = ("report", "openings")
_RETRIES = 3


class Objects(Mirror):
    """A folder in a bucket, such as `s3://bucket/folder`."""

    def __init__(self, address: str) -> None:
        self._store = open_store(address)
        super().__init__(address)

    def list(self) -> list[str] | None:
        """All files' paths below `report` and `openings`."""
        with explained(self.name):
            return sorted(
                found["path"]
                for folder in _LISTED
                for page in self._store.list(folder)
                for found in page
                if found["size"] or not found["path"].endswith("/")
            )

    def _content(self, path: str) -> Iterator[bytes] | None:
        with explained(self.name):
            try:
                answer = self._store.get(path)
            except FileNotFoundError as error:
                if "NoSuchBucket" in str(error):
                    raise
                return None
        return self._blocks(answer.stream(min_chunk_size=1 << 16))

    def _blocks(self, stream: Iterator[object]) -> Iterator[bytes]:
        with explained(self.name):
            for block in stream:
                yield bytes(block)  # type: ignore[call-overload]


def open_store(address: str) -> "ObjectStore":
    """The store that an address names; raise SourceError where the extra or the bucket's name is missing."""
    parts = urlsplit(address)
    if not parts.hostname or parts.query or parts.fragment:
        raise SourceError(f"{address!r} names no bucket", hint="such as s3://bucket/folder")
    try:
        # Imported only here: an extra, and few read from a bucket.
        from obstore.store import from_url  # noqa: PLC0415
    except ImportError:
        raise SourceError(
            f"{parts.scheme}:// needs a package that is not installed", hint="pip install 'sagwan[objects]'"
        ) from None
    with explained(address):
        return from_url(address, retry_config={"max_retries": _RETRIES})


@contextmanager
def explained(address: str) -> Iterator[None]:
    """A store's errors as SourceError: these say what to do, the store's own are for its makers."""
    from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError  # noqa: PLC0415

    try:
        yield
    except (PermissionDeniedError, UnauthenticatedError) as error:
        raise SourceError(
            f"{address}: access is denied: {_said(error)}",
            hint="which credentials are in the environment (AWS_ACCESS_KEY_ID …), and what may they do?",
        ) from None
    except FileNotFoundError as error:
        raise SourceError(f"{address}: {_said(error)}", hint="is the bucket's name right?") from None
    except (BaseError, OSError, ValueError) as error:
        raise SourceError(
            f"{address}: {_said(error)}",
            hint="is the address right, the region (AWS_REGION) too, and the store reachable"
            " (AWS_ENDPOINT_URL)?",
        ) from None


def _said(error: Exception) -> str:
    """The store's own word, without where in its code it was said."""
    text = str(error)
    found = re.search(r"<Code>([^<]*)</Code>(?:\s*<Message>([^<]*)</Message>)?", text)
    if found:
        return ": ".join(part for part in found.groups() if part)
    return text.partition("\n\nDebug source")[0].partition("\n")[0][:300] or type(error).__name__
