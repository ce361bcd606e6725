"""`sagwan serve`: the desk, for browsers."""

import os
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from sagwan.cli.errors import Unusable
from sagwan.cli.options import HERE, HomePath
from sagwan.cli.output import say
from sagwan.cli.wiring import Office, open_office
from sagwan.publish.upload import plan

if TYPE_CHECKING:
    from sagwan.desk.web.server import DeskServer

Server = TypeVar("Server")


def serve(
    port: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, max=65535, help="Instead of the config's port; 0 takes a free one."),
    ] = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Let in as anyone, by a click; only in a synthetic home.")
    ] = False,
    home: HomePath = HERE,
) -> None:
    """Serve the desk, until Ctrl-C or SIGTERM.

    Without a host in the config's [web] table only this machine reaches it, by plain http. With one it waits
    behind a proxy that brings https: docs/how-to/run-in-production.md. /healthz answers whether it is well.
    --demo opens a door without locks, and is refused unless all in the home is invented and only this machine
    reaches it.

    \b
    Examples:
      sagwan serve
      sagwan serve --port 8200
      sagwan serve --demo --home sagwan-demo/naver

    \b
    Exit codes: 0 stopped with SIGTERM; 130 stopped with Ctrl-C; 1 refused: the home must be recovered first,
      or is no place for --demo; 2 the home cannot be read, or the port is taken.
    """
    office = open_office(home)
    office.check_current()
    if demo:
        from sagwan.desk.web.signin.door import open_door  # noqa: PLC0415 - needs an open home

        open_door()
    from sagwan.desk.tick.thread import ticking_beside  # noqa: PLC0415 - needs an open home

    server, address = desk_server(office, port)
    with ticking_beside(office.desk):
        server.serve_forever(lambda: say(f"{address}/ (Ctrl-C stops it)"))


def desk_server(office: Office, port: int | None) -> "tuple[DeskServer, str]":
    """The server of an open home, bound to its port, and where browsers reach it.

    Raise Unusable where the port is taken.
    """
    from sagwan.desk.web.config import web_config  # noqa: PLC0415 - needs an open home
    from sagwan.desk.web.server import DeskServer  # noqa: PLC0415

    config = web_config(office.home)
    server = _bound(lambda number: DeskServer(config, number), config.port if port is None else port)
    return server, config.address if config.secure else f"http://localhost:{server.port}"


class _Static(SimpleHTTPRequestHandler):
    """Published files, as a static host would serve them: the log's with the types of C2SP tlog-tiles.

    Nothing may be kept for long, as it may elsewhere: tomorrow another demo stands at this address.
    """

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        below = "/" + Path(path).relative_to(self.directory).as_posix()
        _, log, file = below.rpartition("/log/")
        return plan(f"log/{file}").content_type if log else super().guess_type(path)

    def end_headers(self) -> None:
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Who reads what is nobody's business."""


def folder_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of static files on 127.0.0.1; port 0 takes a free one. Raise Unusable where it is taken."""
    handler = partial(_Static, directory=str(folder))
    return _bound(lambda number: ThreadingHTTPServer(("127.0.0.1", number), handler), port)


def _bound(make: Callable[[int], Server], port: int) -> Server:
    try:
        return make(port)
    except OSError as error:
        raise Unusable(
            f"port {port} cannot be used: {error.strerror}", hint="name another one with --port"
        ) from None
