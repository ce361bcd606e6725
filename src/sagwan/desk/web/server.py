"""The desk as a server: waitress, one process with threads.

waitress takes in whole requests before a thread is busy with them, bounds their size, and believes a proxy's
word on client and scheme only where the proxy's address is named. One process, since what throttles
sign-ins is kept in its memory.
"""

import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

from django.core.checks import run_checks
from django.core.checks.messages import ERROR
from django.core.handlers.wsgi import WSGIHandler
from waitress import wasyncore
from waitress.server import create_server

from sagwan.desk import setup
from sagwan.desk.casework import bands
from sagwan.desk.intake.settings import home_settings
from sagwan.desk.vault.productions import store
from sagwan.desk.web.config import WebConfig
from sagwan.record.errors import SagwanError


class NotReady(SagwanError):
    """The desk would not be safe to serve as it is set up."""


class DeskServer:
    """Serves until it is told to stop; then takes no new request, and those that have begun get 5 seconds."""

    def __init__(self, config: WebConfig, port: int | None = None) -> None:
        """Bind, after what a killed server left of clear files was destroyed; port 0 takes a free one.

        Raise OSError where the port is taken, NotReady where a check fails.
        """
        home = setup.current().home
        store.sweep(home)
        store.sweep_uploads(home)
        check()
        proxied: dict[str, Any] = {
            "trusted_proxy": config.behind_proxy,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        }
        self._sockets: dict[int, Any] = {}
        self._server = create_server(
            WSGIHandler(),
            map=self._sockets,
            sockets=[_bound(config.listen, config.port if port is None else port)],
            threads=config.threads,
            max_request_body_size=config.max_body_mb * 1024 * 1024,
            channel_timeout=60,
            clear_untrusted_proxy_headers=True,
            ident=None,
            **(proxied if config.behind_proxy else {}),
        )
        self.port: int = self._server.socket.getsockname()[1]
        self._ending = _Ending(self._sockets)
        self._signal = 0

    def serve_forever(self, ready: Callable[[], None] = lambda: None) -> None:
        """Serve until `stop`, SIGTERM or Ctrl-C; the last goes on as KeyboardInterrupt.

        `ready` is called once signals are heeded.
        """
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, self._told)
        ready()
        self._server.run()  # ends at SystemExit, after the requests that have begun
        self.close()
        if self._signal == signal.SIGINT:
            raise KeyboardInterrupt

    def stop(self) -> None:
        """End `serve_forever`, from another thread; nothing where it has ended already."""
        self._ending.tell()

    def close(self) -> None:
        """Give the port back where `serve_forever` was never called."""
        wasyncore.close_all(self._sockets)

    def _told(self, number: int, frame: FrameType | None) -> None:
        self._signal = number
        raise SystemExit


class _Ending(wasyncore.dispatcher):
    """Ends the loop that watches it, in the loop's own thread, as a signal would.

    waitress's trigger will not do: an answer just sent pulls it too, and what was handed to it to close
    everything is then run before the hand-over is through.
    """

    def __init__(self, sockets: dict[int, Any]) -> None:
        heard, self._told = socket.socketpair()
        super().__init__(heard, sockets)

    def tell(self) -> None:
        with suppress(OSError):  # closed: the loop has ended
            self._told.send(b"x")

    def handle_read(self) -> None:
        raise SystemExit

    def writable(self) -> bool:
        return False

    def close(self) -> None:
        super().close()
        self._told.close()


def _bound(address: str, port: int) -> socket.socket:
    """A bound socket, closed again where it cannot be bound; waitress would leave it open."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return socket.create_server((address, port), family=family)


def check() -> None:
    """Django's own checks and ours, and the settings that are read later.

    Raise NotReady where a check finds an error, UnusableSettings for a slip in `[intake]`, LawPackError for
    one in `[bands]`.
    """
    home = setup.current().home
    home_settings(home)
    bands.check_options(home)
    found = [message for message in run_checks() if message.level >= ERROR]
    if found:
        raise NotReady(
            f"the desk cannot be served: {found[0].msg}", hint=str(found[0].hint or "look at its views")
        )
