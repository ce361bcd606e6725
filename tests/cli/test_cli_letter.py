"""`sagwan letter`: a PDF, whoever asks for it is recorded, and what is not on record is not written."""

import io
from pathlib import Path

from pypdf import PdfReader

from tests.cli.conftest import decided, ok, received, run

LATER = ("--at", "2016-03-04T10:00:00+09:00")


def text(file: Path) -> str:
    pages = PdfReader(io.BytesIO(file.read_bytes())).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_a_letter_is_written_and_the_view_recorded(home: Path, tmp_path: Path) -> None:
    number, file = received(), tmp_path / "answer.pdf"
    early = run("letter", number, "--kind", "refusal", "-o", file, "--by", "kim", *LATER)
    assert early.code == 1 and "nothing was decided" in early.err and not file.exists()
    decided(number, "refused", "--reason", "document-defective")
    ok("letter", number, "--kind", "refusal", "-o", file, "--by", "kim", *LATER)
    assert "형사소송법제114조제1항" in text(file) and "이승인" in text(file) and "PREVIEW" not in text(file)
    assert file.stat().st_mode & 0o777 == 0o600
    again = run("letter", number, "--kind", "refusal", "-o", file, "--by", "kim", *LATER)
    assert again.code == 2 and "exists already" in again.err
    look = tmp_path / "look.pdf"
    ok("letter", number, "--kind", "refusal", "--lang", "en", "--preview", "-o", look, "--by", "kim", *LATER)
    assert "thedocumentisdefective" in text(look) and "미리보기·PREVIEW" in text(look)
    denied = run("letter", number, "--kind", "refusal", "-o", tmp_path / "x.pdf", "--by", "hong", *LATER)
    assert denied.code == 1 and "look at private parts" in denied.err
    ok("fsck")


def test_a_character_without_a_glyph_is_told(home: Path, tmp_path: Path) -> None:
    number, file = received(case="사건 😀"), tmp_path / "a.pdf"
    ran = ok("letter", number, "--kind", "acknowledgement", "-o", file, "--by", "kim", *LATER)
    assert "U+1F600 (GRINNING FACE)" in ran.out
    assert "사건[U+1F600]" in text(file)


def test_what_cannot_be_a_letter(home: Path, tmp_path: Path) -> None:
    number, file = received(), tmp_path / "a.pdf"
    words = ("-o", file, "--by", "kim", *LATER)
    assert run("letter", "0" * 16, "--kind", "refusal", *words).code == 1
    assert run("letter", number, "--kind", "poem", *words).code == 2
    assert run("letter", number, "--kind", "notice", *words).code == 1
    assert run("letter", number, "--kind", "notice", "--target", "nonsense", *words).code == 2
    assert not file.exists()
