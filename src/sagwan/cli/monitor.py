"""`sagwan monitor`: watch published logs, from cron or by hand."""

from pathlib import Path
from typing import Annotated

import typer

from sagwan.cli.errors import Unusable
from sagwan.cli.options import Json, Keys, Lang, PolicyFile
from sagwan.cli.output import progress, say, say_json
from sagwan.cli.trust import trust_of
from sagwan.monitor import Level, Monitor, Rules, Visit
from sagwan.verify.errors import SourceError
from sagwan.verify.source import NOTE_LIMIT, open_source, read_file

_SIGNS = {Level.NOTE: "·", Level.UNREACHABLE: "–", Level.ALARM: "✗"}


def monitor(
    urls: Annotated[
        list[str], typer.Argument(metavar="URL…", help="Published folders: addresses, or paths.")
    ],
    state: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Where it keeps what it saw, its log and its feed.")
    ] = Path("sagwan-monitor"),
    key: Keys = None,
    policy: PolicyFile = None,
    due: Annotated[
        int, typer.Option(metavar="DAYS", min=0, help="When a report is due, after its half-year's end.")
    ] = 60,
    against: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NOTE",
            help="A checkpoint that others were shown: a file, or an address; may be given again.",
        ),
    ] = None,
    recount: Annotated[
        bool, typer.Option("--recount/--no-recount", help="Make the whole recount of each new report.")
    ] = True,
    lang: Lang = "en",
    as_json: Json = False,
) -> None:
    """Watch logs: do they grow consistently, do reports appear when due, does none change?

    Looks at each log once and compares with the last visit; run it from cron. Prints what is new, appends
    it to FOLDER/monitor.log, and writes FOLDER/feed.xml (Korean: feed.ko.xml) for a feed reader. What shows
    two views of a log is kept in the log's evidence folder, and that alarm stands until you move it away.

    \b
    Examples:
      sagwan monitor https://transparency.example/kakao --key kakao.keys --policy witnesses.txt
      sagwan monitor https://a.example/ https://b.example/ --state /var/lib/sagwan-monitor
      sagwan monitor https://a.example/ --against colleague.note

    \b
    Exit codes: 0 nothing is wrong; 1 an alarm stands; 2 unusable input; 4 a log could not be read.
    """
    if lang not in ("en", "ko"):
        raise Unusable(f"{lang!r} is not a language here", hint="en or ko")
    trust = trust_of(key, policy)
    notes = [(name, _note(name)) for name in against or ()]
    rules = Rules(trust, due_days=due, recount=recount, against=notes)
    with progress("watching") as tick:
        visit = Monitor(state).visit(list(dict.fromkeys(urls)), rules, progress=tick)
    if as_json:
        say_json(_document(visit))
    else:
        _say(visit, lang)
    if visit.exit_code:
        raise typer.Exit(visit.exit_code)


def _document(visit: Visit) -> dict[str, object]:
    new = [
        {"at": one.at, "log": one.url, "level": one.level, "what": one.name, "text": one.text}
        for one in visit.new
    ]
    return {"new": new, "standing": visit.standing}


def _say(visit: Visit, lang: str) -> None:
    for one in visit.new:
        say(f"{_SIGNS[Level(one.level)]} {one.url}: {one.text[lang]}")
    told = {(one.url, one.name) for one in visit.new}
    for url, alarms in visit.standing.items():
        for name, text in alarms.items():
            if (url, name) not in told:
                still = {"en": "still", "ko": "여전히"}[lang]
                say(f"✗ {url}: {still}: {text[lang]}")
    if not visit.new and not any(visit.standing.values()):
        say({"en": "nothing new, nothing wrong", "ko": "새로운 것도, 잘못된 것도 없습니다"}[lang])


def _note(name: str) -> bytes:
    """A signed note from a file or an address."""
    if "://" not in name:
        try:
            return Path(name).read_bytes()[:NOTE_LIMIT]
        except OSError as error:
            raise Unusable(f"{name} cannot be read: {error}", hint="name a checkpoint's file") from None
    folder, _, file = name.rpartition("/")
    with open_source(folder) as source:
        source.fetch([file], NOTE_LIMIT)
        if not (source.root / file).exists():
            raise SourceError(f"{name} is not there", hint="name a checkpoint's address")
        return read_file(source.root, file, NOTE_LIMIT)
