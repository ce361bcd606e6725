"""Files that come with a request are kept encrypted, given back to who may see them, and go with the key."""

from pathlib import Path

from tests.cli.conftest import decided, ok, received, run

WARRANT = "%PDF-1.7 가상 영장 ".encode() + bytes(range(256))


def test_a_document_comes_back_byte_for_byte(home: Path, tmp_path: Path) -> None:
    paper, other = tmp_path / "warrant.pdf", tmp_path / "annex.txt"
    paper.write_bytes(WARRANT)
    other.write_text("별지")
    number = received("--document", paper)
    ok("document", number, tmp_path / "out.pdf", "--by", "nam")
    assert (tmp_path / "out.pdf").read_bytes() == WARRANT
    stored = b"".join(f.read_bytes() for f in home.rglob("*") if f.is_file())
    assert "가상 영장".encode() not in stored
    assert "warrant.pdf" in ok("show", number, "--private", "--by", "kim").out
    assert "warrant.pdf" not in ok("show", number).out
    ok("receipt", number, tmp_path / "r", "--by", "kim")

    two = received("--document", paper, "--document", other, case="가상-2")
    ran = run("document", two, tmp_path / "x", "--by", "kim")
    assert ran.code == 2 and "has 2 documents" in ran.err
    digest = ran.err.rsplit(" ", 1)[1].strip()
    ok("document", two, tmp_path / "x", "--digest", digest, "--by", "kim")
    assert (tmp_path / "x").read_text() == "별지"
    assert run("document", two, tmp_path / "y", "--digest", "zz", "--by", "kim").code == 2
    assert run("document", two, tmp_path / "x", "--digest", digest, "--by", "kim").code == 2
    assert run("document", two, tmp_path / "y", "--digest", digest, "--by", "hong").code == 1
    assert not (tmp_path / "y").exists()

    decided(number, "refused", "--reason", "document-defective")
    ok("destroy-key", number, "--class", "matter", "--by", "kim", "--approved-by", "lee", "--yes")
    gone = run("document", number, tmp_path / "z", "--by", "kim")
    assert gone.code == 2 and "destroyed" in gone.err
    ok("fsck")


def test_documents_that_cannot_be_kept(home: Path, tmp_path: Path) -> None:
    big = tmp_path / "big"
    with big.open("wb") as file:
        file.truncate(20_000_001)
    words = (
        "receive", "--service", "kakao", "--instrument", "search-and-seizure-warrant", "--data", "access",
        "--authority", "가상", "--case", "1", "--by", "kim", "--at", "2016-03-02T10:00:00+09:00",
    )  # fmt: skip
    assert "at most 20,000,000" in run(*words, "--document", big).err
    assert run(*words, "--document", tmp_path / "none").code == 2
    small = tmp_path / "small"
    small.write_text("x")
    assert run(*words, "--document", small, "--document", small).code == 2
    assert ok("list", "--json").json == []
