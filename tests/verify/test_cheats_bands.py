"""Bands: what a report states of them may not contradict the log, and no batch may tell more than they do."""

import json
from dataclasses import replace

import pytest

from sagwan.formats.banded import Banded, BandedFigure
from sagwan.formats.errors import FormatError
from sagwan.formats.report import Report, decode_json, encode_json
from sagwan.verify import verify
from tests.support.folder import H1, H2, Half, build, cover, received, resolved

from .helpers import failed, failure

PLAIN = 3
HIDDEN = 2
"""Each batch of the folder holds so many entries that are opened, and so many that are banded."""


def figure(**changes) -> BandedFigure:
    values = {
        "figure": "national-security-letters",
        "names": {"ko": "국가안보서신", "en": "National security letters"},
        "jurisdiction": "US",
        "instruments": ("national-security-letter",),
        "measure": "requested",
        "about": "2016H1",
        "width": 500,
        "low": 0,
        "high": 499,
        "option": "half-yearly-500",
        "rule": "usc-50 §1874(a)(2)(A)",
        "citation": {"ko": "미국 연방법전 제50편 제1874조", "en": "50 U.S.C. § 1874"},
    }
    return BandedFigure(**{**values, **changes})


def banded(*figures: BandedFigure, per_batch: int = HIDDEN, first: int = 0):
    """A report's hook: it states these figures."""
    return lambda report: replace(report, banded=Banded(per_batch, first, figures or (figure(),)))


def half(period=H1, *, batches: int = 4, reasons: dict[int, str] | None = None, **options) -> Half:
    """Batches of five entries, the first two of each banded; `reasons` change that by place."""
    lines = []
    for batch in range(batches):
        lines += [cover(), cover(), cover(), received(f"{period} {batch}"), resolved(f"{period} {batch}")]
    hidden = {5 * batch + n: "banded" for batch in range(batches) for n in range(HIDDEN)}
    withheld = {place: reason for place, reason in {**hidden, **(reasons or {})}.items() if reason}
    options.setdefault("report", banded())
    return Half(period, lines, batches=batches, withheld=withheld, **options)


def test_a_report_with_bands_holds_and_they_are_said_to_be_stated(tmp_path, trust):
    build(
        tmp_path, half(), half(H2, report=lambda r: replace(r, banded=Banded(2, 21, (figure(about="2016"),))))
    )
    verdict = verify(tmp_path, trust=trust)
    assert verdict.exit_code == 0, verdict.checks
    document = json.loads(verdict.to_json())
    stated = document["periods"][0]["stated-banded"]
    assert (stated["per-batch"], stated["figures"][0]["low"], stated["figures"][0]["high"]) == (2, 0, 499)
    assert stated["figures"][0]["citation"]["en"] == "50 U.S.C. § 1874"
    assert verdict.periods[0].withheld == {"banded": 8}


def test_more_stated_than_the_log_can_hold(tmp_path, trust):
    build(tmp_path, half(report=banded(figure(width=9, low=9, high=17))))
    verdict = verify(tmp_path, trust=trust)
    found = failure(verdict, 7)
    assert failed(verdict) == [7]
    assert (found.file, found.expected, found.found) == ("report/2016H1.json", "at most 8", "9-17")
    assert "US national-security-letters 2016H1" in found.message


def test_the_lowest_that_the_log_can_hold(tmp_path, trust):
    build(tmp_path, half(report=banded(figure(width=8, low=8, high=15))))
    assert verify(tmp_path, trust=trust).exit_code == 0


def test_a_year_has_the_entries_of_both_halves(tmp_path, trust):
    year = figure(about="2016", width=16, low=16, high=31)
    second = half(H2, report=banded(year, first=21))
    build(tmp_path / "sound", half(), second)
    assert verify(tmp_path / "sound", trust=trust).exit_code == 0
    more = replace(year, width=17, low=17, high=33)
    build(
        tmp_path / "bad", half(), replace(second, report=lambda r: replace(r, banded=Banded(2, 21, (more,))))
    )
    assert failure(verify(tmp_path / "bad", trust=trust), 7).expected == "at most 16"


def test_a_band_of_a_half_year_before_the_log_has_no_entries(tmp_path, trust):
    build(tmp_path, half(report=banded(figure(about="2015H2", width=5, low=5, high=9))))
    assert failure(verify(tmp_path, trust=trust), 7).expected == "at most 0"


@pytest.mark.parametrize(
    ("reasons", "found", "index"),
    [({7: "banded"}, "3", 5), ({6: ""}, "1", 5), ({15: "", 16: ""}, "0", 15)],
)
def test_a_batch_with_more_or_fewer_tells_more_than_the_band(tmp_path, trust, reasons, found, index):
    build(tmp_path, half(reasons=reasons))
    verdict = verify(tmp_path, trust=trust)
    wrong = failure(verdict, 7)
    assert failed(verdict) == [7]
    assert (wrong.expected, wrong.found, wrong.index) == ("2", found, index)
    assert wrong.file == f"report/2016H1/checkpoints/{index // 5:03d}"
    assert "tells more than the band" in wrong.message


def test_a_lost_entry_may_stand_for_a_banded_one(tmp_path, trust):
    build(tmp_path, half(reasons={6: "lost"}))
    assert verify(tmp_path, trust=trust).exit_code == 0


def test_banded_entries_before_the_first_that_is_stated(tmp_path, trust):
    sound = half(reasons={0: "", 1: ""}, report=banded(first=5))
    build(tmp_path / "sound", sound)
    assert verify(tmp_path / "sound", trust=trust).exit_code == 0
    build(tmp_path / "bad", half(report=banded(first=5)))
    wrong = failure(verify(tmp_path / "bad", trust=trust), 7)
    assert (wrong.expected, wrong.found, wrong.index) == ("0", "2", 0)


def written(tmp_path) -> Report:
    build(tmp_path, half())
    return decode_json((tmp_path / "report/2016H1.json").read_bytes())


def test_a_report_without_bands_keeps_its_bytes(tmp_path):
    data = encode_json(replace(written(tmp_path), banded=None))
    assert b"banded" in data and b"per-batch" not in data  # the reason to withhold, and no more
    assert decode_json(data).banded is None


SPOILED = [
    (("per-batch",), -1),
    (("per-batch",), "2"),
    (("colour",), "red"),
    (("figures",), {}),
    (("figures", 0, "low"), 1),
    (("figures", 0, "high"), 500),
    (("figures", 0, "width"), 0),
    (("figures", 0, "width"), 250),
    (("figures", 0, "measure"), "granted"),
    (("figures", 0, "about"), "2016H3"),
    (("figures", 0, "about"), "2016-01"),
    (("figures", 0, "jurisdiction"), "us"),
    (("figures", 0, "instruments"), []),
    (("figures", 0, "instruments"), ["a", "a"]),
    (("figures", 0, "instruments"), [1]),
    (("figures", 0, "figure"), "A b"),
    (("figures", 0, "rule"), "a\u001b[2J"),
    (("figures", 0, "citation", "en"), "x" * 501),
    (("figures", 0, "names", "fr"), "x"),
    (("figures", 1), None),
]
"""Members of a report's `banded`, each with a value that makes it none."""


def spoiled(data: bytes, path: tuple[str | int, ...], value: object) -> bytes:
    """A report's JSON with another value at that path; at the second figure, the first one again."""
    document = json.loads(data)
    place = document["banded"]
    for step in path[:-1]:
        place = place[step]
    if path == ("figures", 1):
        place.append(place[0])
    else:
        place[path[-1]] = value
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


@pytest.mark.parametrize(("path", "value"), SPOILED)
def test_what_is_no_band_is_not_read(tmp_path, trust, path, value):
    build(tmp_path, half(json=lambda data: spoiled(data, path, value)))
    with pytest.raises(FormatError, match="banded"):
        decode_json((tmp_path / "report/2016H1.json").read_bytes())
    assert 7 in failed(verify(tmp_path, trust=trust))
