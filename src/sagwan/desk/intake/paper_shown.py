"""What stands on a document, in the words of a reader: dates, roles and choices spelled out."""

from collections.abc import Mapping
from dataclasses import dataclass

from sagwan.desk.intake.words import CHOICES
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.model import DocumentItem, ItemKind
from sagwan.law.pack import Pack
from sagwan.law.paper import read_period
from sagwan.pages import translator
from sagwan.pages.i18n import day as spelled


@dataclass(frozen=True, slots=True)
class Stated:
    """One document item as the law calls it, what stands there, and where the law asks for it."""

    label: str
    value: str
    citation: str


def stated(paper: Mapping[str, str], instrument: InstrumentOnDay, pack: Pack, lang: str) -> list[Stated]:
    """The items in the law pack's order, then what else was written, by its slug; nothing that is empty."""
    left = dict(paper)
    found = []
    for item in instrument.items:
        if value := left.pop(item.slug, ""):
            text = _said(item, value, instrument, pack, lang)
            found.append(Stated(item.label.text(lang), text, item.citation.text(lang)))
    return [*found, *(Stated(slug, value, "") for slug, value in left.items() if value)]


def _said(item: DocumentItem, value: str, instrument: InstrumentOnDay, pack: Pack, lang: str) -> str:
    """A value as a sentence has it; one that is not of its kind stays as it was written."""
    gettext = translator(lang).gettext
    match item.kind:
        case ItemKind.ISSUER | ItemKind.APPROVER:
            return pack.role_name(value, instrument.day).text(lang)
        case ItemKind.YES if value == "yes":
            return gettext("yes")
        case ItemKind.DATE:
            return spelled(value, lang)
        case ItemKind.PERIOD if period := read_period(value):
            first, last = (spelled(one.isoformat(), lang) for one in period)
            return gettext("from %(first)s to %(last)s") % {"first": first, "last": last}
        case ItemKind.CHOICE | ItemKind.CHOICES:
            instruments = {one.slug: one.names[-1].label.text(lang) for one in pack.instruments}
            named = {slug: gettext(word) for slug, word in CHOICES.items()} | instruments
            return ", ".join(named.get(slug, slug) for slug in value.split(","))
    return value
