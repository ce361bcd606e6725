"""`sagwan serve`: the desk on this machine. Its screens come later; now it answers whether it is well."""

from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from sagwan.cli.errors import Unusable
from sagwan.cli.options import HERE, HomePath
from sagwan.cli.output import say
from sagwan.cli.wiring import open_office

Server = TypeVar("Server")


def serve(
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="0 takes a free one.")] = 8100,
    home: HomePath = HERE,
) -> None:
    """Serve the desk's health check on this machine.

    At http://127.0.0.1:PORT/healthz, until Ctrl-C. Nobody outside this machine can reach it.

    \b
    Example:
      sagwan serve --port 8100

    \b
    Exit codes: 130 stopped with Ctrl-C; 2 the home cannot be read, or the port is taken.
    """
    open_office(home)
    from sagwan.desk.web.server import desk_server  # noqa: PLC0415 - needs an open home

    with _bound(desk_server, port) as server:
        say(f"http://127.0.0.1:{server.server_port}/healthz (Ctrl-C stops it)")
        server.serve_forever()


class _Static(SimpleHTTPRequestHandler):
    """Published files, as a static host would serve them."""

    def end_headers(self) -> None:
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Who reads what is nobody's business."""


def serve_folder(folder: Path, port: int) -> None:
    """Serve static files on 127.0.0.1 until Ctrl-C; port 0 takes a free one.

    Raise Unusable where the port is taken.
    """
    handler = partial(_Static, directory=str(folder))
    with _bound(lambda number: ThreadingHTTPServer(("127.0.0.1", number), handler), port) as server:
        say(f"http://127.0.0.1:{server.server_port}/ (Ctrl-C stops it)")
        server.serve_forever()


def _bound(make: Callable[[int], Server], port: int) -> Server:
    try:
        return make(port)
    except OSError as error:
        raise Unusable(
            f"port {port} cannot be used: {error.strerror}", hint="name another one with --port"
        ) from None
