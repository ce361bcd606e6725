"""Which claims a command looks at: those that come with Sagwan, those of the store, and the reader's."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sagwan.cli.errors import Unusable
from sagwan.compare import Claim, load, load_packaged
from sagwan.compare.load import unique
from sagwan.compare.store import Store
from sagwan.compare.words import Language


def gather(store: Path, more: Sequence[Path] | None = None, *, packaged: bool = True) -> tuple[Claim, ...]:
    """All claims, each once. A store that is not there is empty. Raises ClaimsError or StoreError."""

    def claims() -> Iterator[Claim]:
        if packaged:
            yield from load_packaged()
        yield from Store(store).claims()
        for path in more or ():
            yield from load(path)

    return unique(claims())


def language(text: str) -> Language:
    """The language asked for; raises Unusable for one that is not spoken here."""
    if text == "en":
        return "en"
    if text == "ko":
        return "ko"
    raise Unusable(f"{text!r} is not a language here", hint="en or ko")
