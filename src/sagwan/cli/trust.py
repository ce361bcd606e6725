"""Whose word a reader takes for a published folder: keys and a policy, as options name them."""

from collections.abc import Iterable
from pathlib import Path

from sagwan.cli.parsing import read_text
from sagwan.verify import Memory, Trust


def trust_of(
    keys: Iterable[str] | None,
    policy: Path | None,
    *,
    memory: Memory | None = None,
    max_withheld: float | None = None,
) -> Trust:
    """Keys as they stand or in files, and a policy file. Raises Unusable for a file that cannot be read."""
    return Trust(
        key="\n".join(map(_key_text, keys or ())),
        policy="" if policy is None else read_text(policy),
        memory=memory,
        max_withheld=max_withheld,
    )


def _key_text(word: str) -> str:
    """A key as it stands, or the text of a file of keys."""
    return word if "+" in word and not Path(word).is_file() else read_text(Path(word))
