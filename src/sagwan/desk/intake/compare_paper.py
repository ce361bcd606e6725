"""What the paper says against what the form says: each difference a finding that names both."""

import re
from collections.abc import Iterator, Mapping

from sagwan.desk.intake.findings import Code, Finding, found
from sagwan.desk.intake.paper import Found
from sagwan.law.citation import Label, read_cited
from sagwan.record.request import Filing

_CASE = Label("사건번호", "case number")
_INSTRUMENT = Label("절차", "instrument")
_ITEMS: Mapping[str, Label] = {
    "issued-on": Label("발부·작성일", "date of issue"),
    "valid-until": Label("유효기간", "valid until"),
    "creation-period": Label("작성기간", "creation period"),
}


def differences(
    filing: Filing,
    paper: Found,
    *,
    sources: Mapping[str, Label] | None = None,
    names: Mapping[str, Label] | None = None,
) -> tuple[Finding, ...]:
    """Where the document and the form name different values of one thing; silence of either is none.

    `sources` are the law pack's acts (slug → name), to tell whether two quotations mean one article; `names`
    what instruments are called.
    """
    return (
        *_case(filing, paper),
        *_instrument(filing, paper, names or {}),
        *_items(filing, paper),
        *_law(filing, paper, sources or {}),
    )


def _differ(item: Label, document: Label | str, form: Label | str) -> Finding:
    return found(Code.DOCUMENT_SAYS_OTHERWISE, item=item, document=document, form=form)


def _case(filing: Filing, paper: Found) -> Iterator[Finding]:
    named = {_bare(number) for number in paper.case_numbers}
    if named and _bare(filing.case_number) not in named:
        yield _differ(_CASE, ", ".join(paper.case_numbers[:3]), filing.case_number)


def _bare(number: str) -> str:
    """A case number without what people add or leave out: blanks, 제, 호, hyphens of any kind."""
    return re.sub(r"[\s.‐-―-]|^제|호$", "", number).casefold()


def _instrument(filing: Filing, paper: Found, names: Mapping[str, Label]) -> Iterator[Finding]:
    if paper.instrument and paper.instrument != filing.instrument:
        document, form = (
            names.get(slug, Label(slug, slug)) for slug in (paper.instrument, filing.instrument)
        )
        yield _differ(_INSTRUMENT, document, form)


def _items(filing: Filing, paper: Found) -> Iterator[Finding]:
    on_paper = paper.paper()
    for slug, label in _ITEMS.items():
        document, form = on_paper.get(slug, ""), filing.paper.get(slug, "").strip()
        if document and form and document != form:
            yield _differ(label, document, form)


def _law(filing: Filing, paper: Found, sources: Mapping[str, Label]) -> Iterator[Finding]:
    form = filing.paper.get("cited-law", "").strip()
    ours, theirs = read_cited(form, sources), read_cited("; ".join(paper.laws), sources)
    if not ours or not theirs:
        return
    if not any(one.covers(other) or other.covers(one) for one in ours for other in theirs):
        yield _differ(Label("인용 조문", "article quoted"), "; ".join(paper.laws), form)
