"""`sagwan receive`: one request from options, or many from a file."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sagwan.cli import parsing
from sagwan.cli.errors import Unusable
from sagwan.cli.options import HERE, At, By, HomePath, Json, Lang, Targets, TargetsFile
from sagwan.cli.output import say, say_json
from sagwan.cli.receipt import write_receipts
from sagwan.cli.receive_file import (
    AllowDuplicates,
    FileApprovedBy,
    FileIntake,
    FileOfMany,
    Mapping,
    SkipBad,
)
from sagwan.cli.wiring import Office, open_office
from sagwan.law.finding import Finding
from sagwan.record.request import Filing

if TYPE_CHECKING:
    from sagwan.desk.casework.actions import Done
    from sagwan.desk.casework.packs import Packs


def receive(
    by: By,
    service: Annotated[str, typer.Option(metavar="SLUG", help="Which service is asked.")] = "",
    instrument: Annotated[
        str, typer.Option(metavar="SLUG", help="The legal process, as search-and-seizure-warrant.")
    ] = "",
    data: Annotated[
        str, typer.Option(metavar="LIST", help="What is asked for: access, content, subscriber, traffic.")
    ] = "",
    authority: Annotated[str, typer.Option(metavar="NAME", help="Who asks; private.")] = "",
    case: Annotated[str, typer.Option(metavar="TEXT", help="The authority's case number; private.")] = "",
    accounts: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="How many accounts; without: as many as targets.")
    ] = None,
    official: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="An official who signs; private; repeat it.")
    ] = None,
    target: Targets = None,
    targets_file: TargetsFile = None,
    paper: Annotated[
        list[str] | None,
        typer.Option(metavar="SLUG=VALUE", help="What stands on the document, by the law pack's slugs."),
    ] = None,
    text: Annotated[str, typer.Option(metavar="TEXT", help="Free text; private.")] = "",
    document: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="A file that came with it; kept encrypted; repeat it."),
    ] = None,
    emergency: Annotated[bool, typer.Option("--emergency", help="It is asked for as an emergency.")] = False,
    channel: Annotated[str, typer.Option(metavar="SLUG", help="How it came in.")] = "staff",
    jurisdiction: Annotated[str, typer.Option(metavar="CC", help="Whose law; without: the home's.")] = "",
    file: FileOfMany = None,
    mapping: Mapping = None,
    skip_bad: SkipBad = False,
    approved_by: FileApprovedBy = "",
    allow_duplicates: AllowDuplicates = False,
    home: HomePath = HERE,
    at: At = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> None:
    """Take in one request, or a file of many.

    Checks it against the law of the day, fixes its opening line, and writes the receipt for the official
    into the home's receipts folder. Findings are told; a person decides what to make of them.

    \b
    Examples:
      sagwan receive --service kakao --instrument search-and-seizure-warrant --data access,content \\
          --authority "Example police" --case 2016-123 --target account:abc --target account:def --by kim
      sagwan receive --file requests.csv --by kim
      sagwan receive --file ledger.xlsx --mapping ledger.toml --skip-bad --by kim --approved-by lee

    \b
    A file's columns (JSON Lines: members of the same names):
      service, instrument, data, authority, case_number   must be there
      accounts       how many accounts; without: the number of targets
      jurisdiction   without: the home's
      officials      with ; between them               (JSON: a list)
      targets        KIND:VALUE with ; between them    (JSON: a list)
      paper.SLUG     what stands on the document       (JSON: an object paper)
      text           free text
      emergency      yes or no                         (JSON: true or false)
      channel        how it came in; without: file

    \b
    And of a request that was finished long ago; it is received, decided and sealed now, never back-dated:
      outcome        complied, partial, refused, no-data or withdrawn
      reason         a slug of the law pack; not with complied
      disclosed_data, disclosed_accounts, marks   what went out; without, with complied: what was asked for
      received_on, decided_on, resolved_on        days, kept as what the file says, private
      decided_by, approved_by                     names, kept likewise
    At most 100,000 rows and 256 MiB. Every row that is wrong is told, with line and column. All rows are
    taken or none, unless you say --skip-bad.

    \b
    Exit codes: 0 received; 1 rows of the file are wrong (with --skip-bad: the others were taken), the
      instrument is not law that day, or your role does not allow it; 2 unusable input.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.casework.packs import Packs

    if file is not None:
        if service or instrument or data or authority or case or target or targets_file or paper or document:
            raise Unusable("--file brings whole requests", hint="leave the other options of a request out")
        FileIntake(office, by, approved_by, at, as_json).take(file, mapping, skip_bad, allow_duplicates)
        return
    if mapping or skip_bad or approved_by or allow_duplicates:
        raise Unusable("this belongs to a file of requests", hint="name it with --file")
    intake = _Intake(office, Packs(office.home), by, at, lang, as_json)
    for option, value in (("--service", service), ("--instrument", instrument), ("--data", data)):
        if not value:
            raise Unusable(f"{option} is missing", hint="or name a file of requests with --file")
    named = parsing.targets(target, targets_file)
    from sagwan.desk.vault.documents import described

    contents = tuple(parsing.read_bytes(path) for path in document or ())
    filing = Filing(
        service=service,
        jurisdiction=jurisdiction or office.home.jurisdiction,
        instrument=instrument,
        data=parsing.categories(data),
        accounts=len(named) if accounts is None else accounts,
        authority=authority.strip(),
        case_number=case.strip(),
        officials=tuple(official or ()),
        targets=named,
        paper=parsing.pairs(paper, "--paper"),
        text=text,
        emergency=emergency,
        channel=channel,
        documents=tuple(described(p.name, d) for p, d in zip(document or (), contents, strict=True)),
    )
    intake.one(filing, contents)


@dataclass(frozen=True, slots=True)
class _Intake:
    """What one call of `receive` does."""

    office: Office
    packs: "Packs"
    by: str
    at: str | None
    lang: str
    as_json: bool

    def one(self, filing: Filing, contents: tuple[bytes, ...]) -> None:
        done, receipts = self._take(filing, contents)
        found = self._findings(filing)
        if self.as_json:
            say_json(
                {
                    "number": done[0].request,
                    "receipt": str(receipts[0]),
                    "line": (done[0].line or b"").decode(),
                    "findings": [_finding_json(finding) for finding in found],
                }
            )
            return
        say(f"received as {done[0].request}")
        say(f"receipt: {receipts[0]}")
        for finding in found:
            say(f"{finding.severity}: {finding.sentence(self.lang)}")

    def _take(self, filing: Filing, contents: tuple[bytes, ...]) -> "tuple[list[Done], list[Path]]":
        from sagwan.desk.casework.intake import receive_all

        moment = self.office.now(self.at)
        done = receive_all(self.office.desk, [filing], actor=self.by, at=moment, contents=[contents])
        return done, write_receipts(self.office, done)

    def _findings(self, filing: Filing) -> tuple[Finding, ...]:
        from sagwan.law.review import review

        return review(filing, self.packs.current(filing.jurisdiction), self._day())

    def _day(self) -> date:
        return self.office.now(self.at).astimezone(self.office.home.zone).date()


def _finding_json(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "citation": finding.citation.text("en") if finding.citation else None,
        "en": finding.sentence("en"),
        "ko": finding.sentence("ko"),
    }
