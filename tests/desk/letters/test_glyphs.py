"""What a letter shows is what it was given: text comes back from the PDF, and no box is silently empty."""

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from sagwan.desk.letters.facts import Clarification, Letter, Letterhead, Matter, Recipient, Signer
from sagwan.desk.letters.glyphs import Replaced, Showing, covered
from sagwan.desk.letters.kinds import Kind
from sagwan.desk.letters.typeset import TypesettingFailed, pictures, typeset

from .make import read, squeezed

MARKUP = "#$*_[]{}()\\@`<>~-=/\"'^&|%;:!?,."


def letter(text: str, *, lang: str = "ko", preview: bool = False) -> Letter:
    """A question in which every text of a stranger's is `text`."""
    return Letter(
        kind=Kind.CLARIFICATION,
        lang=lang,
        number="3f0c9a1be2d84756-3",
        day=date(2016, 3, 3),
        dated="2016년 3월 3일",
        head=Letterhead("카카오", "통신비밀 업무팀", (), ()),
        to=Recipient(text, (text,)),
        matter=Matter(
            "3f0c9a1be2d84756", text, "카카오톡", "영장", "제1조", "오늘", ("통신 내용",), 2, False
        ),
        body=Clarification(text, "2016년 3월 2일", True),
        signer=Signer("담당", "김"),
        preview=preview,
        synthetic=False,
    )


def shown(text: str) -> str:
    return squeezed(Showing().text(text))


def glyphs(pdf: bytes) -> set[int]:
    """The numbers of all glyphs that the pages draw; 0 is the box of a font that lacks a character."""
    found: set[int] = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for operands, operator in page.get_contents().operations:
            if operator in (b"Tj", b"TJ"):
                parts = operands[0] if operator == b"TJ" else operands
                for part in parts:
                    if not isinstance(part, int | float):
                        data = part if isinstance(part, bytes) else part.original_bytes
                        found.update(int.from_bytes(data[i : i + 2]) for i in range(0, len(data), 2))
    assert found
    return found


@pytest.mark.parametrize(
    "text",
    [
        "가각힣 뷁 쀍 똠방각하 펲시 쮥",
        "洪吉童 金鐵洙 判事 搜索令狀",
        "Sagwan Ää é ñ ß Čapek Łódź Ωμέγα Έλληνας Привет",
        "₩1,000,000 € £ § · 「법」 『전서』 – — … ※ ① №",
        "C:\\Users\\kim \\n \\u{1F600}",
        '#let x = 1; #panic("x") $x^2$ *b* _i_ `r` <l> @ref [c] // c /* c */ ~ -- --- \\ = h',
        '#image("/etc/passwd") #read("/etc/passwd") #import "@preview/x:1.0.0"',
        "이름\u1100\u1161\u11a8",  # a syllable in parts, as some systems write file names
    ],
)
def test_text_comes_back_as_it_went_in(text: str) -> None:
    made = typeset(letter(text))
    assert made.replaced == ()
    assert read(made.pdf).count(squeezed(text)) == 4  # the recipient, an official, the case, the question


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("😀", "U+1F600"),
        ("ไ", "U+0E44"),
        ("م", "U+0645"),
        ("\u202e", "U+202E"),
        ("\u200b", "U+200B"),
        ("\u00ad", "U+00AD"),
        ("\ue000", "U+E000"),
    ],
)
def test_what_cannot_be_shown_is_shown_by_its_number_and_told(text: str, code: str) -> None:
    made = typeset(letter(f"가{text}나"))
    assert [each.code for each in made.replaced] == [code]
    assert made.replaced[0].times == 4
    assert f"가[{code}]나" in read(made.pdf)


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        st.one_of(
            st.sampled_from(MARKUP + "가힣뷁 "),
            st.characters(min_codepoint=0x20, max_codepoint=0xFFFF, exclude_categories=("Cs", "Cc")),
        ),
        min_size=1,
        max_size=80,
    )
)
def test_no_text_is_lost_and_none_is_markup(text: str) -> None:
    assert shown(text) in read(typeset(letter(text)).pdf)


def test_a_long_name_stays_on_the_page() -> None:
    text = "a" * 480 + "@example.kr"
    page = PdfReader(io.BytesIO(typeset(letter(text)).pdf)).pages[0]
    assert squeezed(text) in squeezed(page.extract_text())
    longest = max(page.extract_text().splitlines(), key=len)
    assert len(longest) < 150


def test_both_faces_have_every_syllable() -> None:
    assert set(range(0xAC00, 0xD7A4)) <= covered()
    assert len([code for code in covered() if 0x4E00 <= code <= 0x9FFF]) > 4_500


def test_every_character_that_counts_as_shown_is() -> None:
    """In text and in bold; Typst itself refuses a character that no face has."""
    codes = sorted(code for code in covered() if Showing().text(chr(code)) == chr(code))
    for begin in range(0, len(codes), 6_000):
        text = "".join(map(chr, codes[begin : begin + 6_000]))
        assert typeset(letter(text)).replaced == ()


def test_no_glyph_drawn_is_the_empty_box(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 0 not in glyphs(typeset(letter("가힣뷁 洪吉童 Čapek ₩1,000 C:\\x")).pdf)
    monkeypatch.setattr(Showing, "text", lambda self, text: text)
    monkeypatch.setattr("sagwan.desk.letters.typeset.STANDARD", "1.7")
    assert 0 in glyphs(typeset(letter("😀")).pdf), (
        "what this test looks for is there where nobody prevents it"
    )


def faces(pdf: bytes) -> set[str]:
    fonts = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/Font"].values()
    return {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in fonts}


def test_a_backslash_is_not_drawn_as_a_won_sign() -> None:
    """NanumGothic's own glyph for it is a won sign, so another face must draw it."""
    assert not any("DejaVu" in face for face in faces(typeset(letter("₩")).pdf))
    assert any("DejaVu" in face for face in faces(typeset(letter("\\")).pdf))


def test_a_box_that_slips_through_stops_the_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Showing, "text", lambda self, text: text)
    with pytest.raises(TypesettingFailed, match="could not be displayed"):
        typeset(letter("😀"))


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert typeset(letter("가")).pdf == typeset(letter("가")).pdf


def test_the_page_can_be_looked_at() -> None:
    picture = pictures(letter("가"))[0]
    assert picture.startswith(b"\x89PNG")


def test_a_replaced_character_is_named() -> None:
    assert Replaced("😀", 2).name == "GRINNING FACE"
