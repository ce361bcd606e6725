"""The filing of one request: which invented authority asks, on what paper, about which synthetic accounts."""

from collections.abc import Mapping
from datetime import date, timedelta

from sagwan.demo.draw import Draw, seed_of
from sagwan.demo.lives import DEFECTIVE, Life
from sagwan.demo.model import Authority, Scenario
from sagwan.record.request import Filing, Target

_SPACE = 2**40
_STRIDE = 0x9E3779B97B
"""Odd, so that numbering by strides visits each of the 2^40 names once before any comes again."""


def accounts(scenario: Scenario, service: str, first: int, count: int) -> tuple[Target, ...]:
    """The `count` accounts from number `first` on: names such as `kakao-7f3a09c2e1`, no two alike.

    A service's accounts are numbered through in the order of arrival, so they need not be kept.
    """
    start = seed_of(scenario.seed, "accounts", service) + first * _STRIDE
    return tuple(
        Target("account", f"{service}-{(start + number * _STRIDE) % _SPACE:010x}") for number in range(count)
    )


def filing(scenario: Scenario, life: Life, ordinal: int, first: int, day: date) -> Filing:
    """What came in as the service's request number `ordinal`, on `day`; `first` numbers its accounts."""
    draw = Draw(scenario.seed, "filing", life.service, ordinal)
    may_ask = [each for each in scenario.authorities if not each.only or life.instrument in each.only]
    authority = draw.weighted(may_ask, [each.weight for each in may_ask])
    return Filing(
        service=life.service,
        jurisdiction=scenario.jurisdiction,
        instrument=life.instrument,
        data=life.data,
        accounts=life.asked,
        authority=authority.name,
        case_number=f"가상-{scenario.period}-{life.service}-{ordinal:05d}",
        officials=(f"{authority.rank} 가상 {draw.between(1, 40)}호",),
        targets=accounts(scenario, life.service, first, life.asked),
        paper=_paper(scenario, life, authority, day, draw),
        text=scenario.texts["filing"],
        emergency=life.emergency,
        channel="file",
    )


def _paper(scenario: Scenario, life: Life, authority: Authority, day: date, draw: Draw) -> Mapping[str, str]:
    """The document's items; later parts overrule earlier ones, and an empty text leaves the item out."""
    issued = day - timedelta(days=0 if life.emergency else draw.between(0, 5))
    before = issued - timedelta(days=draw.between(1, 20))
    words = {
        "issued": issued,
        "until": day + timedelta(days=draw.between(2, 9)),
        "past": f"{before - timedelta(days=draw.between(6, 60))}/{before}",
        "ahead": f"{day}/{day + timedelta(days=draw.between(13, 54))}",
        "number": draw.between(1, 40),
    }
    parts = scenario.paper[life.instrument]
    wanted = ("always", authority.kind, "emergency" if life.emergency else "ordinary")
    merged: dict[str, str] = {}
    for name in (*wanted, *(["defective"] if life.reason == DEFECTIVE else [])):
        merged.update(parts.get(name, {}))
    return {slug: value.format_map(words) for slug, value in merged.items() if value}
