from dataclasses import replace
from datetime import date

import pytest

from sagwan.compare import SourceKind

from .make import claim


def test_the_id_is_stable_and_ignores_note_and_place() -> None:
    one = claim(1809, "Aju")
    # printf of the thirteen columns, joined by TAB, through sha256sum
    assert one.id == "ae6e5bc3e65edff5"
    assert replace(one, note="a remark", file="elsewhere.csv", line=9).id == one.id


@pytest.mark.parametrize(
    "changes",
    [
        {"value": "1,809"},
        {"metric": "issued"},
        {"source_url": "https://example.com/amp"},
        {"source_date": "2016-08-04"},
        {"source_kind": SourceKind.NGO},
    ],
)
def test_the_id_tells_claims_apart(changes: dict[str, str]) -> None:
    one = claim(1809, "Aju")
    assert replace(one, **changes).id != one.id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aju Business Daily (ajunews)", "Aju Business Daily"),
        ("Hankyung / Yonhap", "Korea Herald / Yonhap"),
        ("inews24", "iNews24"),
    ],
)
def test_copies_share_a_voice(one: str, other: str) -> None:
    assert claim(1, one).voice == claim(1, other).voice


def test_publishers_and_providers_have_voices_of_their_own() -> None:
    assert claim(1, "Korea Herald").voice != claim(1, "Korea Times").voice
    assert (
        claim(1, "krMaynard/api (built)", kind="company-report-copy").voice
        == claim(1, "Acme", kind="recounted").voice
    )
    assert claim(1, "Acme", kind="company-report").voice != claim(1, "Acme").voice


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016-12", date(2016, 12, 1), date(2016, 12, 31)),
        ("2016-08-04", date(2016, 8, 4), date(2016, 8, 4)),
    ],
)
def test_a_date_spans_what_it_may_mean(printed: str, first: date, last: date) -> None:
    one = claim(1, source_date=printed)
    assert (one.first_day, one.last_day) == (first, last)
