"""What each provider says it counts, and which of its categories add up to its total. Reviewed data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from sagwan.compare.words import Language


@dataclass(frozen=True, slots=True)
class Definition:
    """A provider's own definition in both languages, its source, and the lists of categories that make its
    total, the one to try first at the head. `accounts` says which it counts: `asked` for, or `disclosed`."""

    provider: str
    text: Mapping[Language, str]
    source: str
    accounts: str
    totals: tuple[tuple[str, ...], ...]


@cache
def definitions() -> Mapping[str, Definition]:
    """The reviewed definitions by provider."""
    text = resources.files("sagwan.compare.series").joinpath("data", "definitions.toml").read_text("utf-8")
    return {
        provider: Definition(
            provider,
            {"en": row["en"], "ko": row["ko"]},
            row["source"],
            row["accounts"],
            tuple(tuple(names) for names in row["totals"]),
        )
        for provider, row in tomllib.loads(text).items()
    }


def counts_asked(provider: str) -> bool:
    """True where the provider's `accounts` are those that requests name, whatever became of them."""
    return provider in definitions() and definitions()[provider].accounts == "asked"
