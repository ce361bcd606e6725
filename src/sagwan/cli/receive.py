"""`sagwan receive`: one request from options, or many from a file."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sagwan.cli import parsing
from sagwan.cli.errors import Unusable
from sagwan.cli.filings import Fault, Row, read_filings
from sagwan.cli.options import HERE, At, By, HomePath, Json, Lang, Targets, TargetsFile
from sagwan.cli.output import progress, say, say_json, say_table
from sagwan.cli.queue import tally
from sagwan.cli.receipt import write_receipts
from sagwan.cli.wiring import Office, open_office
from sagwan.law.errors import NotInForce, UnknownInstrument
from sagwan.law.finding import Finding
from sagwan.record.errors import SagwanError
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
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="Many requests: a .csv or .jsonl file.")
    ] = None,
    good_rows: Annotated[
        bool, typer.Option("--good-rows", help="Take the rows of the file that are right, not all or none.")
    ] = False,
    allow_duplicates: Annotated[
        bool, typer.Option("--allow-duplicates", help="Take rows of one authority and case number twice.")
    ] = False,
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
      sagwan receive --file requests.jsonl --good-rows --json --by kim

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
    At most 20,000 rows and 64 MiB, in UTF-8. Every row that is wrong is told, with line and column. All
    rows are taken or none, unless you say --good-rows.

    \b
    Exit codes: 0 received; 1 rows of the file are wrong (with --good-rows: the others were taken), the
      instrument is not law that day, or your role does not allow it; 2 unusable input.
    """
    office = open_office(home)
    office.check_current()
    from sagwan.desk.casework.packs import Packs

    intake = _Intake(office, Packs(office.home), by, at, lang, as_json)
    if file is not None:
        if service or instrument or data or authority or case or target or targets_file or paper or document:
            raise Unusable("--file brings whole requests", hint="leave the other options of a request out")
        intake.file(file, good_rows, allow_duplicates)
        return
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
        done, receipts = self._take([filing], [contents])
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

    def file(self, file: Path, good_rows: bool, allow_duplicates: bool) -> None:
        rows = self._checked(read_filings(file, self.office.home.jurisdiction), allow_duplicates)
        good = [row for row in rows if row.filing is not None]
        faults = [row.fault for row in rows if row.fault is not None]
        if faults and not good_rows:
            self._tell([], [], [], faults, file)
            raise typer.Exit(1)
        filings = [row.filing for row in good if row.filing is not None]
        done, receipts = self._take(filings) if filings else ([], [])
        self._tell(good, done, receipts, faults, file)
        if faults:
            raise typer.Exit(1)

    def _take(
        self, filings: list[Filing], contents: Sequence[tuple[bytes, ...]] = ()
    ) -> "tuple[list[Done], list[Path]]":
        from sagwan.desk.casework.intake import receive_all

        with progress("receiving") as tick:
            moment = self.office.now(self.at)
            done = receive_all(
                self.office.desk, filings, actor=self.by, at=moment, contents=contents, progress=tick
            )
        with progress("receipts") as tick:
            return done, write_receipts(self.office, done, tick)

    def _checked(self, rows: list[Row], allow_duplicates: bool) -> list[Row]:
        """The rows with what only the home and the law of the day can say of them."""
        day, seen = self._day(), dict[tuple[str, ...], int]()
        checked = []
        for row in rows:
            if row.filing is None:
                checked.append(row)
                continue
            fault = self._fault(row, row.filing, day)
            key = (row.filing.service, row.filing.instrument, row.filing.authority, row.filing.case_number)
            if fault is None and key in seen and not allow_duplicates:
                fault = Fault(
                    row.line,
                    "case_number",
                    f"the same service, instrument, authority and case number as line {seen[key]}",
                    "take it out, or say --allow-duplicates",
                )
            seen.setdefault(key, row.line)
            checked.append(row if fault is None else Row(row.line, None, fault))
        return checked

    def _fault(self, row: Row, filing: Filing, day: date) -> Fault | None:
        services = self.office.home.services
        if filing.service not in services:
            problem = f"{filing.service!r} is not a service of this provider"
            return Fault(row.line, "service", problem, ", ".join(services))
        try:
            self.packs.current(filing.jurisdiction).instrument_on(filing.instrument, day)
        except (UnknownInstrument, NotInForce) as error:
            return Fault(row.line, "instrument", error.message, error.hint)
        except SagwanError as error:
            return Fault(row.line, "jurisdiction", error.message, error.hint)
        return None

    def _tell(
        self, rows: list[Row], done: "list[Done]", receipts: list[Path], faults: Iterable[Fault], file: Path
    ) -> None:
        faults = list(faults)
        taken = [(row, one, path) for row, one, path in zip(rows, done, receipts, strict=True)]
        codes = [[f.code for f in self._findings(row.filing)] if row.filing else [] for row, _, _ in taken]
        if self.as_json:
            say_json(
                {
                    "received": [
                        {"line": row.line, "number": one.request, "receipt": str(path), "findings": found}
                        for (row, one, path), found in zip(taken, codes, strict=True)
                    ],
                    "refused": [
                        {"line": f.line, "column": f.column, "problem": f.problem, "hint": f.hint}
                        for f in faults
                    ],
                }
            )
            return
        for fault in faults:
            where = f"{file}, line {fault.line}" + (f", column {fault.column}" if fault.column else "")
            say(f"{where}: {fault.problem}" + (f" ({fault.hint})" if fault.hint else ""))
        if taken:
            table = [
                (row.line, one.request, ", ".join(tally(found)))
                for (row, one, _), found in zip(taken, codes, strict=True)
            ]
            say_table(("line", "number", "findings"), table)
        say(f"{len(taken):,} received, {len(faults):,} refused")
        if faults and not taken:
            say("Nothing was taken: mend the rows, or take the others with --good-rows.")

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
