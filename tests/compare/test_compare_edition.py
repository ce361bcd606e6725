import pytest
from hypothesis import given
from hypothesis import strategies as st

from sagwan.compare import Edition
from sagwan.compare.edition import checksum

TEXT = st.text(alphabet="ab|%7C é한:/", max_size=12)


@given(TEXT, TEXT, TEXT, st.text(alphabet="0123456789abcdef", max_size=64))
def test_an_edition_reads_back_as_it_was(publisher: str, address: str, retrieved: str, sha256: str) -> None:
    edition = Edition(publisher, address, retrieved, sha256)
    assert Edition.parse(str(edition)) == edition
    assert checksum(str(edition)) == sha256


@pytest.mark.parametrize("text", ["", "a", "a|b|c", "a|b|c|d|e"])
def test_what_is_no_edition(text: str) -> None:
    with pytest.raises(ValueError, match="not an edition"):
        Edition.parse(text)
