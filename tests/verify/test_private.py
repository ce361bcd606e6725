"""Revealed items: what they prove, offline; and each cheat, which fails."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sagwan.formats.errors import FormatError
from sagwan.formats.items import Item, ProvenItem, items_root, prove, salted
from sagwan.formats.opening import Opening
from sagwan.formats.revealed import Revealed, decode_revealed, encode_revealed
from sagwan.record.errors import SagwanError
from sagwan.seal.log_folder import LogFolder
from sagwan.tlog import TlogProof, inclusion_proof, parse_checkpoint, parse_note, parse_proof, tile_nodes
from sagwan.verify import Anchor, PrivateState, Trust, verify_private
from tests.support.folder import H1, H2, Half, Keys, Publisher, build, first_half, received, second_half

FACTS = [
    ("authority", "서울중앙지방검찰청"),
    ("case-number", "2016형제1"),
    ("target", "account alice"),
    ("target", "account bob"),
    ("chain-head", "00"),
]
ITEMS = salted(b"seed", FACTS)
MINE = 12
"""Where the line stands in the log of `published`."""


@pytest.fixture
def opening() -> Opening:
    return received("mine", private=items_root(ITEMS).hex(), period=str(H1))


@pytest.fixture
def reader(keys: Keys) -> Trust:
    return Trust(key=keys.vkey)


def published(root: Path, opening: Opening, **options: object) -> None:
    half = first_half(**options)
    half.lines.append(opening)
    build(root, half, second_half())


def proof_of(root: Path, index: int) -> TlogProof:
    log = LogFolder(root / "log")
    note = log.checkpoint()
    assert note is not None
    size = parse_checkpoint(parse_note(note).text).size
    return TlogProof(index, tuple(inclusion_proof(tile_nodes(size, log.read), index, size)), note)


def shown(root: Path, opening: Opening, places: tuple[int, ...] = (1, 2), index: int = MINE) -> Revealed:
    return Revealed(opening.line(), prove(ITEMS, places), bytes(proof_of(root, index)).decode(), True)


def test_items_of_a_published_line(tmp_path: Path, opening: Opening, reader: Trust) -> None:
    published(tmp_path, opening)
    data = encode_revealed(shown(tmp_path, opening))
    answer = verify_private(data, tmp_path, trust=reader)
    assert (answer.state, answer.exit_code, answer.index) == (PrivateState.PUBLISHED, 0, MINE)
    assert answer.items == (FACTS[1], FACTS[2])
    assert [(line.index, line.kind, line.period) for line in answer.opened] == [(MINE, "received", str(H1))]
    assert "2016H1" in answer.text["en"] and answer.synthetic
    document = json.loads(answer.to_json())
    assert document["state"] == "published" and document["line"] == opening.line().decode()


def test_what_is_not_revealed_stays_hidden(tmp_path: Path, opening: Opening) -> None:
    published(tmp_path, opening)
    text = encode_revealed(shown(tmp_path, opening)).decode()
    assert [salt for salt in (ITEMS[0].salt, ITEMS[3].salt, ITEMS[4].salt) if salt in text] == []
    assert "bob" not in text and "서울중앙" not in text


def test_without_a_folder_the_proofs_are_enough(tmp_path: Path, opening: Opening, reader: Trust) -> None:
    published(tmp_path, opening)
    data = encode_revealed(shown(tmp_path, opening))
    answer = verify_private(data, trust=reader)
    assert (answer.state, answer.exit_code) == (PrivateState.PROVEN, 0)
    with pytest.raises(SagwanError, match="no key of the log"):
        verify_private(data)


def test_a_key_that_only_the_folder_names_is_self_declared(tmp_path: Path, opening: Opening) -> None:
    published(tmp_path, opening)
    answer = verify_private(encode_revealed(shown(tmp_path, opening)), tmp_path)
    assert (answer.state, answer.anchor, answer.exit_code) == (PrivateState.PUBLISHED, Anchor.FOLDER, 3)


def test_a_withheld_line_can_be_shown_too(tmp_path: Path, opening: Opening, reader: Trust) -> None:
    published(tmp_path, opening, withheld={MINE: "non-disclosure-order"})
    answer = verify_private(encode_revealed(shown(tmp_path, opening)), tmp_path, trust=reader)
    assert (answer.state, answer.withheld, answer.exit_code) == (
        PrivateState.WITHHELD,
        "non-disclosure-order",
        0,
    )
    assert answer.opened == ()


def test_a_line_that_no_report_covers_yet(tmp_path: Path, reader: Trust) -> None:
    publisher: Publisher = build(tmp_path, first_half())
    mine = received("mine", private=items_root(ITEMS).hex(), period=str(H2))
    publisher.seal([mine.line()])
    index = parse_checkpoint(parse_note((tmp_path / "log/checkpoint").read_bytes()).text).size - 1
    answer = verify_private(encode_revealed(shown(tmp_path, mine, index=index)), tmp_path, trust=reader)
    assert (answer.state, answer.exit_code) == (PrivateState.UNREPORTED, 0)


Cheat = Callable[[Revealed, Path], Revealed]


def _item(revealed: Revealed, **changes: object) -> Revealed:
    first, *rest = revealed.items
    return replace(revealed, items=(replace(first, item=replace(first.item, **changes)), *rest))


def _other_place(revealed: Revealed, root: Path) -> Revealed:
    return replace(revealed, proof=bytes(proof_of(root, MINE - 1)).decode())


def _same_hashes_other_index(revealed: Revealed, root: Path) -> Revealed:
    proof = replace(parse_proof(revealed.proof.encode()), index=MINE ^ 1)
    return replace(revealed, proof=bytes(proof).decode())


def _of_another_tree(revealed: Revealed, root: Path) -> Revealed:
    """An item of a line that was never sealed, with a sound proof of its own."""
    return replace(revealed, items=prove(salted(b"other", FACTS), [1]))


def _twice(revealed: Revealed, root: Path) -> Revealed:
    return replace(revealed, items=revealed.items + revealed.items[:1])


def _two_sizes(revealed: Revealed, root: Path) -> Revealed:
    """The last of five items also verifies as the second of two: the same item would be shown twice."""
    last = prove(ITEMS, [4])[0]
    again = ProvenItem(last.item, 1, 2, last.path)
    again.verify(items_root(ITEMS))
    return replace(revealed, items=(last, again))


def _line(revealed: Revealed, old: bytes, new: bytes) -> Revealed:
    return replace(revealed, line=revealed.line.replace(old, new))


CHEATS: dict[str, tuple[Cheat, str]] = {
    "a changed value": (lambda r, root: _item(r, value="2016형제2"), "private root"),
    "a changed name": (lambda r, root: _item(r, name="official"), "private root"),
    "a wrong salt": (lambda r, root: _item(r, salt="0" * 32), "private root"),
    "items of another line": (_of_another_tree, "private root"),
    "no item at all": (lambda r, root: replace(r, items=()), "no item"),
    "an item shown twice": (_twice, "twice"),
    "an item under two sizes": (_two_sizes, "one of"),
    "a line changed afterwards": (
        lambda r, root: _line(r, b"\t1\t-\t", b"\t9\t-\t"),
        "not proven to be entry",
    ),
    "the proof of another line": (_other_place, "not proven to be entry"),
    "another place": (_same_hashes_other_index, "not proven to be entry"),
    "no proof": (lambda r, root: replace(r, proof="c2sp.org/tlog-proof@v1\n"), "not proven"),
    "a line that is none": (lambda r, root: replace(r, line=b"hello"), "fields"),
}


@pytest.mark.parametrize("name", CHEATS)
def test_each_cheat_fails(name: str, tmp_path: Path, opening: Opening, reader: Trust) -> None:
    published(tmp_path, opening)
    cheat, says = CHEATS[name]
    honest = shown(tmp_path, opening)
    assert verify_private(encode_revealed(honest), tmp_path, trust=reader).exit_code == 0
    for source in (tmp_path, None):
        answer = verify_private(encode_revealed(cheat(honest, tmp_path)), source, trust=reader)
        assert (answer.state, answer.exit_code, answer.items) == (PrivateState.INVALID, 1, ())
        assert says in answer.failures[0]


def test_a_line_of_another_log(tmp_path: Path, opening: Opening, keys: Keys) -> None:
    naver = Keys(origin="demo.invalid/naver")
    (tmp_path / "kakao").mkdir()
    (tmp_path / "naver").mkdir()
    published(tmp_path / "kakao", opening)
    build(tmp_path / "naver", Half(H1, [received("x")]), keys=naver)
    data = encode_revealed(shown(tmp_path / "kakao", opening))
    trust = Trust(key=f"{keys.vkey}\n{naver.vkey}")
    answer = verify_private(data, tmp_path / "naver", trust=trust)
    assert answer.state is PrivateState.INVALID and "demo.invalid/naver" in answer.failures[0]


def test_a_log_that_a_thief_made_up(tmp_path: Path, opening: Opening, reader: Trust) -> None:
    """Its own key under the true log's name: the reader's key did not sign it."""
    build(tmp_path, Half(H1, [opening]), keys=Keys("thief"))
    answer = verify_private(encode_revealed(shown(tmp_path, opening, index=0)), trust=reader)
    assert answer.state is PrivateState.INVALID and "no signature by a known key" in answer.failures[0]


def test_a_folder_that_forked(tmp_path: Path, opening: Opening, reader: Trust, keys: Keys) -> None:
    """The same key signed two logs; the folder at hand has something else at that place."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    published(tmp_path / "one", opening)
    published(tmp_path / "two", received("somebody", period=str(H1)))
    answer = verify_private(encode_revealed(shown(tmp_path / "one", opening)), tmp_path / "two", trust=reader)
    assert answer.state is PrivateState.INVALID and "the line's commitment is" in answer.failures[0]


def test_a_reader_who_asks_for_witnesses_gets_them(tmp_path: Path, opening: Opening, keys: Keys) -> None:
    published(tmp_path, opening)
    revealed = shown(tmp_path, opening)
    witnessed = Trust(key=keys.vkey, policy=keys.policy())
    assert verify_private(encode_revealed(revealed), trust=witnessed).exit_code == 0
    proof = parse_proof(revealed.proof.encode())
    note = parse_note(proof.checkpoint)
    alone = b"\n".join(proof.checkpoint.split(b"\n")[: note.text.count("\n") + 2]) + b"\n"
    bare = replace(revealed, proof=bytes(replace(proof, checkpoint=alone)).decode())
    assert verify_private(encode_revealed(bare), trust=Trust(key=keys.vkey)).exit_code == 0
    answer = verify_private(encode_revealed(bare), trust=witnessed)
    assert answer.state is PrivateState.INVALID and "quorum" in answer.failures[0]


@pytest.mark.parametrize(
    "data",
    [
        b"hello",
        b"[]",
        b"{}",
        b'{"format": "sagwan-receipt/1"}',
        b'{"format": "sagwan-revealed/1", "synthetic": 1, "line": "", "items": [], "proof": ""}',
        b'{"format": "sagwan-revealed/1", "synthetic": true, "line": "\xc3\xa9", "items": [], "proof": ""}',
        b'{"format": "sagwan-revealed/1", "synthetic": true, "line": "", '
        b'"items": [{"index": true}], "proof": ""}',
    ],
)
def test_what_is_no_such_file(data: bytes) -> None:
    with pytest.raises(FormatError):
        decode_revealed(data)


def test_the_file_gives_back_what_was_put_in(opening: Opening) -> None:
    revealed = Revealed(opening.line(), prove(ITEMS, [0, 4]), "proof", True)
    assert decode_revealed(encode_revealed(revealed)) == revealed
    assert isinstance(revealed.items[0].item, Item)
