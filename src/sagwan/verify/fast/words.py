"""Eight bytes at a time, for compiled code: lines are searched, compared and mixed by 64-bit words.

A word's lowest byte is the first one in memory: little-endian machines only.
"""

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

_ONES = np.uint64(0x0101010101010101)
_TOPS = np.uint64(0x8080808080808080)
TABS = np.uint64(0x0909090909090909)
LINE_FEEDS = np.uint64(0x0A0A0A0A0A0A0A0A)
_FROM_0 = np.uint64(0x5050505050505050)
_PAST_9 = np.uint64(0x4646464646464646)
_FROM_A = np.uint64(0x1F1F1F1F1F1F1F1F)
_PAST_F = np.uint64(0x1919191919191919)
_LOW_HALVES = np.uint64(0x0F0F0F0F0F0F0F0F)
PRIME = np.uint64(0x9E3779B97F4A7C15)
_WORD = 8


@intrinsic
def load(typing, address):
    """The eight bytes at an address, wherever it lies."""

    def generate(context, builder, signature, arguments):
        word = ir.IntType(64)
        return builder.load(builder.inttoptr(arguments[0], word.as_pointer()), typ=word, align=1)

    return types.uint64(types.intp), generate


@intrinsic
def _zeros_below(typing, word):
    """How many zero bits are below the lowest one bit."""

    def generate(context, builder, signature, arguments):
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 0))

    return types.uint64(types.uint64), generate


@intrinsic
def _ones_in(typing, word):
    """How many bits are one."""

    def generate(context, builder, signature, arguments):
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), generate


@njit(nogil=True, cache=True)
def how_many(address, repeated):
    """How many of the eight bytes at an address are the one that is `repeated` eight times."""
    word = load(address) ^ repeated
    return np.int64(_ones_in(~((word & ~_TOPS) + ~_TOPS | word) & _TOPS))


@njit(nogil=True, cache=True)
def until(data, base, start, end, byte, repeated):
    """The place of the next such byte below `end`, or -1.

    `base` is the address of `data`; `repeated` is the byte eight times, as in `TABS`.
    """
    at = start
    while at + _WORD <= end:
        word = load(base + at) ^ repeated
        found = (word - _ONES) & ~word & _TOPS  # exact for the first byte that is zero
        if found:
            return at + np.int64(_zeros_below(found) >> np.uint64(3))
        at += _WORD
    while at < end:
        if data[at] == np.uint8(byte):
            return at
        at += 1
    return -1


@njit(nogil=True, cache=True)
def is_hex(base, start, count):
    """Are these bytes lower-case hexadecimal digits? `count` is a multiple of eight."""
    right, high = _TOPS, np.uint64(0)
    for at in range(base + start, base + start + count, _WORD):
        word = load(at)
        # Each sum has its byte's top bit set where the byte is "0" or more, past "9", "a" or more, past "f".
        digit = (word + _FROM_0) & ~(word + _PAST_9)
        letter = (word + _FROM_A) & ~(word + _PAST_F)
        right &= digit | letter
        high |= word
    return right == _TOPS and not high & _TOPS


@njit(nogil=True, cache=True)
def four_bytes(address):
    """The four bytes that eight hexadecimal digits stand for, the first one lowest."""
    word = load(address)
    digits = (word & _LOW_HALVES) + (word >> np.uint64(6) & _ONES) * np.uint64(9)  # "a" is 0x61, and 1 + 9
    pairs = (digits << np.uint64(4) | digits >> np.uint64(8)) & np.uint64(0x00FF00FF00FF00FF)
    pairs = (pairs | pairs >> np.uint64(8)) & np.uint64(0x0000FFFF0000FFFF)
    return (pairs | pairs >> np.uint64(16)) & np.uint64(0xFFFFFFFF)


@njit(nogil=True, cache=True)
def _some(address, size):
    """Fewer than eight bytes as a word; those after them are loaded too, and left out."""
    return load(address) & ((np.uint64(1) << np.uint64(8 * size)) - np.uint64(1))


@njit(nogil=True, cache=True)
def same(base, one, other, size):
    """Are `size` bytes the same at two places? Seven more must be there to be read."""
    at = 0
    while at + _WORD <= size:
        if load(base + one + at) != load(base + other + at):
            return False
        at += _WORD
    return _some(base + one + at, size - at) == _some(base + other + at, size - at)


@njit(nogil=True, cache=True)
def same_hash(one, other):
    """Are the 32 bytes at two addresses the same?"""
    different = np.uint64(0)
    for at in range(0, 32, _WORD):
        different |= load(one + at) ^ load(other + at)
    return different == np.uint64(0)


@njit(nogil=True, cache=True)
def mixed(base, start, size):
    """A number from `size` bytes that tells them well from others; seven more must be there to be read.

    No word waits for the one before: what it is mixed with tells its place.
    """
    at, end = base + start, base + start + size
    salt, sum_of_all = PRIME, np.uint64(0)
    while at + _WORD <= end:
        mixed_word = (load(at) ^ salt) * PRIME
        sum_of_all += mixed_word ^ mixed_word >> np.uint64(32)
        salt += _ONES
        at += _WORD
    mixed_word = (_some(at, end - at) ^ salt) * PRIME
    return sum_of_all + (mixed_word ^ mixed_word >> np.uint64(32))
