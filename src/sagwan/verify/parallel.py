"""The same work in as many processes as there are cores, where it is large enough to pay for them."""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

PAYS_FROM = 200_000
"""Lines or entries below which one process is quicker."""

T = TypeVar("T")
R = TypeVar("R")


def map_in_order(
    function: Callable[[T], R], tasks: Iterable[T], size: int, *, threads: bool = False
) -> Iterator[R]:
    """Results in the order of `tasks`, which are taken as they are needed, a few ahead.

    `size` is how many lines or entries there are altogether. `function` and its values must be picklable,
    unless `threads` do the work, as is right for a function that leaves the interpreter's lock to others.
    """
    workers = os.cpu_count() or 1
    if size < PAYS_FROM or workers == 1:
        yield from map(function, tasks)
        return
    # Imported only here: half of the time that a small folder takes.
    from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor  # noqa: PLC0415

    # What a process of ours makes holds no cycles, and many small objects that a search would go through.
    pool = ThreadPoolExecutor(workers) if threads else ProcessPoolExecutor(workers, initializer=gc.disable)
    with pool:
        waiting: deque[Future[R]] = deque()
        try:
            for task in tasks:
                waiting.append(pool.submit(function, task))
                if len(waiting) > 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
