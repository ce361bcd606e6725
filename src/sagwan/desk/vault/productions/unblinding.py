"""Who stands behind a pseudonym: of the ids that the provider knows, exactly those that were asked for.

A pseudonym cannot be turned back; the ids of those who may be behind it come from the provider's own systems.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sagwan.desk.setup import Desk
from sagwan.desk.vault import blinding
from sagwan.desk.vault.models import BlindingKey
from sagwan.desk.vault.productions import drafts
from sagwan.desk.vault.productions.errors import ProductionRefused
from sagwan.record.errors import InvalidValue

MAX_IDS = 100_000


@dataclass(frozen=True, slots=True)
class Unblinded:
    """`named`: (pseudonym, id) of those who were asked for and found; `unknown`: pseudonyms that are nobody's
    of the ids given. Of the other ids nothing is told."""

    named: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]


def pseudonyms_in(text: str) -> tuple[str, ...]:
    """The pseudonyms in a text, each once, in their order."""
    return tuple(dict.fromkeys(blinding.PSEUDONYM.findall(text)))


def was_blinded(number: str) -> bool:
    """Was anybody blinded in what was put together for the request?"""
    return BlindingKey.objects.filter(stream=drafts.stream_of(number)).exists()


def unblind(desk: Desk, number: str, wanted: Iterable[str], ids: Iterable[str]) -> Unblinded:
    """Find those pseudonyms among the ids; raise ProductionRefused where nobody was blinded, InvalidValue
    where more than MAX_IDS are given."""
    if not was_blinded(number):
        raise ProductionRefused(f"nobody was blinded in what went out of {number}")
    stream = drafts.stream_of(number)
    key = blinding.request_key(drafts.keyring(desk, stream), stream)
    known: dict[str, str] = {}
    for count, one in enumerate(ids, 1):
        if count > MAX_IDS:
            raise InvalidValue(f"more than {MAX_IDS:,} ids", hint="give those of one conversation")
        known[blinding.pseudonym(key, one)] = one
    asked = tuple(dict.fromkeys(wanted))
    named = tuple((each, known[each]) for each in asked if each in known)
    return Unblinded(named, tuple(each for each in asked if each not in known))
