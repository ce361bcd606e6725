"""`sagwan demo`: the first half of 2016 for two providers, from the first request to the last page."""
# ruff: noqa: PLC0415 - what a step needs is imported when it begins

import multiprocessing
import shutil
import socket
import sys
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from multiprocessing.queues import Queue
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sagwan.cli.errors import Refused, Unusable
from sagwan.cli.output import say
from sagwan.record.errors import SagwanError
from sagwan.record.period import Period

if TYPE_CHECKING:
    from sagwan.cli.wiring import Office
    from sagwan.demo.model import Provider, Scenario
    from sagwan.demo.people import Cast

PERIOD = Period(2016, 1)
MARKER = ".sagwan-demo"
DESK = "kakao"
"""Whose desk is served."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a provider's process tells: days played, a word on what it does, or how it ended."""

    provider: str
    days: int = 0
    doing: str = ""
    key: str = ""
    error: str = ""


def demo(
    folder: Annotated[
        Path, typer.Option(metavar="PATH", help="Where the demo's homes and its site are made.")
    ] = Path("sagwan-demo"),
    serve: Annotated[
        bool,
        typer.Option("--serve/--no-serve", help="Serve pages and desk when all is done, until Ctrl-C."),
    ] = True,
    port: Annotated[
        int, typer.Option(metavar="PORT", min=1, max=65535, help="The port of the public pages.")
    ] = 8000,
    desk_port: Annotated[
        int, typer.Option(metavar="PORT", min=1, max=65535, help="The port of Kakao's desk.")
    ] = 8001,
) -> None:
    """Replay the first half of 2016 for Kakao and Naver, publish, verify and compare it.

    15,111 requests that are invented, with totals that are the published ones, go through the same actions
    as a real desk's, each provider in a home and a process of its own, and are sealed day by day. Then both
    half-years are published, recounted by `verify`, and compared with what newspapers printed.

    At the end two addresses are served to this machine: the public pages, and Kakao's desk on a day of August
    2016, with a request at every stage, where a click lets you in as anyone.

    The folder is made anew each time; a folder that no demo made is left alone.

    \b
    Examples:
      sagwan demo
      sagwan demo --no-serve --folder /tmp/sagwan-demo

    \b
    Exit codes: 0 both verdicts hold; 1 one does not; 2 the folder or a port cannot be used.
    """
    started = time.monotonic()
    for number in (port, desk_port) if serve else ():
        _check_free(number)
    _prepare(folder)
    keys = _replay(folder)
    site = folder / "site"
    verdicts = [_verify(site / provider, key) for provider, key in keys.items()]
    _compare(site)
    say(f"Everything above took {time.monotonic() - started:.0f} s. It lies in {folder}/.")
    if not all(verdicts):
        raise Refused("a verdict does not hold", hint=f"sagwan verify {site}/kakao tells which check")
    _advise(folder, keys)
    if serve:
        _serve(site, port, folder / DESK, desk_port)


def _check_free(port: int) -> None:
    """Say before the work, not after it, that a port is taken."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        raise Unusable(
            f"port {port} cannot be used: {error.strerror}", hint="name others with --port and --desk-port"
        ) from None


def _prepare(folder: Path) -> None:
    """An empty folder of ours; an earlier demo's is replaced."""
    if folder.exists() and not (folder / MARKER).exists() and any(folder.iterdir()):
        raise Unusable(f"{folder} was not made by a demo", hint="name another folder with --folder")
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "site").mkdir(parents=True)
    (folder / MARKER).write_text("Made by `sagwan demo`; it may be deleted.\n", "utf-8")


def _replay(folder: Path) -> dict[str, str]:
    """Both providers at once; return each one's log key."""
    from sagwan.demo.scenario import load

    scenario = load(_scenario())
    names = {provider.slug: provider.name["en"] for provider in scenario.providers.values()}
    days = (scenario.period.last_day - scenario.period.first_day).days + 1
    counts = {slug: scenario.requests(slug) for slug in names}
    say(f"Replaying {scenario.period}: {sum(counts.values()):,} synthetic requests, sealed day by day.")
    context = multiprocessing.get_context("spawn")
    queue: Queue[Told] = context.Queue()
    workers = {
        slug: context.Process(target=play, args=(folder.absolute(), slug, queue), daemon=True)
        for slug in names
    }
    for worker in workers.values():
        worker.start()
    try:
        titles = {slug: f"{name}: {counts[slug]:,} requests" for slug, name in names.items()}
        return _follow(queue, workers, titles, days)
    finally:
        for worker in workers.values():
            worker.terminate()
            worker.join()


def _follow(queue: "Queue[Told]", workers: dict, titles: dict[str, str], days: int) -> dict[str, str]:
    """Show both bars until both are done; raise what a provider's process failed with."""
    from queue import Empty

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    keys: dict[str, str] = {}
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("days {task.fields[doing]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as bars:
        tasks = {slug: bars.add_task(title, total=days, doing="") for slug, title in titles.items()}
        while len(keys) < len(workers):
            try:
                told = queue.get(timeout=1)
            except Empty:
                _check_alive(workers, keys)
                continue
            if told.error:
                raise Refused(f"{told.provider}: {told.error}")
            bars.update(tasks[told.provider], advance=told.days, doing=told.doing)
            if told.key:
                keys[told.provider] = told.key
    return {slug: keys[slug] for slug in workers}


def _check_alive(workers: dict, keys: dict[str, str]) -> None:
    for slug, worker in workers.items():
        if slug not in keys and worker.exitcode not in (None, 0):
            raise Refused(
                f"{slug}'s process ended with {worker.exitcode}", hint="is there memory and disk left?"
            )


def play(folder: Path, provider: str, queue: "Queue[Told]") -> None:
    """A provider's half-year, in a process of its own: home, replay, report."""
    try:
        queue.put(Told(provider, key=_half_year(folder, provider, queue)))
    except SagwanError as error:
        queue.put(Told(provider, error=str(error)))
    except OSError as error:
        queue.put(Told(provider, error=f"{error.filename or ''} {error.strerror or error}".strip()))


def _half_year(folder: Path, slug: str, queue: "Queue[Told]") -> str:
    """Home, people, half-year, report; then the requests that are open on the example's day."""
    from sagwan.cli.wiring import open_office
    from sagwan.demo.people import cast_of
    from sagwan.demo.scenario import load

    scenario = load(_scenario())
    provider, cast = scenario.provider(slug), cast_of(scenario.provider(slug))
    office = open_office(_new_home(folder / slug, provider, scenario))

    from sagwan.demo.replay import replay
    from sagwan.demo.settling import settle

    settle(office.desk, cast)
    replay(
        office.desk,
        scenario,
        slug,
        seal=office.sealer().run,
        officials=cast.filers(),
        progress=lambda steps: queue.put(Told(slug, days=1)),
    )
    queue.put(Told(slug, doing="· publishing"))
    _publish(office, folder / "site" / slug)
    _sample_receipt(office, folder / f"{slug}.receipt")
    queue.put(Told(slug, doing="· setting the desk"))
    _set_desk(office, scenario, cast)
    return str(office.log_key().verifier)


def _new_home(path: Path, provider: "Provider", scenario: "Scenario") -> Path:
    """A synthetic home whose clock begins on the example's day."""
    from sagwan.cli.init import make_home
    from sagwan.compare.names import NAMES
    from sagwan.demo.scenes import load_scenes
    from sagwan.desk.home import home_from

    behind = datetime.now(UTC) - load_scenes(scenario.zone).today
    home = home_from(
        path,
        {
            "provider": provider.slug,
            "names": dict(provider.name),
            "services": {service: dict(NAMES[service]) for service in provider.services},
            "origin": f"demo.invalid/{provider.slug}",
            "synthetic": True,
            "clock_behind": int(behind.total_seconds()),
            "policy": {
                "voluntary": {"instrument": "subscriber-information", "reason": "no-legal-obligation"}
            },
        },
        "demo",
    )
    make_home(home, [])
    return path


def _set_desk(office: "Office", scenario: "Scenario", cast: "Cast") -> None:
    """What a visitor of the desk finds: a request for each thing that happens, sealed as it came."""
    from sagwan.demo.scenes import load_scenes
    from sagwan.demo.staging import stage

    scenes = load_scenes(scenario.zone)
    stage(office.desk, scenario, cast, scenes, tuple(office.home.services))
    office.sealer().run(scenes.today)


def _publish(office, out: Path) -> None:
    from sagwan.cli.wiring import page_maker
    from sagwan.publish.publish import publish

    counsel, approver = _two_people()
    published_at = datetime(2016, 8, 3, 9, tzinfo=office.home.zone)
    reporting = office.reporting(counsel, published_at, approved_by=approver)
    publish(PERIOD, office.profile(), reporting, out, office.home.log_path, page_maker(PERIOD))


def _two_people() -> tuple[str, str]:
    """A counsel and an approver of the home that is open."""
    from sagwan.desk.people.models import Person

    people = list(Person.objects.order_by("name"))
    counsel = next(person.name for person in people if person.has_role("counsel"))
    return counsel, next(p.name for p in people if p.has_role("approver") and p.name != counsel)


def _sample_receipt(office, file: Path) -> None:
    """One official's receipt, to try `verify --receipt` on."""
    from sagwan.desk.casework.models import Case
    from sagwan.desk.casework.receipts import receipt_of
    from sagwan.formats.receipt import encode_receipt

    number = Case.objects.order_by("received_at", "number").values_list("number", flat=True)[0]
    file.write_bytes(encode_receipt(receipt_of(office.desk, office.receipts_key(), number)))


def _scenario() -> bytes:
    return files("sagwan.demo").joinpath("scenario.toml").read_bytes()


def _verify(published: Path, key: str) -> bool:
    """Recount a published folder as a reader who has the key from elsewhere would; print the verdict."""
    from sagwan.cli.verify import say_verdict
    from sagwan.verify import Trust, verify

    say("")
    verdict = verify(published, trust=Trust(key=key))
    say_verdict(verdict)
    return verdict.holds


def _compare(site: Path) -> None:
    """Set the half-year's published figures side by side: as a table here, as pages in `site`."""
    from sagwan.cli.compare import say_comparison
    from sagwan.cli.wiring import labels
    from sagwan.compare import compare, load_packaged
    from sagwan.compare.site import Folder, build_site

    say("")
    comparison = compare(load_packaged(), str(PERIOD))
    say_comparison(comparison)
    folders = [Folder(slug, str(PERIOD), f"{slug}/", synthetic=True) for slug in ("kakao", "naver")]
    build_site(comparison, folders, site, labels=labels(PERIOD))


def _advise(folder: Path, keys: dict[str, str]) -> None:
    program = "sagwan" if shutil.which("sagwan") else sys.argv[0]
    say("")
    say("Try next:")
    say(f"  {program} verify {folder}/site/kakao --key '{keys['kakao']}'")
    say(f"  {program} verify --receipt {folder}/kakao.receipt {folder}/site/kakao")
    say(f"  {program} list --home {folder}/naver")
    say(f"  {program} serve --demo --home {folder}/naver --port 8002")
    say(f"  {program} compare {PERIOD} --json")


def _serve(site: Path, port: int, home: Path, desk_port: int) -> None:
    """The public pages and one desk, until Ctrl-C. One desk only: sessions of two on one host would get in
    each other's way."""
    from sagwan.cli.serve import desk_server, folder_server
    from sagwan.cli.wiring import open_office

    office = open_office(home)
    from sagwan.desk.tick.thread import ticking_beside
    from sagwan.desk.web.signin.door import open_door

    open_door()
    desk, address = desk_server(office, desk_port)
    with folder_server(site, port) as pages:
        threading.Thread(target=pages.serve_forever, daemon=True).start()
        try:
            with ticking_beside(office.desk):
                desk.serve_forever(lambda: _say_addresses(pages.server_port, address))
        finally:
            pages.shutdown()


def _say_addresses(port: int, desk: str) -> None:
    say("")
    say(f"The public pages:                http://127.0.0.1:{port}/")
    say(f"Kakao's desk on 4 August 2016:   {desk}/ (one click lets you in)")
    say("Ctrl-C stops both.")
