"""`sagwan show`: one request, as far as the one who looks may see it."""
# ruff: noqa: PLC0415 - Django's models can be imported only once a home is open

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sagwan.cli import parsing
from sagwan.cli.errors import Unusable
from sagwan.cli.options import HERE, At, HomePath, Json, Lang, Number
from sagwan.cli.output import say, say_json, say_table
from sagwan.cli.wiring import Office, open_office

if TYPE_CHECKING:
    from sagwan.desk.casework.queries import Story
    from sagwan.law.finding import Finding


def show(
    number: Number,
    private: Annotated[
        bool, typer.Option("--private", help="Show authority, case number, targets and texts too.")
    ] = False,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            envvar="SAGWAN_PERSON",
            metavar="NAME",
            help="Who looks; with --private.",
            show_envvar=False,
        ),
    ] = "",
    home: HomePath = HERE,
    at: At = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> None:
    """Show one request: state, findings, events, sealed lines.

    With --private also what is private; that you looked is recorded before anything is shown.

    \b
    Examples:
      sagwan show 3f0c9a1be2d84756
      sagwan show 3f0c9a1be2d84756 --private --by kim --json

    \b
    Exit codes: 0; 1 there is no such request, or you may not look; 2 unusable input.
    """
    office = open_office(home)
    from sagwan.desk.casework import queries
    from sagwan.desk.casework.access import record_access
    from sagwan.desk.casework.packs import Packs

    number = parsing.number(number)
    found = queries.story(office.desk, number)
    if private:
        office.check_current()
        if not by:
            raise Unusable("--by is missing", hint="say who looks: it is recorded")
        details = {"request": number}
        record_access(office.desk, person=by, what="Viewed", details=details, at=office.now(at))
    findings = queries.findings(office.desk, Packs(office.home), found.received, found.progress.received_at)
    document = _document(office, found, findings, private, lang)
    if as_json:
        say_json(document)
    else:
        _tell(document)


def _document(
    office: Office, story: "Story", findings: "tuple[Finding, ...] | None", private: bool, lang: str
) -> dict[str, Any]:
    state, progress = story.progress.state, story.progress
    zone = office.home.zone
    document: dict[str, Any] = {
        "number": story.number,
        "stage": state.stage,
        "service": state.service,
        "jurisdiction": state.jurisdiction,
        "instrument": state.instrument,
        "received-at": progress.received_at.astimezone(zone).isoformat(),
        "pending": _public(state.pending) if state.pending else None,
        "proposed-by": state.proposed_by or None,
        "pack": state.pack,
        "synthetic": state.synthetic,
        "findings": _findings(progress.findings, findings, private, lang),
        "events": [
            {"seq": s.seq, "type": s.type, "at": s.at.astimezone(zone).isoformat(), "by": s.actor}
            for s, _ in story.events
        ],
        "lines": [
            {
                "line": n,
                "kind": line.kind,
                "outcome": line.outcome,
                "reason": line.reason or None,
                "data": list(line.data),
                "accounts": line.accounts,
                "marks": list(line.marks),
                "replaces": line.replaces,
                "superseded": line.superseded,
                "log-index": story.indexes.get(n),
            }
            for n, line in enumerate(state.lines)
        ],
    }
    if private:
        document["private"] = _private(story)
    return document


def _public(proposal: object) -> dict[str, Any]:
    return {"type": type(proposal).__name__, **asdict(proposal)}  # type: ignore[call-overload]


def _findings(
    codes: tuple[str, ...], findings: "tuple[Finding, ...] | None", private: bool, lang: str
) -> list[dict[str, Any]]:
    """Code and citation; the sentence, which may hold private values, only for those who may look."""
    if findings is None:
        return [{"code": code} for code in codes]
    return [
        {
            "code": finding.code,
            "key": finding.key,
            "severity": finding.severity,
            "citation": finding.citation.text(lang) if finding.citation else None,
        }
        | ({"sentence": finding.sentence(lang)} if private else {})
        for finding in findings
    ]


def _private(story: "Story") -> dict[str, Any]:
    received = story.received
    ledger = received.ledger
    texts = []
    for stored, event in story.events:
        matter = getattr(event, "matter", None)
        if matter is not None:
            named = [f"{target.kind}:{target.value}" for target in matter.targets]
            files = [f"{document.digest} {document.name}" for document in matter.documents]
            part = {"text": matter.text, "targets": named, "documents": files}
            texts.append({"seq": stored.seq, "type": stored.type, **part})
    return {
        "ledger": None if ledger is None else {**asdict(ledger), "paper": dict(ledger.paper)},
        "matter": texts,
        "destroyed": [
            name for name, gone in (("ledger", ledger is None), ("matter", _matter_gone(story))) if gone
        ],
    }


def _matter_gone(story: "Story") -> bool:
    return any(s.matter is not None and getattr(e, "matter", None) is None for s, e in story.events)


def _tell(document: dict[str, Any]) -> None:
    for name in ("number", "stage", "service", "instrument", "received-at", "pending", "proposed-by"):
        if document[name] is not None:
            say(f"{name + ':':14}{document[name]}")
    if document["synthetic"]:
        say("synthetic:    yes")
    for finding in document["findings"]:
        key = finding.get("key", finding["code"])
        words = f"{key}: {finding['sentence']}" if "sentence" in finding else key
        cited = f" [{finding['citation']}]" if finding.get("citation") and "sentence" not in finding else ""
        say(f"finding:      {finding.get('severity', '?')}: {words}{cited}")
    say()
    say_table(
        ("event", "at", "by", "what"), [(e["seq"], e["at"], e["by"], e["type"]) for e in document["events"]]
    )
    say()
    rows = [
        (
            line["line"],
            line["kind"] + (" (superseded)" if line["superseded"] else ""),
            line["outcome"],
            line["reason"],
            ",".join(line["data"]),
            line["accounts"],
            ",".join(line["marks"]),
            "waits" if line["log-index"] is None else str(line["log-index"]),
        )
        for line in document["lines"]
    ]
    say_table(("line", "kind", "outcome", "reason", "data", "accounts", "marks", "log index"), rows)
    if "private" in document:
        _tell_private(document["private"])


def _tell_private(private: dict[str, Any]) -> None:
    say()
    for name in private["destroyed"]:
        say(f"{name}: destroyed")
    if private["ledger"]:
        ledger = private["ledger"]
        say(f"authority:    {ledger['authority']}")
        say(f"case number:  {ledger['case_number']}")
        for official in ledger["officials"]:
            say(f"official:     {official}")
        for slug, value in ledger["paper"].items():
            say(f"paper:        {slug} = {value}")
    for part in private["matter"]:
        for target in part["targets"]:
            say(f"target:       {target} (event {part['seq']})")
        for document in part["documents"]:
            say(f"document:     {document} (event {part['seq']})")
        if part["text"]:
            say(f"text:         {part['text']} (event {part['seq']})")
