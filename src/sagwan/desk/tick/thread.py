"""The server's own timer: what falls due is done each minute, beside the requests of browsers.

The log key never comes into the server's process: when a batch is due, the sealer is started as a process of
its own.
"""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connections

from sagwan.desk.clock import time_at
from sagwan.desk.journal.locks import TickBusy
from sagwan.desk.setup import Desk
from sagwan.desk.tick.config import tick_config
from sagwan.desk.tick.run import Ticked, tick
from sagwan.record.errors import SagwanError

logger = logging.getLogger("sagwan.tick")

EVERY = 60.0
"""Seconds from the end of one run to the next."""
PATIENCE = 600
"""Seconds that the sealer may take."""


class SealerFailed(SagwanError):
    """The sealer's process ended with an error."""


@contextmanager
def ticking_beside(desk: Desk, every: float = EVERY) -> Iterator[None]:
    """Run what falls due now and then, until the end; nothing where the home says that a timer does."""
    if not tick_config(desk.home).in_server:
        yield
        return
    over = threading.Event()
    thread = threading.Thread(target=_run, args=(desk, over, every), name="tick", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=EVERY)  # one that is killed in between is finished by the next


def _run(desk: Desk, over: threading.Event, every: float) -> None:
    while not over.is_set():
        once(desk)
        over.wait(every)


def once(desk: Desk) -> Ticked | None:
    """One run; what goes wrong is told in the log, and does not stop the server."""
    try:
        done = tick(desk, time_at(desk.home), seal=_sealing(desk))
    except TickBusy:
        return None
    except Exception as error:  # a timer that dies is noticed too late
        logger.error("a run of tick broke off: %s", type(error).__name__)
        return None
    finally:
        connections.close_all()
    for what, why in done.failed:
        logger.error("%s could not be done, and is tried again: %s", what, why)
    return done


def _sealing(desk: Desk) -> Callable[[datetime], object] | None:
    """The sealer as a process; None where the home leaves it to a timer, or its key is not for this user."""
    key = desk.home.keys / "log.key"
    try:
        with key.open("rb"):
            readable = True
    except OSError:
        readable = False
    if not (readable and tick_config(desk.home).seal):
        return None

    def seal(now: datetime) -> object:
        command = [sys.executable, "-m", "sagwan", "seal", "--json", "--home", str(desk.home.path.resolve())]
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter, module and home
                command, capture_output=True, text=True, check=False, timeout=PATIENCE
            )
        except subprocess.TimeoutExpired:
            raise SealerFailed(f"the sealer took more than {PATIENCE} seconds") from None
        if done.returncode:
            raise SealerFailed(" ".join(done.stderr.split()) or f"the sealer ended with {done.returncode}")
        return done.stdout

    return seal
