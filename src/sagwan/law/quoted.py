"""The law that a document quotes, against the articles on which the instrument rests that day.

An old number is a warning: forms, and even a decree, go on quoting the number of before. An article that was
never a basis of the instrument blocks.
"""

from collections.abc import Iterator

from sagwan.law.citation import Label, Reference, read_cited
from sagwan.law.finding import Code, Finding, found, listed, span_words
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.model import Basis, ItemKind
from sagwan.law.pack import Pack
from sagwan.record.request import Filing


def check_quoted(filing: Filing, pack: Pack, instrument: InstrumentOnDay) -> Iterator[Finding]:
    item = instrument.item_of_kind(ItemKind.CITED_LAW)
    value = filing.paper.get(item.slug, "").strip() if item else ""
    if item is None or not value:
        return
    issuer_item = instrument.item_of_kind(ItemKind.ISSUER)
    issuer = filing.paper.get(issuer_item.slug, "") if issuer_item else ""
    of_day = [basis for basis in instrument.basis if not basis.issuers or issuer in basis.issuers]
    citation = of_day[0].citation if of_day else item.citation
    today = listed([basis.citation.label for basis in of_day])
    quoted = read_cited(value, pack.source_names)
    if not quoted:
        yield found(Code.CITED_LAW_UNREADABLE, citation, value=value, today=today)
    for reference in quoted:
        if any(_rests_on(basis, reference) for basis in of_day):
            continue
        other = [basis for basis in pack.instrument(instrument.slug).basis if _rests_on(basis, reference)]
        if other:
            code, span = Code.CITED_LAW_OF_ANOTHER_DAY, _span(other[-1])
        else:
            code, span = Code.CITED_LAW_WRONG, Label("", "")
        yield found(code, citation, value=value, today=today, span=span)


def _rests_on(basis: Basis, reference: Reference) -> bool:
    """Does the quoted article name the basis? Quoting the whole article, or a part of it, names it too."""
    return any(own.covers(reference) or reference.covers(own) for own in basis.citation.references)


def _span(basis: Basis) -> Label:
    return span_words(str(basis.since), str(basis.until or ""))
