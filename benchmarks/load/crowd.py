"""Fifty people at once, each in a thread and a session of their own, doing one thing again and again.

Nobody pauses to think: what is measured is what the server gives when everyone waits for it.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from statistics import quantiles

from benchmarks.load.browser import Browser, Form, forms_of


@dataclass(frozen=True)
class Measured:
    """`seconds` of each thing that was done, within `lasted` seconds; how many did not work."""

    what: str
    seconds: tuple[float, ...]
    lasted: float
    failed: int

    @property
    def rate(self) -> float:
        """Done, per second."""
        return len(self.seconds) / self.lasted

    @property
    def p95(self) -> float:
        """Seconds within which 95 of 100 were done."""
        return quantiles(self.seconds, n=20)[-1] if len(self.seconds) > 1 else float("nan")


Act = Callable[[Browser], float]


def measure(
    what: str, port: int, people: Sequence[str], act: Act, *, seconds: float, door: bool = True
) -> Measured:
    """Let everybody come in, then all do `act` until the time is over; what was begun is finished."""
    done: list[float] = []
    failures: list[Exception] = []
    ready = threading.Barrier(len(people) + 1)
    end = [0.0]

    def live(name: str) -> None:
        browser = Browser(port)
        try:
            if door:
                browser.enter(name)
        except Exception as error:  # whoever cannot come in must not keep the others waiting
            failures.append(error)
        ready.wait()
        try:
            while time.perf_counter() < end[0]:
                done.append(act(browser))
        except StopIteration:
            return
        except Exception as error:  # one who fails is counted and goes home
            failures.append(error)
        finally:
            browser.close()

    threads = [threading.Thread(target=live, args=(name,)) for name in people]
    for thread in threads:
        thread.start()
    began = time.perf_counter()
    end[0] = began + 3600
    ready.wait()
    began = time.perf_counter()
    end[0] = began + seconds
    for thread in threads:
        thread.join()
    if failures:
        print(f"  {what}: {len(failures)} failed, such as {failures[0]!r}")
    return Measured(what, tuple(done), time.perf_counter() - began, len(failures))


def page_of(address: str) -> Act:
    """Look at one page."""

    def look(browser: Browser) -> float:
        browser.get(address)
        return browser.seconds

    return look


def requests_of(numbers: Sequence[str]) -> Act:
    """Look at one request after the other."""
    turn, lock = cycle(numbers), threading.Lock()

    def look(browser: Browser) -> float:
        with lock:
            number = next(turn)
        browser.get(f"/request/{number}/")
        return browser.seconds

    return look


def filing() -> Act:
    """Send a warrant with three accounts that was filled in and checked; only the sending is timed."""
    turn, lock = iter(range(1, 1_000_000)), threading.Lock()

    def file(browser: Browser) -> float:
        with lock:
            number = next(turn)
        start = _main(browser.get("/portal/new/"))
        page = browser.send(
            start, {"service": "kakao", "instrument": "search-and-seizure-warrant"}, to="/portal/new/"
        )
        filled = _main(page)
        targets = "\n".join(f"load-{number}-{place}" for place in range(3))
        answers = {"case_number": f"load-{number}", "data": "access", "kind": "account", "targets": targets}
        browser.send(filled, answers, to=browser.place)
        address = browser.place
        if not address.endswith("/check/"):
            raise ValueError(f"the form was not taken: {address}")
        checked = _main(browser.get(address))
        status, moved, _ = browser.ask("POST", address, checked.filled({}))
        if status != 302 or "/portal/requests/" not in moved:
            raise ValueError(f"sending led to {status} {moved}")
        return browser.seconds

    return file


def approving(numbers: Sequence[str]) -> Act:
    """Approve one proposal after the other; only the approval itself is timed."""
    turn: Iterator[str] = iter(numbers)
    lock = threading.Lock()

    def approve(browser: Browser) -> float:
        with lock:
            number = next(turn)
        address = f"/request/{number}/approve/"
        form = _main(browser.get(address))
        status, moved, _ = browser.ask("POST", address, form.filled({"do": "approve"}))
        if status != 302 or not moved.endswith(f"/request/{number}/"):
            raise ValueError(f"approving led to {status} {moved}")
        return browser.seconds

    return approve


def _main(page: str) -> Form:
    """The form in the page's main part."""
    return next(form for form in forms_of(page.partition("<main")[2]) if form.values)
