"""The packs that come with Sagwan. The only file of `law` that reads anything: the package's own data."""

from importlib.resources import files

from sagwan.law.errors import LawPackError
from sagwan.law.pack import Pack
from sagwan.law.parse import load_pack
from sagwan.record.vocabulary import SLUG


def pack_names() -> tuple[str, ...]:
    """The slugs of the packs in the package, in alphabetical order."""
    names = (entry.name for entry in files("sagwan.law").joinpath("packs").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def pack_bytes(slug: str) -> bytes:
    """The bytes of a pack in the package; raise LawPackError naming those there are."""
    if not SLUG.match(slug) or slug not in pack_names():
        raise LawPackError("", f"no pack {slug!r} in the package", hint=f"one of {', '.join(pack_names())}")
    return files("sagwan.law").joinpath("packs", f"{slug}.toml").read_bytes()


def builtin_pack(slug: str) -> Pack:
    """Load a pack of the package: `builtin_pack("kr")`."""
    return load_pack(pack_bytes(slug))
