"""Staff add the paper that must follow, or a better one: kept while it is looked at, then added once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sagwan.desk.casework.duties import filing_of_state
from sagwan.desk.casework.packs import Packs
from sagwan.desk.casework.queries import Story
from sagwan.desk.intake import checking, models, rows
from sagwan.desk.intake.checking import blocking_of, codes_of
from sagwan.desk.intake.findings import Finding as PaperFinding
from sagwan.desk.intake.mail_text import safe_name
from sagwan.desk.intake.rows import File, Kind
from sagwan.desk.setup import Desk
from sagwan.desk.web.refusals import said
from sagwan.law.finding import Finding
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.pack import Pack
from sagwan.law.review import review
from sagwan.record import commands as ask
from sagwan.record.errors import IllegalStep, SagwanError


@dataclass(frozen=True, slots=True)
class Begun:
    """What was typed and kept so far: items that say something else than before, and files."""

    paper: Mapping[str, str]
    files: tuple[File, ...]

    @property
    def contents(self) -> tuple[bytes, ...]:
        return tuple(file.data for file in self.files)


@dataclass(frozen=True, slots=True)
class Looked:
    """What the law of the day of receipt finds with the new paper, and what is found of the new files."""

    law: tuple[Finding, ...]
    paper: tuple[PaperFinding, ...]


def law_of(desk: Desk, story: Story) -> tuple[Pack, InstrumentOnDay]:
    """The law of the day of receipt, under which paper is judged."""
    state = story.progress.state
    pack = Packs(desk.home).pinned(state.pack)
    day = story.progress.received_at.astimezone(desk.home.zone).date()
    return pack, pack.instrument_on(state.instrument, day)


def begun(desk: Desk, number: str, person: str) -> Begun:
    """What a person has begun to add to a request; nothing where they have not."""
    row = _row(number, person)
    if row is None:
        return Begun({}, ())
    return Begun(rows.opened(desk, row)["paper"], rows.files(desk, row))


def keep(
    desk: Desk,
    number: str,
    paper: Mapping[str, str] | None,
    uploads: Iterable[tuple[str, bytes]],
    *,
    person: str,
    at: datetime,
) -> list[str]:
    """Keep what was typed (None: as it was) and the files; returns what could not be kept, and why."""
    row = _row(number, person)
    if row is None:
        token = rows.begin(desk, Kind.PAPER, {"paper": {}}, person=person, at=at, about=number)
        row = rows.row_of(Kind.PAPER, token, person)
    wrong = []
    for name, data in uploads:
        try:
            rows.attach(desk, row, safe_name(name, "document"), data)
        except SagwanError as error:
            wrong.append(said(error))
    if paper is not None:
        rows.save(desk, row, {"paper": dict(paper)}, at=at)
    return wrong


def take_out(number: str, digest: str, *, person: str) -> None:
    """Take a file out of what was begun."""
    if row := _row(number, person):
        rows.detach(row, digest)


def forget(number: str, *, person: str) -> None:
    """Throw away what was begun."""
    models.Draft.objects.filter(kind=Kind.PAPER, about=number, person=person).delete()


def looked_at(desk: Desk, story: Story, what: Begun, at: datetime) -> Looked:
    """What the request is with the new paper, as the desk will judge it; raise IllegalStep where its key is
    destroyed, intake.Refused for a file."""
    filing = filing_of_state(story.progress.state)
    if filing is None:
        raise IllegalStep("the request's private parts are destroyed", hint="no paper can be added any more")
    pack, instrument = law_of(desk, story)
    filing = replace(filing, paper={**filing.paper, **what.paper})
    found = review(filing, pack, instrument.day)
    return Looked(found, checking.of_paper(desk, filing, what.files, pack, at))


def command(what: Begun, looked: Looked) -> ask.SupplyPaper:
    """What the desk is asked to do."""
    documents = tuple(file.document for file in what.files)
    return ask.SupplyPaper(
        what.paper, documents, findings=codes_of(looked.paper), blocking=blocking_of(looked.paper)
    )


def _row(number: str, person: str) -> models.Draft | None:
    found: models.Draft | None = rows.unsent(Kind.PAPER, person).filter(about=number).first()
    return found
