"""Reading a pack strictly: each mistake is a LawPackError at its path, and no other error ever comes out."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sagwan.law.errors import LawPackError
from sagwan.law.library import builtin_pack, pack_bytes
from sagwan.law.parse import load_pack

SMALL = """
pack = "xx"
jurisdiction = "XX"
zone = "Europe/Berlin"
version = 2026-01-01
name = { ko = "나라", en = "Country" }
not_legal_advice = { ko = "법률 자문이 아님", en = "not legal advice" }

[holidays]
2026 = [2026-01-01]

[[source]]
slug = "act"
kind = "act"
label = { ko = "법", en = "Act" }

[[role]]
slug = "judge"
names = [{ ko = "판사", en = "judge", from = 2000-01-01 }]

[[reason]]
slug = "defective"
label = { ko = "흠결", en = "defective" }
outcomes = ["refused"]
citation = "act 1"
from = 2000-01-01

[[retention]]
record = "ledger"
label = { ko = "대장", en = "ledger" }
years = 1
citation = "act 2"
from = 2000-01-01

[[instrument]]
slug = "order"
discloses = true
citation = "act 3"
from = 2000-01-01

[[instrument.names]]
ko = "명령"
en = "Order"
from = 2000-01-01

[[instrument.binding]]
binding = "binding"
citation = "act 3"
from = 2000-01-01

[[instrument.opened]]
how = "banded"
citation = "act 3"
from = 2000-01-01

[[instrument.data]]
category = "subscriber"
citation = "act 3"
from = 2000-01-01

[[instrument.issuers]]
role = "judge"
citation = "act 3"
from = 2000-01-01

[[instrument.items]]
slug = "issuer"
label = { ko = "발부자", en = "issuer" }
kind = "issuer"
citation = "act 3"
from = 2000-01-01

[[instrument.items]]
slug = "number"
label = { ko = "번호", en = "number" }
kind = "text"
pattern = "[0-9]{4}"
citation = "act 3"
from = 2000-01-01

[[instrument.items]]
slug = "until"
label = { ko = "기한", en = "until" }
kind = "date"
citation = "act 3"
from = 2000-01-01

[[instrument.deadlines]]
slug = "answer"
label = { ko = "회신", en = "answer" }
who = "provider"
kind = "days"
number = 10
citation = "act 4"
from = 2000-01-01

[[bands]]
slug = "hundreds"
label = { ko = "100건", en = "hundreds" }
width = 100
period = "half-year"
citation = "act 5"
from = 2000-01-01

[[bands.figures]]
slug = "orders"
label = { ko = "명령", en = "orders" }
instruments = ["order"]
measure = "requested"
delay = 1
citation = "act 5"
"""


def test_the_small_pack_is_one():
    pack = load_pack(SMALL.encode())
    assert (pack.slug, pack.jurisdiction, pack.version) == ("xx", "XX", date(2026, 1, 1))
    assert pack.holidays == {2026: frozenset({date(2026, 1, 1)})}
    assert pack.reasons[0].instruments == ("order",)


ITEM_KIND = 'kind = "text"\npattern = "[0-9]{4}"'
NAMED = 'en = "Order"\nfrom = 2000-01-01'
ROLE = '[[role]]\nslug = "judge"'
DAYS = 'kind = "days"\nnumber = 10'


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('pack = "xx"', 'pack = "xx"\ncolour = "red"', "colour"),
        ('pack = "xx"', "", "pack"),
        ('pack = "xx"', 'pack = "X X"', "pack"),
        ('jurisdiction = "XX"', 'jurisdiction = "xx"', "jurisdiction"),
        ('zone = "Europe/Berlin"', 'zone = "../etc"', "zone"),
        ("version = 2026-01-01", 'version = "2026-01-01"', "version"),
        ("version = 2026-01-01", "version = 2026-01-01T00:00:00", "version"),
        ('{ ko = "나라", en = "Country" }', '{ ko = "나라" }', "name.en"),
        ('{ ko = "나라", en = "Country" }', '{ ko = " ", en = "Country" }', "name.ko"),
        ('{ ko = "나라", en = "Country" }', '{ ko = "나라", en = "Country", fr = "Pays" }', "name.fr"),
        ('{ ko = "나라", en = "Country" }', '"Country"', "name"),
        ("2026 = [2026-01-01]", "2026 = [2025-01-01]", "holidays.2026[0]"),
        ("2026 = [2026-01-01]", "2026 = [2026-01-01, 2026-01-01]", "holidays.2026"),
        ("2026 = [2026-01-01]", "now = [2026-01-01]", "holidays.now"),
        ('kind = "act"', 'kind = "rumour"', "source[0].kind"),
        (ROLE, f'{ROLE}\nnames = []\n[[role]]\nslug = "x"', "role[0].names"),
        ('outcomes = ["refused"]', 'outcomes = ["complied"]', "reason[0].outcomes"),
        ('outcomes = ["refused"]', 'outcomes = ["dropped"]', "reason[0].outcomes[0]"),
        ('outcomes = ["refused"]\ncitation = "act 1"', 'outcomes = ["refused"]', "reason[0].citation"),
        ("years = 1", "years = 0", "retention[0].years"),
        ("years = 1", "years = true", "retention[0].years"),
        ("years = 1", 'years = 1\ninstruments = ["nothing"]', "retention[0].instruments[0]"),
        ('citation = "act 2"', 'citation = "law 2"', "retention[0].citation"),
        ('citation = "act 2"', 'citation = "see above"', "retention[0].citation"),
        ('citation = "act 2"', 'citation = ""', "retention[0].citation"),
        ('citation = "act 2"\n', "", "retention[0].citation"),
        ('citation = "act 2"\nfrom = 2000-01-01', 'citation = "act 2"', "retention[0].from"),
        ("discloses = true", 'discloses = "yes"', "instrument[0].discloses"),
        (NAMED, 'en = "Order"\nfrom = 2001-01-01', "instrument[0].names"),
        (NAMED, f"{NAMED}\nuntil = 2001-01-01", "instrument[0].names"),
        (NAMED, f"{NAMED}\nuntil = 1999-01-01", "instrument[0].names[0].until"),
        ('how = "banded"', 'how = "secret"', "instrument[0].opened[0].how"),
        ('binding = "binding"', 'binding = "perhaps"', "instrument[0].binding[0].binding"),
        ('category = "subscriber"', 'category = "metadata"', "instrument[0].data[0].category"),
        ('role = "judge"', 'role = "king"', "instrument[0].issuers[0].role"),
        (ITEM_KIND, 'kind = "number"', "instrument[0].items[1].kind"),
        (ITEM_KIND, 'kind = "text"\npattern = "("', "instrument[0].items[1].pattern"),
        (ITEM_KIND, 'kind = "date"\npattern = "[0-9]{4}"', "instrument[0].items[1].pattern"),
        (ITEM_KIND, 'kind = "text"\nbound = "not-after"', "instrument[0].items[1].bound"),
        (ITEM_KIND, 'kind = "choice"', "instrument[0].items[1].choices"),
        (ITEM_KIND, 'kind = "text"\nchoices = ["a"]', "instrument[0].items[1].choices"),
        (ITEM_KIND, 'kind = "approver"', "instrument[0].approvers"),
        (ITEM_KIND, 'kind = "issuer"', "instrument[0].items[1]"),
        ('slug = "number"', 'slug = "issuer"', "instrument[0].items[1]"),
        ("number = 10", "", "instrument[0].deadlines[0].number"),
        ("number = 10", "number = 10.5", "instrument[0].deadlines[0].number"),
        ("number = 10", 'number = 10\nitem = "until"', "instrument[0].deadlines[0].item"),
        (DAYS, 'kind = "without-delay"', "instrument[0].deadlines[0].policy"),
        ("width = 100", "width = 0", "bands[0].width"),
        ("width = 100", 'width = 100\ncolour = "red"', "bands[0].colour"),
        ('period = "half-year"', 'period = "month"', "bands[0].period"),
        ('period = "half-year"', 'period = "year"', "bands[0].figures[0].delay"),
        ('instruments = ["order"]', 'instruments = ["wish"]', "bands[0].figures[0].instruments[0]"),
        ('instruments = ["order"]\n', "", "bands[0].figures[0].instruments"),
        ('measure = "requested"', 'measure = "granted"', "bands[0].figures[0].measure"),
        ('how = "banded"', 'how = "line"', "bands[0].figures[0].instruments"),
        ("delay = 1", "delay = -1", "bands[0].figures[0].delay"),
        ('citation = "act 5"\nfrom = 2000-01-01', "from = 2000-01-01", "bands[0].citation"),
        (DAYS, 'kind = "paper-date"\nitem = "number"', "instrument[0].deadlines[0].item"),
        (
            DAYS,
            'kind = "without-delay"\npolicy = { kind = "without-delay", number = 1 }',
            "instrument[0].deadlines[0].policy.kind",
        ),
    ],
)  # fmt: skip
def test_each_mistake_is_named_at_its_path(old: str, new: str, where: str):
    assert SMALL.count(old) >= 1
    with pytest.raises(LawPackError) as error:
        load_pack(SMALL.replace(old, new, 1).encode())
    assert error.value.where == where
    assert where in str(error.value)


ADDED = [
    ('[[instrument]]\nslug = "order"', "instrument[1]"),
    ('[[source]]\nslug = "act"', "source[1]"),
    ('[[role]]\nslug = "judge"', "role[1]"),
    ('[[reason]]\nslug = "defective"', "reason[1]"),
    ('[[retention]]\nrecord = "ledger"', "retention[1]"),
    ('[[bands]]\nslug = "hundreds"', "bands[1]"),
]


@pytest.mark.parametrize(("head", "where"), ADDED)
def test_nothing_is_stated_twice(head: str, where: str):
    start = SMALL.index(head)
    ends = [
        found.start()
        for found in re.finditer(r"^\[\[(?!instrument\.|bands\.)", SMALL, re.M)
        if found.start() > start
    ]
    block = SMALL[start : ends[0] if ends else len(SMALL)]
    with pytest.raises(LawPackError) as error:
        load_pack((SMALL + "\n" + block).encode())
    assert error.value.where == where


def test_a_rule_may_be_stated_anew_from_the_day_after():
    old = 'how = "banded"\ncitation = "act 3"\nfrom = 2000-01-01'
    later = '\n[[instrument.opened]]\nhow = "banded"\ncitation = "act 3"\nfrom = 2010-01-01'
    load_pack(SMALL.replace(old, old + "\nuntil = 2009-12-31\n" + later).encode())
    with pytest.raises(LawPackError, match="twice"):
        load_pack(SMALL.replace(old, old + "\nuntil = 2010-01-01\n" + later).encode())
    with pytest.raises(LawPackError, match="nothing is stated for 2009-12-31"):
        load_pack(SMALL.replace(old, old + "\nuntil = 2009-12-30\n" + later).encode())


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xff", "not UTF-8 at byte 0"),
        (b"pack = ", "is not TOML"),
        (b"", "pack: is missing|instrument"),
        (b"a = " + b"[" * 5000, "TOML|deep"),
        (b"#" * 4_000_001, "at most"),
        (b"pack = 2016-02-30", "is not TOML"),
        (b"source = 1", "array of tables"),
        (b"source = [1]", "must be a table"),
    ],
)
def test_what_is_no_pack_at_all(data: bytes, says: str):
    with pytest.raises(LawPackError, match=says):
        load_pack(data)


def test_no_pack_of_that_name():
    for name in ("xx", "../kr", "KR"):
        with pytest.raises(LawPackError, match="one of kr"):
            builtin_pack(name)


def load_or_law_pack_error(data: bytes) -> None:
    try:
        load_pack(data)
    except LawPackError as error:
        assert str(error)


LINES = SMALL.splitlines()
VALUES = [
    "",
    "1",
    "-1",
    "99999999999",
    "true",
    '"x"',
    '""',
    "[]",
    "{}",
    "[1]",
    "[[1]]",
    "1.5",
    "nan",
    "2016-01-01",
    "9999-12-31",
    "0001-01-01",
    "12:00:00",
    '"\\u0000"',
    '["a", "a"]',
    '{ ko = "가", en = "a" }',
]


@settings(max_examples=300)
@given(st.data())
def test_a_mutated_pack_raises_nothing_else(data: st.DataObject):
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["drop", "double", "swap", "value", "text"])):
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                other = data.draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case "value":
                key = lines[at].split("=")[0]
                lines[at] = f"{key}= {data.draw(st.sampled_from(VALUES))}"
            case "text":
                lines[at] = data.draw(st.text(max_size=20))
    load_or_law_pack_error("\n".join(lines).encode("utf-8", "surrogatepass"))


@settings(max_examples=200)
@given(st.integers(0, len(SMALL.encode()) - 1), st.binary(max_size=4), st.integers(0, 6))
def test_mutated_bytes_raise_nothing_else(at: int, inserted: bytes, dropped: int):
    data = SMALL.encode()
    load_or_law_pack_error(data[:at] + inserted + data[at + dropped :])


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_any_bytes_raise_nothing_else(data: bytes):
    load_or_law_pack_error(data)


@settings(max_examples=15)
@given(st.data())
def test_a_mutated_korean_pack_raises_nothing_else(data: st.DataObject):
    lines = pack_bytes("kr").decode().splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    key = lines[at].split("=")[0]
    lines[at] = data.draw(st.sampled_from(["", f"{key}= {data.draw(st.sampled_from(VALUES))}"]))
    load_or_law_pack_error("\n".join(lines).encode())
