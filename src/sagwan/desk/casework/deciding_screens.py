"""What the pages of a decision show: its targets a page at a time, and the proposal as it was made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sagwan.desk.casework import deciding
from sagwan.desk.casework.deciding import Reply, Sheet
from sagwan.desk.casework.queries import Story
from sagwan.desk.journal.queries import Stored
from sagwan.record.events import Approved, Decision, Event, Proposal, Proposed
from sagwan.record.proposals import asked_of
from sagwan.record.request import Target
from sagwan.record.vocabulary import DataCategory, Grant

PAGE = 50
SHOWN = ("all", "open", "out", "rest")
"""All targets; those with something undecided; those of whom something goes out; those who get less than was
asked."""


@dataclass(frozen=True, slots=True)
class Line:
    """One target and what becomes of each category; None where that is not decided."""

    place: int
    target: Target
    replies: tuple[tuple[DataCategory, Reply | None], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of targets: `number` of `pages`, and how many there are in all."""

    lines: tuple[Line, ...]
    total: int
    number: int
    pages: int
    show: str
    kind: str


def page_of(sheet: Sheet, values: Mapping[str, str]) -> Page:
    """The page that an address names by `show`, `kind` and `page`; unknown words count as unsaid."""
    kinds = {target.kind for target in sheet.asked.targets}
    show = values.get("show", "") if values.get("show") in SHOWN else "all"
    kind = values.get("kind", "") if values.get("kind") in kinds else ""
    places = list(_places(sheet, show, kind))
    pages = max(1, -(-len(places) // PAGE))
    text = values.get("page", "1")
    number = min(max(int(text), 1), pages) if text.isdecimal() and len(text) < 7 else 1
    shown = places[(number - 1) * PAGE : number * PAGE]
    lines = tuple(_line(sheet, place) for place in shown)
    return Page(lines, len(places), number, pages, show, kind)


def _line(sheet: Sheet, place: int) -> Line:
    replies = tuple((category, sheet.reply(category, place)) for category in sheet.asked.data)
    return Line(place, sheet.asked.targets[place], replies)


def _places(sheet: Sheet, show: str, kind: str) -> Iterator[int]:
    grants = [Grant.DISCLOSE, *(reply.grant for reply in sheet.replies)]  # number 0 is looked at apart
    goes = bytes(bool(code) and grant is Grant.DISCLOSE for code, grant in enumerate(grants))
    for place, (target, codes) in enumerate(
        zip(sheet.asked.targets, zip(*sheet.cells.values(), strict=True), strict=True)
    ):
        if kind and target.kind != kind:
            continue
        out = [goes[code] for code in codes]
        wanted = {"all": True, "open": 0 in codes, "out": any(out), "rest": not all(out)}
        if wanted[show]:
            yield place


@dataclass(frozen=True, slots=True)
class Made:
    """A proposal as a person made it. `sheet` is None where it answers no single target; `approval` None
    while it waits for a second person."""

    proposal: Proposal
    stored: Stored
    note: str
    sheet: Sheet | None
    named: tuple[Target, ...]
    approval: Stored | None
    said: str = ""

    @property
    def by(self) -> str:
        return self.stored.actor


def made(found: Story) -> Made | None:
    """The proposal that waits; else the decision that was approved last; None where there is neither."""
    state = found.progress.state
    last: tuple[Stored, Proposed] | None = None
    approval: tuple[Stored, Event] | None = None
    for stored, event in found.events:
        if isinstance(event, Proposed) and (state.pending or isinstance(event.proposal, Decision)):
            last, approval = (stored, event), None
        elif isinstance(event, Approved) and last and approval is None:
            approval = (stored, event)
    if last is None or (state.pending is None and approval is None):
        return None
    stored, event = last
    matter = event.matter
    sheet = None
    if matter and matter.dispositions:
        sheet = deciding.sheet_of(asked_of(state), matter.dispositions, matter.period)
    said = getattr(approval[1], "matter", None) if approval else None
    return Made(
        proposal=event.proposal,
        stored=stored,
        note=matter.text if matter else "",
        sheet=sheet,
        named=matter.targets if matter else (),
        approval=approval[0] if approval else None,
        said=said.text if said else "",
    )
