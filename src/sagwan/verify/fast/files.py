"""Many small files read by compiled code: through the interpreter, opening one costs more than hashing it."""

import os
from collections.abc import Sequence

import numpy as np
from numba import njit, types

_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK  # a pipe in a tile's place must not stop anybody

_open = types.ExternalFunction("open", types.int32(types.intp, types.int32))
_read = types.ExternalFunction("read", types.intp(types.int32, types.intp, types.intp))
_close = types.ExternalFunction("close", types.int32(types.int32))

Array = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


def read_files(folder: str, names: Sequence[str], size: int, last: int) -> Array | None:
    """The bytes of files one after the other, `size` each and the `last` one; None where one has others."""
    if not names:
        return np.empty(0, np.uint8)
    paths = [os.fsencode(f"{folder}/{name}") + b"\0" for name in names]
    starts = np.cumsum([0, *(len(path) for path in paths[:-1])])
    content = np.empty(size * (len(names) - 1) + last + 1, np.uint8)
    packed = np.frombuffer(b"".join(paths), np.uint8)
    return content[:-1] if _read_all(packed, starts, size, last, _FLAGS, content) else None


@njit(nogil=True, cache=True)
def _read_all(paths, starts, size, last, flags, content):
    where, into = paths.ctypes.data, content.ctypes.data
    for number in range(starts.size):
        wanted = last if number == starts.size - 1 else size
        file = _open(where + starts[number], flags)
        if file < 0:
            return False
        found = _read(file, into + number * size, wanted)
        # One byte more must not be there. It is overwritten by the next file.
        more = _read(file, into + number * size + wanted, 1)
        _close(file)
        if found != wanted or more != 0:
            return False
    return True
