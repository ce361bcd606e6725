"""Who does the heavy parts of the recount: the exact code in processes, or compiled loops in threads."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from sagwan.verify import lines, lives, parallel, tree
from sagwan.verify.lines import Counted
from sagwan.verify.verdict import Failure

T = TypeVar("T")
R = TypeVar("R")


class MapInOrder(Protocol):
    def __call__(self, function: Callable[[T], R], tasks: Iterable[T], size: int) -> Iterator[R]: ...


@dataclass(frozen=True, slots=True)
class Work:
    """The heavy parts, each a pure function of the files; `name` says whose SHA-256 it is."""

    name: str
    hash_chunk: Callable[[tree.Task], tree.Hashed]
    count_part: Callable[[lines.Task], Counted]
    count_lines: lines.CountLines
    follow: Callable[[lives.Partition], tuple[list[Failure], int]]
    map_in_order: MapInOrder


PYTHON = Work(
    "hashlib", tree.hash_chunk, lines.count_part, lines.count_lines, lives.follow, parallel.map_in_order
)


def fast() -> Work:
    """The compiled loops of the extra `sagwan[fast]`; raise ImportError, OSError or AttributeError."""
    from sagwan.verify.fast import work  # noqa: PLC0415 - an extra

    work.check()
    threads = partial(parallel.map_in_order, threads=True)
    return Work("libcrypto", work.hash_chunk, work.count_part, work.count_lines, work.follow, threads)
