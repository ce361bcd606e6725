"""The blind index: write and search. One row a value; the value itself is not in it."""

from collections.abc import Collection, Iterable

from sagwan.desk.vault.bulk import insert_many
from sagwan.desk.vault.master import MasterKey
from sagwan.desk.vault.models import BlindIndex
from sagwan.record.events import Event
from sagwan.record.private import RecordClass
from sagwan.record.request import Target

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


def write(master: MasterKey, rows: Iterable[tuple[str, str, str, RecordClass]]) -> None:
    """Insert (stream, field, value, record class) rows."""
    insert_many(
        BlindIndex,
        ("digest", "stream", "record_class"),
        ((master.blind(field, value), stream, str(kind)) for stream, field, value, kind in rows),
    )


def find(master: MasterKey, field: str, value: str) -> list[str]:
    """The streams in which `field` has `value`, in alphabetical order."""
    found = BlindIndex.objects.filter(digest=master.blind(field, value)).values_list("stream", flat=True)
    return sorted(set(found))
