"""Who does the heavy parts of the recount: the exact code in processes, or compiled loops in threads."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import Protocol, TypeVar

from sagwan.record.errors import SagwanError
from sagwan.verify import lines, lives, parallel, tree
from sagwan.verify.lines import Counted
from sagwan.verify.verdict import Failure

T = TypeVar("T")
R = TypeVar("R")


class MapInOrder(Protocol):
    def __call__(self, function: Callable[[T], R], tasks: Iterable[T], size: int) -> Iterator[R]: ...


@dataclass(frozen=True, slots=True)
class Work:
    """The heavy parts, each a pure function of the files. `made`: see `Engine`."""

    name: str
    made: Mapping[int, Mapping[str, str]]
    hash_chunk: Callable[[tree.Task], tree.Hashed]
    count_part: Callable[[lines.Task], Counted]
    count_lines: lines.CountLines
    follow: Callable[[lives.Partition], tuple[list[Failure], int]]
    map_in_order: MapInOrder


PYTHON = Work(
    "python", {}, tree.hash_chunk, lines.count_part, lines.count_lines, lives.follow, parallel.map_in_order
)


_BY_LIBCRYPTO = {"en": "compiled, with libcrypto", "ko": "컴파일한 코드와 libcrypto"}
_LIBCRYPTO: Mapping[int, Mapping[str, str]] = {2: _BY_LIBCRYPTO, 5: _BY_LIBCRYPTO, 6: _BY_LIBCRYPTO}


class NoFastWork(SagwanError):
    """The compiled loops cannot be had here."""


def has_fast() -> bool:
    """Is the extra `sagwan[fast]` installed?"""
    return find_spec("numba") is not None


def fast() -> Work:
    """The compiled loops of the extra `sagwan[fast]`, held against `hashlib` first; raise NoFastWork."""
    if not has_fast():
        raise NoFastWork("the compiled recount is not installed here", hint="pip install 'sagwan[fast]'")
    try:
        from sagwan.verify.fast import work  # noqa: PLC0415 - an extra

        work.check()
    except (ImportError, OSError, AttributeError) as error:
        raise NoFastWork(f"the compiled recount does not work here: {error}") from error
    threads = partial(parallel.map_in_order, threads=True)
    return Work("fast", _LIBCRYPTO, work.hash_chunk, work.count_part, work.count_lines, work.follow, threads)
