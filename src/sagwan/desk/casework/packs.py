"""The law packs of a home. Each request stays under the pack that it was received under, by its hash; so a
copy of every pack that was used is kept in the home."""

from functools import lru_cache
from pathlib import Path

from sagwan.desk.home import Home
from sagwan.law.errors import LawPackError
from sagwan.law.library import pack_bytes, pack_names
from sagwan.law.pack import Pack
from sagwan.law.parse import load_pack

_loaded = lru_cache(maxsize=16)(load_pack)


class Packs:
    """The packs at hand, each read once."""

    def __init__(self, home: Home) -> None:
        self._folder = home.path / "packs"
        self._by_hash: dict[str, Pack] = {}
        self._current: dict[str, Pack] = {}

    def current(self, jurisdiction: str) -> Pack:
        """The pack of a jurisdiction as this version of Sagwan brings it; kept from now on."""
        if jurisdiction not in self._current:
            slug = jurisdiction.lower()
            if slug not in pack_names():
                raise LawPackError(
                    "", f"there is no law pack for {jurisdiction}", hint=f"packs: {', '.join(pack_names())}"
                )
            data = pack_bytes(slug)
            pack = _loaded(data)
            self._keep(pack.hash, data)
            self._current[jurisdiction] = self._by_hash[pack.hash] = pack
        return self._current[jurisdiction]

    def pinned(self, pack_hash: str) -> Pack:
        """The pack with that SHA-256; raise LawPackError where the home has lost it."""
        if pack_hash not in self._by_hash:
            file = self._file(pack_hash)
            if not file.exists():
                raise LawPackError(
                    "", f"the law pack {pack_hash} is not in {self._folder}", hint="restore it from a backup"
                )
            pack = _loaded(file.read_bytes())
            if pack.hash != pack_hash:
                raise LawPackError("", f"{file} was changed: its hash is {pack.hash}", hint="restore it")
            self._by_hash[pack_hash] = pack
        return self._by_hash[pack_hash]

    def kept(self) -> list[str]:
        """The hashes of all packs that the home's requests were received under, in alphabetical order."""
        return sorted(file.stem for file in self._folder.glob("*.toml"))

    def _file(self, pack_hash: str) -> Path:
        return self._folder / f"{pack_hash}.toml"

    def _keep(self, pack_hash: str, data: bytes) -> None:
        file = self._file(pack_hash)
        if file.exists():
            return
        self._folder.mkdir(exist_ok=True)
        part = file.with_suffix(".part")
        part.write_bytes(data)
        part.replace(file)
