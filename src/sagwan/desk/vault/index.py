"""The blind index: write and search. One row a way of writing a value; the value itself is not in it.

Widths, capitals and outer blanks never matter (`MasterKey.blind`). Beyond that a value is found as it was
filed; a name or case number also whatever blanks and kinds of dash are in it; a target also by the one form
in which its kind is kept (a phone number as at home or with its country, a URL with capitals in its host).
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import tzinfo

from sagwan.desk.intake.target_rules import WORDS, Rule, Setting
from sagwan.desk.vault.bulk import insert_many
from sagwan.desk.vault.master import MasterKey
from sagwan.desk.vault.models import BlindIndex
from sagwan.record.errors import InvalidValue
from sagwan.record.events import Event
from sagwan.record.private import RecordClass
from sagwan.record.request import Target

_DASHES = re.compile("[\u2010-\u2015\u2212]")
FIELDS = ("authority", "case-number", "official", "target")


def entries_of(event: Event, known: Collection[Target] = ()) -> Iterable[tuple[str, str, RecordClass]]:
    """(field, value, record class) for everything private in an event that people search by.

    `known` are targets of the request that stand in the index already.
    """
    ledger, matter = getattr(event, "ledger", None), getattr(event, "matter", None)
    if ledger is not None:
        yield "authority", ledger.authority, RecordClass.LEDGER
        yield "case-number", ledger.case_number, RecordClass.LEDGER
        for official in ledger.officials:
            yield "official", official, RecordClass.LEDGER
    if matter is not None:
        seen = set(known)
        for target in matter.targets:
            if target not in seen:
                yield "target", target.value, RecordClass.MATTER
                normal = _kept(WORDS[target.kind][1], target.value, Setting())
                if normal not in (None, target.value):
                    yield "target", normal, RecordClass.MATTER


def _squeezed(value: str) -> str:
    """A name or case number without blanks, and with one kind of dash."""
    return _DASHES.sub("-", "".join(unicodedata.normalize("NFKC", value).split()))


def _kept(rule: Rule, value: str, setting: Setting) -> str | None:
    """The form in which the rule of a kind keeps a value; None where the value is none of that kind."""
    try:
        return rule(value, setting)
    except InvalidValue:
        return None


def ways(field: str, value: str, zone: tzinfo | None = None) -> list[str]:
    """How a value that is searched for may have been written; times without a zone are those of `zone`."""
    if field != "target":
        return [value, _squeezed(value)]
    setting = Setting(zone=zone)
    kept = {_kept(rule, value.strip(), setting) for rule in {rule for _, rule in WORDS.values()}}
    return [value, *sorted(form for form in kept if form is not None)]


def write(master: MasterKey, rows: Iterable[tuple[str, str, str, RecordClass]]) -> None:
    """Insert (stream, field, value, record class) rows."""
    insert_many(BlindIndex, ("digest", "stream", "record_class"), _digests(master, rows))


def _digests(
    master: MasterKey, rows: Iterable[tuple[str, str, str, RecordClass]]
) -> Iterable[tuple[bytes, str, str]]:
    for stream, field, value, kind in rows:
        digest = master.blind(field, value)
        yield digest, stream, str(kind)
        if field != "target":
            squeezed = master.blind(field, _squeezed(value))
            if squeezed != digest:
                yield squeezed, stream, str(kind)


def find(master: MasterKey, field: str, value: str, zone: tzinfo | None = None) -> list[str]:
    """The streams in which `field` has `value`, in one of its `ways`, in alphabetical order."""
    digests = {master.blind(field, way) for way in ways(field, value, zone)}
    found = BlindIndex.objects.filter(digest__in=digests).values_list("stream", flat=True)
    return sorted(set(found))
