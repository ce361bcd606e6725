"""Whatever bytes come, the answer is claims or an error of ours, never another one."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from sagwan.compare.check import check_claim
from sagwan.compare.importers import Limits, read_bytes
from sagwan.record.errors import SagwanError

from .make import archive, workbook
from .test_importers_apple import DEVICE
from .test_importers_dsa import as_csv
from .test_importers_google import BANDS, NEW, OLD_2014
from .test_importers_korea import MINISTRY, WARRANT, kakao, naver, report
from .test_importers_meta import NAME
from .test_importers_meta import NEW as META
from .test_importers_microsoft import HEADS, ROWS, TITLE
from .test_importers_read import GITHUB, OWN, own

FILES = [
    (NEW.encode(), "google.csv"),
    (OLD_2014.encode(), "google.csv"),
    (BANDS.encode(), "nsl.csv"),
    (META.encode(), NAME),
    (DEVICE.encode(), "device_requests.csv"),
    (GITHUB.encode(), "accounts.csv"),
    (as_csv().encode(), "orders.csv"),
    (MINISTRY.encode(), "ministry.csv"),
    (kakao(report("다음", WARRANT, 1, 2, 3, "(4)")).encode(), "kakao.json"),
    (naver(commDataRate="-").encode(), "naver.json"),
    (own(OWN).encode(), "claims.csv"),
    (workbook(MSFT=[TITLE, *HEADS, *ROWS]), "LERR_2013_H1.xlsx"),
    (archive(**{"a.csv": GITHUB, "b/c.csv": NEW}), "all.zip"),
]
LIMITS = Limits(bytes=10**6, rows=1000, columns=200, cell=2000)
WORDS = [
    "data",
    "reports",
    "numberOfRequests",
    "specificAreaJson",
    "statistics",
    "year",
    "columns",
    "rows",
    "warrantRequestCount",
    "halfYear",
    "period",
    "category",
    "serviceCorp",
    "etc",
]
slow = settings(max_examples=100)


def attempt(data: bytes, name: str) -> None:
    try:
        taken = read_bytes(data, name, limits=LIMITS)
    except SagwanError as error:
        assert error.message
        return
    for claim in taken.claims:
        check_claim(claim)
    json.dumps(taken.to_json())


def test_the_files_are_sound_to_begin_with() -> None:
    for data, name in FILES:
        assert read_bytes(data, name, limits=LIMITS).claims


@slow
@given(st.binary(max_size=2000), st.sampled_from(["t.csv", "t.json", "t.xlsx", NAME]))
def test_any_bytes(data: bytes, name: str) -> None:
    attempt(data, name)


@slow
@given(st.sampled_from(FILES), st.integers(0, 10**6), st.integers(0, 40), st.binary(max_size=40))
def test_a_file_with_bytes_cut_out_and_put_in(file: tuple[bytes, str], at: int, cut: int, put: bytes) -> None:
    data, name = file
    place = at % len(data)
    attempt(data[:place] + put + data[place + cut :], name)


@slow
@given(st.sampled_from([one for one in FILES if not one[0].startswith(b"PK")]), st.data())
def test_a_file_with_any_cell_for_a_cell(file: tuple[bytes, str], draw: st.DataObject) -> None:
    data, name = file
    cells = data.decode().split(",")
    place = draw.draw(st.integers(0, len(cells) - 1))
    cells[place] = draw.draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
    attempt(",".join(cells).encode(), name)


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.text(max_size=5)
        | st.sampled_from(["2016", "first", "상반기"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(WORDS),
                inner,
                max_size=4,
            )
        ),
        max_leaves=15,
    )
)
@slow
def test_any_json(document: object) -> None:
    attempt(
        json.dumps({"data": {"reports": [document]}, "columns": [document], "rows": [document]}).encode(),
        "k.json",
    )
    attempt(json.dumps({"specificAreaJson": {"statistics": [document]}}).encode(), "n.json")
    attempt(json.dumps(document).encode(), "x.json")
