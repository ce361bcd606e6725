"""Searching by encrypted fields: a value is found however it is written, and nothing else is."""

from dataclasses import replace

import pytest

from sagwan.desk.casework import queries
from sagwan.desk.casework.rebuild import rebuild
from sagwan.desk.setup import Desk
from sagwan.desk.vault.models import BlindIndex
from sagwan.record.request import TARGET_KINDS, Target
from tests.support.home import filing, receive

# Kind → as it may be filed (the kept form is the first), and the same as people write it.
WRITTEN = {
    "account": (["Raven-001"], ["raven-001", "RAVEN-001", " raven-001 "]),
    "e-mail": (["Kim.Su@example.org", "Kim.Su@Example.ORG"], ["kim.su@example.org", "Kim.Su@EXAMPLE.org"]),
    "phone": (["+821012345678", "010-1234-5678"], ["010 1234 5678", "+82 10-1234-5678", "01012345678"]),
    "ip-address": (
        ["203.0.113.7:443 2016-03-02T01:00:00Z", "203.0.113.7:443 2016-03-02T10:00:00+09:00"],
        ["203.0.113.7:443 2016-03-02 10:00:00 KST", "203.0.113.7 port 443 2016-03-02T10:00:00"],
    ),
    "device": (["02:00:5e:10:00:01", "02-00-5E-10-00-01"], ["0200.5e10.0001", "02:00:5E:10:00:01"]),
    "room": (["우리 동네 모임", "우리  동네 모임"], ["우리 동네  모임"]),
    "url": (["https://example.org/Page", "HTTPS://Example.org:443/Page"], ["https://EXAMPLE.org/Page"]),
    "name": (["김 가상"], ["김  가상"]),
    "other": (["imsi:450051234567890"], ["450 05 1234567890", "450-05-1234567890"]),
}


def test_every_kind_of_target_is_tried() -> None:
    assert set(WRITTEN) == TARGET_KINDS


@pytest.mark.parametrize("kind", sorted(WRITTEN))
def test_a_target_is_found_however_it_was_filed_and_is_searched(desk: Desk, kind: str) -> None:
    filed, searched = WRITTEN[kind]
    numbers = [
        receive(desk, filing(f"c-{place}", accounts=1, targets=(Target(kind, value),)))[0].request
        for place, value in enumerate(filed)
    ]
    receive(desk, filing("else", accounts=1, targets=(Target("account", "somebody-else"),)))
    for value in (*filed, *searched):
        assert queries.find(desk, "target", value) == sorted(numbers), value
    assert queries.find(desk, "target", filed[0][:-1]) == []
    before = sorted(
        BlindIndex.objects.values_list("digest", "stream"), key=lambda row: (bytes(row[0]), row[1])
    )
    rebuild(desk)
    after = sorted(
        BlindIndex.objects.values_list("digest", "stream"), key=lambda row: (bytes(row[0]), row[1])
    )
    assert [(bytes(d), s) for d, s in after] == [(bytes(d), s) for d, s in before]


@pytest.mark.parametrize(
    "field, filed, searched",
    [
        ("case-number", "2016형제1234", ["2016 형제 1234", " 2016형제1234 ", "２０１６형제1234"]),
        ("case-number", "2016-형제-77", ["2016–형제–77", "2016 - 형제 - 77"]),
        ("authority", "서울 가상 경찰서", ["서울가상경찰서", "서울 가상경찰서"]),
        ("official", "경위 홍길동", ["경위홍길동", "경위  홍길동"]),
    ],
)
def test_names_and_case_numbers_are_found_whatever_blanks_are_in_them(
    desk: Desk, field: str, filed: str, searched: list[str]
) -> None:
    column = {"case-number": "case_number", "official": "officials"}.get(field, field)
    values = {"authority": "가상청", "case_number": "c-1", "officials": ("경장 임꺽정",)}
    one = replace(filing(), **{**values, column: (filed,) if field == "official" else filed})
    number = receive(desk, one)[0].request
    for value in (filed, *searched):
        assert queries.find(desk, field, value) == [number], value
    assert queries.find(desk, field, filed + "0") == []
