"""What a table's columns hold that no importer reads: said, never dropped in silence."""

from collections.abc import Callable, Iterable, Iterator

from sagwan.compare.importers.maker import Maker
from sagwan.compare.importers.table import Record, Section, Spec, Table, key, sections


def sound_sections(table: Table, specs: Iterable[Spec], maker: Maker) -> Iterator[Section]:
    """The tables that stand in one, without the rows whose figures stand under other heads than their own
    (a comma too many): those are noted as not read."""
    maker.sheet = table.sheet
    for section in sections(table, tuple(specs)):
        kept = []
        for record in section.records:
            if table.sheet or not record.is_shifted:
                kept.append(record)
            else:
                _skip_shifted(record, maker)
        yield Section(section.spec, section.header, tuple(kept), section.row)


def known_sections(
    tables: Iterable[Table], specs: Iterable[Spec], maker: Maker, known: Callable[[str], bool]
) -> Iterator[Section]:
    """The sound sections of all tables, each with its unknown columns noted."""
    specs = tuple(specs)
    for table in tables:
        for section in sound_sections(table, specs, maker):
            note_unknown(section, maker, known)
            yield section


def note_unknown(section: Section, maker: Maker, known: Callable[[str], bool]) -> None:
    """Note each column with content whose key is not known, or that stands twice, or has no head."""
    labels = section.header.labels
    width = max((len(record.row.cells) for record in section.records), default=0)
    for index in range(max(width, len(labels))):
        label = labels[index] if index < len(labels) else ""
        name = section.header.key_of(index) if key(label) else ""
        if name and section.header.at[name] == index and known(name):
            continue
        cells = [cell for record in section.records if (cell := _cell(record, index))]
        if cells:
            why = _why(section, name, index)
            text = f"{why}: {len(cells)} cells below it are not read"
            maker.skip(section.row, cells[0], text, label.strip() or f"column {index + 1}")


def note_missing(section: Section, maker: Maker, heads: Iterable[tuple[str, bool]]) -> None:
    """Warn of a measure that tables of this kind print and this one does not."""
    for words, is_there in heads:
        if not is_there:
            maker.warn("missing-column", section.row, f"the table has no column of {words}")


def _why(section: Section, name: str, index: int) -> str:
    if not name:
        return "a column without a head"
    if section.header.at[name] != index:
        return "a second column of this name"
    return "no measure is known by this name"


def _cell(record: Record, index: int) -> str:
    return record.row.cells[index].strip() if index < len(record.row.cells) else ""


def _skip_shifted(record: Record, maker: Maker) -> None:
    cells = record.row.cells
    text = (
        f"the row has {len(cells)} cells under {len(record.header.labels)} heads: is there a comma within a "
        "number, or a name, and no quotes round it?"
    )
    maker.skip(record.row.number, ",".join(cells), text)
