"""Random sound folders hold, with the naive counter's totals; any single changed byte makes them fail."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sagwan.formats.opening import FormatError, commitment, parse
from sagwan.verify import Status, Trust, verify
from sagwan.verify.columns import Combinations, Shapes, accept
from sagwan.verify.events import EVENT_BITS
from sagwan.verify.lines import Counted, Part, count
from tests.support.folder import (
    H1,
    H2,
    Half,
    Keys,
    build,
    corrected,
    cover,
    first_half,
    follow_up,
    received,
    resolved,
    second_half,
)

KEYS = Keys()
TRUST = Trust(key=KEYS.vkey, policy=KEYS.policy())
OUTCOMES = ["complied", "partial", "refused", "no-data", "withdrawn"]


@st.composite
def halves(draw) -> list[Half]:
    """Two half-years of requests at different stages, some corrected, some withheld, some opened late."""
    requests = [f"r{n}" for n in range(draw(st.integers(1, 8)))]
    steps = {name: ["received"] for name in requests}
    for name in requests:
        outcome = draw(st.sampled_from([None, *OUTCOMES]))
        if outcome:
            steps[name].append(outcome)
        if outcome in ("complied", "partial"):
            steps[name] += ["follow-up"] * draw(st.integers(0, 2))
    order = draw(st.permutations([name for name, own in steps.items() for _ in own]))
    lines = []
    for name in order:
        step = steps[name].pop(0)
        accounts = draw(st.integers(0, 9))
        if step == "received":
            lines.append(received(name, accounts=accounts))
        elif step == "follow-up":
            lines.append(follow_up(name, accounts=accounts))
        else:
            disclosed = {"accounts": accounts} if step in ("complied", "partial") else {}
            lines.append(resolved(name, step, **disclosed))
    place = draw(st.integers(0, len(lines)))
    hidden = {len(lines) + n: "banded" for n in range(draw(st.integers(0, 2)))}
    first = Half(H1, [*lines, *(cover() for _ in hidden)], draw(st.integers(1, 4)), withheld=hidden)
    targets = draw(st.sets(st.sampled_from(range(len(lines))), max_size=3))
    late = sorted(draw(st.sets(st.sampled_from(sorted(hidden)))) if hidden else [])
    second = [correct(lines[index], index) for index in sorted(targets)]
    return [first, Half(H2, [received("new"), *second][: place + 1], late=late)]


def correct(line, index):
    fields = {"outcome": line.outcome, "reason": line.reason, "data": line.data, "marks": ("notified",)}
    accounts = line.accounts + 1 if line.outcome in ("-", "complied", "partial") else 0
    name = next(n for n in (f"r{i}" for i in range(8)) if received(n).request == line.request)
    return corrected(name, index, accounts=accounts, **fields)


@settings(max_examples=40)
@given(halves())
def test_random_sound_folders_hold(years):
    with tempfile.TemporaryDirectory() as folder:
        publisher = build(Path(folder), *years, keys=KEYS)
        verdict = verify(folder, trust=TRUST)
        assert [check.status for check in verdict.checks] == [Status.HOLDS] * 7, verdict.checks
        assert verdict.periods[1].rows == publisher.stated[H2]
        restated = {(r.row, r.measure): r.after for r in verdict.periods[1].restated}
        for (row, measure), after in restated.items():
            assert publisher.stated[H1][row].get(measure, 0) == after


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A folder with everything in it, and the files that are verified."""
    root = tmp_path_factory.mktemp("sound")
    after = second_half(corrected("a", 0, accounts=9), late=[10])
    build(root, first_half(withheld={10: "lost", 11: "banded"}), after, keys=KEYS)
    assert verify(root, trust=TRUST).exit_code == 0
    return root, sorted(path for path in root.rglob("*") if path.is_file() and path.name != "key")


@settings(max_examples=300)
@given(st.data())
def test_any_changed_byte_fails(sound, data):
    root, files = sound
    file = data.draw(st.sampled_from(files))
    before = file.read_bytes()
    place = data.draw(st.integers(0, max(len(before) - 1, 0)))
    if not before:
        return
    after = bytearray(before)
    after[place] ^= data.draw(st.integers(1, 255))
    try:
        file.write_bytes(after)
        assert verify(root, trust=TRUST).exit_code == 1, (file, place)
    finally:
        file.write_bytes(before)


@settings(max_examples=150)
@given(st.data())
def test_any_cut_or_removed_file_fails(sound, data):
    root, files = sound
    file = data.draw(st.sampled_from([f for f in files if f.parts[-2] != "000.p"]))
    before = file.read_bytes()
    keep = data.draw(st.none() | st.integers(0, max(len(before) - 1, 0)))
    if keep == len(before):
        return
    try:
        file.unlink() if keep is None else file.write_bytes(before[:keep])
        assert verify(root, trust=TRUST).exit_code == 1, (file, keep)
    finally:
        file.write_bytes(before)


def blocks(data) -> list[bytes]:
    """A few lines of one half-year, one of them perhaps changed in a byte or two, or withheld."""
    base = [o.line() for o in (*first_half().lines, corrected("a", 0), resolved("x", "refused"))]
    lines = [line.replace(b"\t\t", b"\t2016H1\t") for line in base]
    drawn = data.draw(st.lists(st.sampled_from(lines), min_size=1, max_size=5))
    line = bytearray(drawn[0])
    for _ in range(data.draw(st.integers(0, 2))):
        place = data.draw(st.integers(0, len(line) - 1))
        line[place] = data.draw(st.sampled_from(b"\t-,0129aAf \xff"))
    drawn[0] = bytes(line)
    for place in data.draw(st.lists(st.integers(1, 5), max_size=2)):
        drawn.insert(place, b"withheld\tlost\t%064x" % place)
    return drawn


@settings(max_examples=300)
@given(st.data())
def test_lines_are_recognised_exactly_as_the_grammar_has_them(data):
    """The quick reading of lines accepts and refuses what `formats.opening.parse` does."""
    line = blocks(data)[0]
    counted = Counted(Part("f", 0, 0, 0, 1))
    count(counted, [0], [line], [None], "2016H1", Shapes())
    try:
        wrong = parse(line).period != "2016H1"
    except FormatError:
        wrong = True
    assert bool(counted.failures) == wrong


@settings(max_examples=600)
@given(st.data())
def test_a_block_is_accepted_only_as_the_line_by_line_reading_has_it(data):
    """What is accepted by columns has no failure line by line, and the same tallies; nothing else is."""
    lines = blocks(data)
    digests = [bytes.fromhex(x[-64:].decode()) if x.startswith(b"withheld") else commitment(x) for x in lines]
    if data.draw(st.integers(0, 4)) == 0:
        digests[data.draw(st.integers(0, len(digests) - 1))] = bytes(32)
    slow, quick = Shapes(), Shapes()
    counted = Counted(Part("f", 0, 0, 7, len(lines)))
    count(counted, range(7, 7 + len(lines)), lines, digests, "2016H1", slow)
    raw = b"".join(b"\x00\x20" + digest for digest in digests)
    text = b"\n".join(lines) + b"\n"
    block = accept(7, text, lines, raw, quick, Combinations(quick, "2016H1"))
    if block is None:
        assert counted.failures, "left to be read line by line, and nothing is wrong"
        return
    assert not counted.failures and block.corrected == counted.corrected
    assert (block.opened, block.withheld) == (counted.opened, counted.withheld)
    assert block.requests == counted.requests
    assert meant(quick, block.events) == meant(slow, counted.events)
    assert tallies(quick) == tallies(slow)


def meant(shapes, events):
    """Which line counts as what, whatever the shapes' numbers."""
    found = []
    for event in events:
        opening = shapes.all[event & (1 << EVENT_BITS) - 1].opening
        found.append((event >> EVENT_BITS, opening.kind, opening.row, opening.outcome))
    return found


def tallies(shapes):
    return sorted(
        (str(s.opening.kind), s.opening.row, s.opening.outcome, s.opening.reason, s.opening.data,
         s.opening.marks, s.lines, s.accounts)
        for s in shapes.all
        if s.lines
    )  # fmt: skip
