"""What would totals cost that are proved without opening a line? A prototype, measured; nothing uses it.

    python benchmarks/sealed_totals.py [OPENINGS.tsv ...]

Needs `pip install rbcl` (libsodium's ristretto255). Takes the lines of those openings files, else 30,222
lines like the demo's. Each line's cell (service, instrument, kind, outcome) is a small number v in a Pedersen
commitment C = g^v h^r. The table says how often each number occurs. Once commitments and table are fixed, a
challenge x is drawn from them, and a chain of Schnorr proofs shows that the committed numbers, each less x,
multiply to what the numbers of the table do: they are the same numbers, each as often (Neff,
"A verifiable secret shuffle", CCS 2001, made non-interactive as Fiat and Shamir do). Bit proofs (Cramer,
Damgård, Schoenmakers, CRYPTO 1994) give the price of showing that an accounts figure is in 0..2^20-1.

Prints seconds for prover and verifier on one core, bytes a line, and checks that cheating is noticed.
"""

# ruff: noqa: S101, S311  (a prototype; its cells are drawn, its secrets are not)
import random
import secrets
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha512
from pathlib import Path

try:
    import rbcl
except ImportError:
    sys.exit("this benchmark needs a package that Sagwan does not use: pip install rbcl")

add, sub = rbcl.crypto_core_ristretto255_add, rbcl.crypto_core_ristretto255_sub
is_point = rbcl.crypto_core_ristretto255_is_valid_point
power_of = rbcl.crypto_scalarmult_ristretto255_allow_scalar_zero
power_of_base = rbcl.crypto_scalarmult_ristretto255_base_allow_scalar_zero

ORDER = 2**252 + 27742317777372353535851937790883648493
BITS = 20
G = rbcl.crypto_core_ristretto255_from_hash(sha512(b"sagwan prototype: the generator of values").digest())
IDENTITY = bytes(32)
CELLS = 24
LINES = 30_222


def power(point: bytes, scalar: int) -> bytes:
    return power_of((scalar % ORDER).to_bytes(32, "little"), point)


def blind(scalar: int) -> bytes:
    """h^scalar; h is the group's base point, whose powers are the quick ones."""
    return power_of_base((scalar % ORDER).to_bytes(32, "little"))


def commit(value: int, randomness: int) -> bytes:
    return add(power(G, value), blind(randomness))


def challenge(*parts: bytes) -> int:
    digest = sha512()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return int.from_bytes(digest.digest(), "little") % ORDER


def fresh() -> int:
    return secrets.randbelow(ORDER)


@dataclass(frozen=True, slots=True)
class Link:
    """One line's step of the chain: the running product's commitment, the challenge, three responses."""

    product: bytes
    e: int
    value: int
    randomness: int
    blinding: int

    SIZE = 32 * 5


@dataclass(frozen=True, slots=True)
class Proof:
    links: tuple[Link, ...]
    opening: int


def drawn_from(commitments: Sequence[bytes], table: Counter[int]) -> int:
    counts = b"".join(b"%d:%d;" % cell for cell in sorted(table.items()))
    return challenge(b"sagwan prototype x", b"".join(commitments), counts)


def expected_product(table: Counter[int], x: int) -> int:
    product = 1
    for value, count in table.items():
        product = product * pow(value - x, count, ORDER) % ORDER
    return product


def prove(values: Sequence[int], openings: Sequence[int], commitments: Sequence[bytes]) -> Proof:
    """Show that `values`, in whatever order, are those of their table."""
    x = drawn_from(commitments, Counter(values))
    shift = power(G, x)
    before, opening, links = G, 0, []
    for value, randomness, commitment in zip(values, openings, commitments, strict=True):
        u, t = (value - x) % ORDER, fresh()
        product = add(power(before, u), blind(t))
        a, b, c = fresh(), fresh(), fresh()
        first = add(power(G, a), blind(b))
        second = add(power(before, a), blind(c))
        e = challenge(sub(commitment, shift), before, product, first, second)
        links.append(Link(product, e, (a + e * u) % ORDER, (b + e * randomness) % ORDER, (c + e * t) % ORDER))
        before, opening = product, (opening * u + t) % ORDER
    return Proof(tuple(links), opening)


def verify(commitments: Sequence[bytes], table: Counter[int], proof: Proof) -> bool:
    """Do the commitments hold exactly the table's numbers, each as often as it says?"""
    if len(commitments) != len(proof.links) or sum(table.values()) != len(commitments):
        return False
    x = drawn_from(commitments, table)
    shift = power(G, x)
    before = G
    for commitment, link in zip(commitments, proof.links, strict=True):
        if not (is_point(commitment) and is_point(link.product)):
            return False
        shifted = sub(commitment, shift)
        first = sub(add(power(G, link.value), blind(link.randomness)), power(shifted, link.e))
        second = sub(add(power(before, link.value), blind(link.blinding)), power(link.product, link.e))
        if challenge(shifted, before, link.product, first, second) != link.e:
            return False
        before = link.product
    return before == commit(expected_product(table, x), proof.opening)


@dataclass(frozen=True, slots=True)
class Bit:
    """A commitment to 0 or 1, and the proof that it is one of them."""

    commitment: bytes
    e0: int
    e1: int
    z0: int
    z1: int

    SIZE = 32 * 5


def prove_bit(bit: int, randomness: int) -> Bit:
    commitment = commit(bit, randomness)
    other_e, other_z, a = fresh(), fresh(), fresh()
    targets = (commitment, sub(commitment, G))
    simulated = sub(blind(other_z), power(targets[1 - bit], other_e))
    firsts = (blind(a), simulated) if bit == 0 else (simulated, blind(a))
    e = (challenge(commitment, *firsts) - other_e) % ORDER
    z = (a + e * randomness) % ORDER
    return Bit(commitment, e, other_e, z, other_z) if bit == 0 else Bit(commitment, other_e, e, other_z, z)


def verify_bit(bit: Bit) -> bool:
    if not is_point(bit.commitment):
        return False
    first = sub(blind(bit.z0), power(bit.commitment, bit.e0))
    second = sub(blind(bit.z1), power(sub(bit.commitment, G), bit.e1))
    return challenge(bit.commitment, first, second) == (bit.e0 + bit.e1) % ORDER


def prove_range(value: int, randomness: int) -> list[Bit]:
    """Bits whose commitments, each to its power of two, multiply to the commitment of the value."""
    parts = [fresh() for _ in range(BITS - 1)]
    top = (randomness - sum(part << place for place, part in enumerate(parts))) * pow(2, 1 - BITS, ORDER)
    return [prove_bit(value >> place & 1, part) for place, part in enumerate([*parts, top % ORDER])]


def verify_range(commitment: bytes, bits: Sequence[Bit]) -> bool:
    together = IDENTITY
    for bit in reversed(bits):
        together = add(add(together, together), bit.commitment)
    return together == commitment and all(verify_bit(bit) for bit in bits)


def cells_of(files: Sequence[str]) -> list[int]:
    """Each opened line's cell as a number; without files, as many as the demo's, drawn."""
    if not files:
        return [random.randrange(CELLS) for _ in range(LINES)]
    numbers: dict[tuple[str, ...], int] = {}
    cells = []
    for file in files:
        for line in Path(file).read_text("ascii").splitlines():
            fields = line.split("\t")
            if fields[0] == "sagwan/1" and fields[2] in ("received", "resolved"):
                key = (fields[5], fields[7], fields[2], fields[8])
                cells.append(numbers.setdefault(key, len(numbers)))
    return cells


def timed(what: str, count: int, action: Callable[[], object]) -> object:
    start = time.process_time()
    result = action()
    seconds = time.process_time() - start
    print(f"{what:<34} {seconds:7.2f} s  {1e6 * seconds / count:8.0f} us a line", flush=True)
    return result


def main() -> None:
    values = cells_of(sys.argv[1:])
    table, count = Counter(values), len(values)
    print(f"{count:,} lines in {len(table)} cells, one core")
    openings = [fresh() for _ in values]
    commitments = timed(
        "commit", count, lambda: [commit(v, r) for v, r in zip(values, openings, strict=True)]
    )
    proof = timed("prove the table", count, lambda: prove(values, openings, commitments))
    assert timed("verify the table", count, lambda: verify(commitments, table, proof))
    print(f"{'bytes a line':<34} {32 + Link.SIZE:7d}")

    moved = Counter(table)
    some, other = sorted(table)[:2]
    moved[some], moved[other] = moved[some] - 1, moved[other] + 1
    assert not verify(commitments, moved, proof), "one line counted in another cell must be noticed"
    forged = [*commitments[:-1], commit(values[-1] + 1, openings[-1])]
    assert not verify(forged, table, proof), "one line that holds another number must be noticed"
    spoilt = replace(proof, opening=proof.opening + 1)
    assert not verify(commitments, table, spoilt), "an opening of another product must be noticed"

    sample = 300
    figures = [(random.randrange(1 << BITS), fresh()) for _ in range(sample)]
    points = [commit(value, r) for value, r in figures]
    ranges = timed(
        f"prove {BITS}-bit accounts ({sample})", sample, lambda: [prove_range(*f) for f in figures]
    )
    assert timed(
        f"verify {BITS}-bit accounts ({sample})",
        sample,
        lambda: all(verify_range(point, bits) for point, bits in zip(points, ranges, strict=True)),
    )
    assert not verify_range(points[0], ranges[1]), "another figure's bits must be noticed"
    print(f"{'bytes a line':<34} {BITS * Bit.SIZE:7d}")


if __name__ == "__main__":
    main()
