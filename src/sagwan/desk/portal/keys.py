"""The trial of an official's key: who reads what was encrypted to it holds its private half."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from sagwan.desk.people.keys import public_key
from sagwan.desk.vault.age import encrypt_text, new_passphrase, read_recipient
from sagwan.record.errors import SagwanError

MOST_TRIES = 5
_GROUPS = 2
"""Of five characters each: 49 bits, and five tries."""


class TrialFailed(SagwanError):
    """The words that were typed are not those that were encrypted; `over`: no try is left."""

    def __init__(self, *, over: bool) -> None:
        super().__init__("these are not the words that were encrypted", hint="decrypt them again")
        self.over = over


@dataclass(frozen=True, slots=True)
class Trial:
    """A key on trial: `armour` is the test phrase encrypted to it. Of the phrase only a digest is kept."""

    key: str
    armour: str
    digest: str
    tries: int = 0

    def members(self) -> dict[str, object]:
        """What a session keeps."""
        return asdict(self)

    def answered(self, text: str) -> "Trial":
        """The trial after an answer that is right; raise TrialFailed otherwise."""
        if not hmac.compare_digest(_digest(text), self.digest):
            raise TrialFailed(over=self.tries + 1 >= MOST_TRIES)
        return self

    def tried(self) -> "Trial":
        return replace(self, tries=self.tries + 1)


def begin(text: str) -> Trial:
    """Put a public key on trial; raise InvalidValue where age cannot encrypt to it."""
    key = public_key(text)
    phrase = new_passphrase(_GROUPS)
    return Trial(key, encrypt_text(phrase + "\n", read_recipient(key)), _digest(phrase))


def trial_from(members: Mapping[str, object] | None) -> Trial | None:
    """What `members` gave."""
    return None if members is None else Trial(**members)  # type: ignore[arg-type]


def _digest(phrase: str) -> str:
    return hashlib.sha256("".join(phrase.split()).lower().encode()).hexdigest()
