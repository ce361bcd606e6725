"""Lists of targets, pasted or uploaded: one a line, each of a stated or recognised kind, each kept once.

    account:raven-001          a kind, a colon (or a tab), a value; the kind in English or Korean
    전화번호: 010-1234-5678
    203.0.113.7:443 2016-03-02T10:00:00+09:00
    someone@example.org        a value whose writing tells its kind

Empty lines and lines that begin with # are passed over. Pure: nothing is looked up.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sagwan.desk.intake.errors import UnusableFile
from sagwan.desk.intake.target_rules import WORDS, Setting, recognised
from sagwan.record.errors import InvalidValue
from sagwan.record.request import MAX_TARGETS, TARGET_KINDS, Target

MAX_BYTES = 16 * 2**20
MAX_LINES = 200_000
MAX_KEPT = 1_000
"""Of faults, and of repeated lines, so many are kept one by one; all are counted."""
_KIND_LENGTH = 20
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """A line (from 1) that cannot be used: its text, cut short; what is wrong; what to do."""

    line: int
    text: str
    problem: str
    hint: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """A line that names the target of an earlier line."""

    line: int
    first: int


@dataclass(frozen=True, slots=True)
class Targets:
    """What a list came to: the targets in order, each once, and what happened to every other line.

    `wrong` and `repeated` count all such lines; `faults` and `repeats` hold the first MAX_KEPT of them.
    """

    targets: tuple[Target, ...] = ()
    faults: tuple[Fault, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    wrong: int = 0
    repeated: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    """How many targets there are of each kind."""


def parse_targets(
    source: str | bytes, *, kind: str = "", setting: Setting | None = None, limit: int = MAX_TARGETS
) -> Targets:
    """Read a list of targets; every line that cannot be used is a fault, and the others stand.

    `kind` is that of lines which state none; '' lets the value tell it. `setting` is what the list leaves
    unsaid. Raises UnusableFile where the list itself cannot be read or names more than `limit` targets, and
    InvalidValue where `kind` is none.
    """
    if kind and kind not in TARGET_KINDS:
        raise InvalidValue(
            f"{kind!r} is not a kind of target", hint=f"one of {', '.join(sorted(TARGET_KINDS))}"
        )
    setting = setting or Setting()
    seen: dict[Target, int] = {}
    faults: list[Fault] = []
    repeats: list[Repeat] = []
    wrong = repeated = 0
    for line, text in _lines(_decoded(source)):
        try:
            target = read_target(text, kind=kind, setting=setting)
        except InvalidValue as error:
            wrong += 1
            if len(faults) < MAX_KEPT:
                faults.append(Fault(line, text[:80], error.message, error.hint))
            continue
        if target in seen:
            repeated += 1
            if len(repeats) < MAX_KEPT:
                repeats.append(Repeat(line, seen[target]))
            continue
        if len(seen) >= limit:
            raise UnusableFile(
                f"line {line}: more than {limit:,} different targets", hint="split them into several requests"
            )
        seen[target] = line
    kinds = Counter(target.kind for target in seen)
    return Targets(tuple(seen), tuple(faults), tuple(repeats), wrong, repeated, dict(sorted(kinds.items())))


def read_target(text: str, *, kind: str = "", setting: Setting | None = None) -> Target:
    """One line as a target in its normal form; raise InvalidValue with what to do."""
    setting = setting or Setting()
    text = text.strip()
    if len(text) > _LONGEST:
        raise InvalidValue(
            f"has {len(text):,} characters", hint=f"a target has at most {_LONGEST}; one a line"
        )
    word, value = _stated(text)
    if word:
        if not value:
            raise InvalidValue(f"{text!r:.80} names a kind and no value", hint="write KIND:VALUE")
        named, rule = WORDS[word]
        return Target(named, rule(value, setting))
    if kind:
        return Target(kind, WORDS[kind][1](text, setting))
    known = recognised(text, setting)
    if known is None:
        raise InvalidValue(
            f"{text!r:.80}: what kind of target it is cannot be told",
            hint=f"write KIND:VALUE, such as account:{text[:20]}; kinds: {', '.join(sorted(TARGET_KINDS))}",
        )
    return Target(*known)


def _stated(text: str) -> tuple[str, str]:
    """(the kind's word, the value) where the line states one; else ('', the line)."""
    for divider in (":", "\t"):
        word, sign, _ = text[: _KIND_LENGTH + 1].partition(divider)
        if sign and word.strip().lower() in WORDS:
            return word.strip().lower(), text[len(word) + 1 :].strip()
    return "", text


def _decoded(source: str | bytes) -> str:
    if len(source) > MAX_BYTES:
        raise UnusableFile(f"the list is larger than {MAX_BYTES // 2**20} MiB", hint="split it")
    if isinstance(source, str):
        return source.removeprefix("\ufeff")
    for bom, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig"), (b"", "cp949")):
        if source.startswith(bom):
            try:
                return source.decode(name)
            except UnicodeDecodeError:
                continue
    raise UnusableFile(
        "the list is no text in UTF-8 or CP949", hint="save it as UTF-8 text, one target a line"
    )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for line, content in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if line > MAX_LINES:
            raise UnusableFile(f"the list has more than {MAX_LINES:,} lines", hint="split it")
        stripped = content.strip()
        if stripped and not stripped.startswith("#"):
            yield line, stripped
