"""The loops that are compiled: over a part's lines, over entries and hashes, over the lines of requests.

Each works on plain arrays, needs no interpreter's lock, and says only whether all is beyond doubt.

An address (`.ctypes.data`) is taken of the caller's arrays alone: one made here would be freed after the last
use of its name, whatever still uses its address.
"""

import numpy as np
from numba import njit

from sagwan.verify.fast.libcrypto import CONTEXT, final, init, update
from sagwan.verify.fast.words import (
    LINE_FEEDS,
    PRIME,
    TABS,
    four_bytes,
    how_many,
    is_hex,
    load,
    mixed,
    same,
    same_hash,
    until,
)

SLOT_BITS = 14
SLOTS = 1 << SLOT_BITS
SHAPES = SLOTS // 2
"""Shapes that a part may have here."""

# Columns of a shape's row: where kind, middle fields and marks lie, and what is special.
KIND, KIND_SIZE, MIDDLE, MIDDLE_SIZE, MARKS, MARKS_SIZE, SPECIAL = range(7)
PLAIN, NO_ACCOUNTS, WITHHELD = 0, 1, 2
LINES, ACCOUNTS = 0, 1

_TAB, _LF, _DASH = 9, 10, 45
_FORMAT = np.frombuffer(b"sagwan/1", np.uint64)[0]
_WITHHELD = np.frombuffer(b"withheld\t", np.uint8)
_NIBBLE = np.full(256, 255, np.uint8)
for _value, _digit in enumerate(b"0123456789abcdef"):
    _NIBBLE[_digit] = _value
_LEAST_MIDDLE = 17  # bytes from the period to the marks, at least: nine fields
_END = 68  # bytes from the TAB after them to the line feed, both included
_LEAST = 9 + 33 + 2 + 17 + _LEAST_MIDDLE + _END
_MOST_STEPS = 64  # made-up shapes that all collide are left to the exact code
_MOST_DIGITS = 12  # of accounts: sums stay far from 2^63

SCRATCH = CONTEXT + 32
"""Bytes that hashing needs to work in: OpenSSL's context, and a digest."""

ROW = 8 + 256 * 32
"""Bytes for the hashes of a block, and a byte before the first one."""


@njit(nogil=True, cache=True)
def _begins(data, start, end, word):
    if start + word.size > end:
        return False
    for at in range(word.size):
        if data[start + at] != word[at]:
            return False
    return True


@njit(nogil=True, cache=True)
def count_lines(data, end):
    """How many line feeds there are below `end`."""
    base, count = data.ctypes.data, 0
    whole = end - end % 8
    for at in range(0, whole, 8):
        count += how_many(base + at, LINE_FEEDS)
    for at in range(whole, end):
        count += data[at] == _LF
    return count


@njit(nogil=True, cache=True)
def _shape_of(base, row, slots, shapes, count):
    """The number of a line's shape, and how many there are now; -1 where there is no room."""
    hashed = np.uint64(row[SPECIAL] << 40 | row[KIND_SIZE] << 20 | row[MIDDLE_SIZE] << 8 | row[MARKS_SIZE])
    hashed += mixed(base, row[KIND], row[KIND_SIZE]) ^ mixed(base, row[MARKS], row[MARKS_SIZE])
    hashed = (hashed ^ mixed(base, row[MIDDLE], row[MIDDLE_SIZE])) * PRIME
    slot = np.int64(hashed >> np.uint64(64 - SLOT_BITS))
    steps = 0
    while slots[slot] >= 0:
        there = slots[slot]
        if (
            shapes[there, SPECIAL] == row[SPECIAL]
            and shapes[there, KIND_SIZE] == row[KIND_SIZE]
            and shapes[there, MIDDLE_SIZE] == row[MIDDLE_SIZE]
            and shapes[there, MARKS_SIZE] == row[MARKS_SIZE]
            and same(base, shapes[there, KIND], row[KIND], row[KIND_SIZE])
            and same(base, shapes[there, MIDDLE], row[MIDDLE], row[MIDDLE_SIZE])
            and same(base, shapes[there, MARKS], row[MARKS], row[MARKS_SIZE])
        ):
            return there, count
        slot = (slot + 1) & (SLOTS - 1)
        steps += 1
        if steps == _MOST_STEPS:
            return -1, count
    if count == SHAPES:
        return -1, count
    slots[slot] = count
    shapes[count] = row
    return count, count + 1


@njit(nogil=True, cache=True)
def _read_withheld(data, base, start, end, entry, row):
    """A notice whose commitment is the entry: where the line ends, or -1."""
    reason = until(data, base, start + _WITHHELD.size, end, _TAB, TABS)
    if reason < 0 or reason + 66 > end or data[reason + 65] != _LF or not is_hex(base, reason + 1, 64):
        return -1
    for at in range(32):
        high, low = _NIBBLE[data[reason + 1 + 2 * at]], _NIBBLE[data[reason + 2 + 2 * at]]
        if (high << 4 | low) != entry[at]:
            return -1
    row[KIND], row[KIND_SIZE] = start, reason - start
    row[MIDDLE_SIZE], row[MARKS_SIZE], row[SPECIAL] = 0, 0, WITHHELD
    return reason + 65


@njit(nogil=True, cache=True)
def _read_opened(data, base, start, end, row, numbers):
    """An opened line that corrects nothing: where it ends, or -1; request and accounts go to `numbers`.

    Fields are found from both ends. What lies between, a line feed or too few TABs included, is found when
    its shape is read by the grammar.
    """
    if start + _LEAST > end or load(base + start) != _FORMAT or data[start + 8] != _TAB:
        return -1
    salt = start + 9
    if not is_hex(base, salt, 32) or data[salt + 32] != _TAB:
        return -1
    kind = salt + 33
    after = until(data, base, kind, end, _TAB, TABS)
    if after < 0 or after + 18 + _LEAST_MIDDLE + _END > end:
        return -1
    if not is_hex(base, after + 1, 16) or data[after + 17] != _TAB:
        return -1
    middle = after + 18
    stop = until(data, base, middle + _LEAST_MIDDLE + _END - 1, end, _LF, LINE_FEEDS)
    if stop < 0:
        return -1
    last = stop - _END + 1
    if data[last] != _TAB or data[last + 65] != _TAB or data[last + 66] != _DASH:
        return -1
    if not is_hex(base, last + 1, 64):
        return -1
    marks = last
    while marks > middle and data[marks - 1] != _TAB:
        marks -= 1
    at, accounts, ten = marks - 2, np.int64(0), np.int64(1)
    while at > middle and data[at] != _TAB:
        if not 48 <= data[at] <= 57 or marks - at > _MOST_DIGITS + 1:
            return -1
        accounts += ten * (data[at] - 48)
        ten *= 10
        at -= 1
    digits = marks - 2 - at
    if at <= middle or digits < 1 or (digits > 1 and data[at + 1] == 48):
        return -1
    row[KIND], row[KIND_SIZE] = kind, after - kind
    row[MIDDLE], row[MIDDLE_SIZE] = middle, at - middle
    row[MARKS], row[MARKS_SIZE] = marks, last - marks
    row[SPECIAL] = NO_ACCOUNTS if accounts == 0 else PLAIN
    numbers[0] = four_bytes(base + after + 1) | four_bytes(base + after + 9) << np.uint64(32)
    numbers[1] = np.uint64(accounts)
    return stop


@njit(nogil=True, cache=True)
def read_lines(data, entries, requests, of_shape, slots, shapes, tallies, aside, scratch):
    """Read whole lines against their entries (34 bytes each): how many shapes there are, and how many lines
    are set aside; (-1, 0) where a doubt is left.

    Each line's request and shape number go to `requests` and `of_shape`; `tallies` counts lines and accounts
    by shape. All lines, and no fewer, must fill `data`. Lines that are what was sealed, and not of the plain
    form, such as corrections, are the caller's to read: their number, start and end go to `aside`, as far as
    it has room. `scratch`: SCRATCH bytes to work in.
    """
    where = scratch.ctypes.data
    there = where + CONTEXT
    row, numbers = np.zeros(7, np.int64), np.zeros(2, np.uint64)
    base, end = data.ctypes.data, data.size
    known = entries.ctypes.data
    start, count, others = 0, 0, 0
    if not end or data[end - 1] != _LF:
        return -1, 0
    for line in range(requests.size):
        plain = True
        if start >= end:
            return -1, 0
        if data[start] == _WITHHELD[0] and _begins(data, start, end, _WITHHELD):
            stop = _read_withheld(data, base, start, end, entries[34 * line + 2 : 34 * line + 34], row)
            numbers[0], numbers[1] = 0, 0
        else:
            stop = _read_opened(data, base, start, end, row, numbers)
            if stop < 0:
                plain = False
                stop = until(data, base, start, end, _LF, LINE_FEEDS)
            if stop >= 0:
                init(where)
                update(where, base + start, stop - start)
                final(there, where)
                if not same_hash(there, known + 34 * line + 2):
                    return -1, 0
        if stop < 0:
            return -1, 0
        if plain:
            shape, count = _shape_of(base, row, slots, shapes, count)
            if shape < 0:
                return -1, 0
            tallies[shape, LINES] += 1
            tallies[shape, ACCOUNTS] += np.int64(numbers[1])
            requests[line], of_shape[line] = numbers[0], shape
        elif others == aside.shape[0]:
            return -1, 0
        else:
            aside[others, 0], aside[others, 1], aside[others, 2] = line, start, stop
            others += 1
        start = stop + 1
    return (count, others) if start == end else (-1, 0)


@njit(nogil=True, cache=True)
def deal(requests, of_shape, kept, first, bits, prime, partitions, pairs):
    """Deal the lines of kept shapes out, request and event in turn, partition after partition; their ends."""
    ends = np.zeros(partitions + 1, np.int64)
    for line in range(requests.size):
        if kept[of_shape[line]]:
            ends[np.int64(requests[line] % np.uint64(prime)) % partitions + 1] += 2
    for number in range(partitions):
        ends[number + 1] += ends[number]
    places = ends.copy()
    for line in range(requests.size):
        if kept[of_shape[line]]:
            partition = np.int64(requests[line] % np.uint64(prime)) % partitions
            at = places[partition]
            pairs[at] = requests[line]
            pairs[at + 1] = np.uint64(first + line) << np.uint64(bits) | np.uint64(of_shape[line])
            places[partition] = at + 2
    return ends


@njit(nogil=True, cache=True)
def hash_leaves(entries, leaves, scratch):
    """Leaf hashes (RFC 6962 section 2.1) of entries as bundles hold them, 34 bytes each.

    `entries` are written to meanwhile: what is hashed is a zero byte before each commitment. `scratch`:
    SCRATCH bytes to work in.
    """
    where, what, out = scratch.ctypes.data, entries.ctypes.data, leaves.ctypes.data
    for number in range(entries.size // 34):
        length = entries[34 * number + 1]
        entries[34 * number + 1] = 0
        init(where)
        update(where, what + 34 * number + 1, 33)
        final(out + 32 * number, where)
        entries[34 * number + 1] = length


@njit(nogil=True, cache=True)
def hash_blocks(leaves, roots, scratch, row):
    """The root of each complete block of 256 leaf hashes.

    `scratch` and `row`: SCRATCH and ROW bytes to work in.
    """
    where, first = scratch.ctypes.data, row.ctypes.data + 8
    for block in range(roots.size // 32):
        row[8:] = leaves[8192 * block : 8192 * (block + 1)]
        width = 128
        while width:
            for number in range(width):
                row[8 + 64 * number - 1] = 1  # over the end of the pair before, which is hashed already
                init(where)
                update(where, first + 64 * number - 1, 65)
                final(first + 32 * number, where)
            width //= 2
        roots[32 * block : 32 * block + 32] = row[8:40]


@njit(nogil=True, cache=True)
def follow(pairs, bits, fresh, before, after, low, factor, keys, states):
    """Follow lines that come in the two usual ways; False where one does not.

    `fresh`, `before` and `after` say by shape what `lives` says of it; `keys` and `states` are a table of a
    power of two, with room.
    """
    mask, shift = np.uint64(keys.size - 1), np.uint64(bits)
    for at in range(0, pairs.size, 2):
        request, event = pairs[at], pairs[at + 1]
        number, index = np.int64(event & np.uint64((1 << bits) - 1)), event >> shift
        mixed = request * factor
        slot = np.int64((mixed ^ (mixed >> np.uint64(32))) & mask)
        while states[slot] and keys[slot] != request:
            slot = (slot + 1) & np.int64(mask)
        state = states[slot]
        if not state:
            if not fresh[number]:
                return False
            keys[slot], states[slot] = request, index << np.uint64(low) | fresh[number]
        else:
            if state & np.uint64((1 << low) - 1) != before[number] or state >> np.uint64(low) >= index:
                return False
            states[slot] = index << np.uint64(low) | after[number]
    return True
