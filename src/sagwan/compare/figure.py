"""A figure: one thing that can be counted. All claims about it are rivals or witnesses of each other."""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote

_ABSENT = "-"
_MARKED = {"": _ABSENT, _ABSENT: "%2D"}
ALL_SERVICES = "all"
JOINT = "+"
_NOT_IN_PART = re.compile(r"[\s;=/]+")


class Figure(NamedTuple):
    """What a number counts; every field as printed. A tuple, for it is made and looked up millions of times.

    `service` is `all` for a provider's total, `provider` joins several by `+`; `part` names a part of the
    whole (`authority=police`) or a stage (`stage=follow-up`), and is empty for the whole; several such pairs
    are joined by `;` in alphabetical order (see `join_part`). `jurisdiction` is empty where none is named.
    """

    provider: str
    service: str
    jurisdiction: str
    period: str
    category: str
    metric: str
    part: str = ""

    @property
    def is_total(self) -> bool:
        """True where the figure spans several services or providers."""
        return self.service == ALL_SERVICES or JOINT in self.provider

    @property
    def providers(self) -> tuple[str, ...]:
        return tuple(self.provider.split(JOINT))

    def under_metric(self, metric: str) -> "Figure":
        return Figure(*self[:5], metric, self.part)

    def under_category(self, category: str) -> "Figure":
        return Figure(*self[:4], category, *self[5:])

    def in_period(self, period: str) -> "Figure":
        return Figure(*self[:3], period, *self[4:])

    def of_service(self, provider: str, service: str) -> "Figure":
        return Figure(provider, service, *self[2:])

    def to_json(self) -> dict[str, str]:
        return self._asdict()

    def __str__(self) -> str:
        """A path that names it, such as `kakao/daum/KR/2016H1/communication-restriction/processed`."""
        fields = [
            self.provider,
            self.service,
            self.jurisdiction,
            self.period.replace("/", "--"),
            self.category,
            self.metric,
        ]
        if self.part:
            fields.append(self.part)
        return "/".join(map(_escaped, fields))


def _escaped(field: str) -> str:
    """A field as it stands in a key: `-` for an absent one, escaped where it would read as another."""
    if field in _MARKED:
        return _MARKED[field]
    return field.replace("%", "%25").replace("/", "%2F") if "%" in field or "/" in field else field


def join_part(pairs: Mapping[str, str]) -> str:
    """`authority=police;channel=mlat` from names and values: the dimensions of a claim that its category does
    not imply. Empty values are left out, and blanks and the marks `;=/` within one become hyphens."""
    clean = {name: _NOT_IN_PART.sub("-", value.strip()).casefold() for name, value in pairs.items()}
    return ";".join(f"{name}={clean[name]}" for name in sorted(clean) if clean[name])


def split_part(part: str) -> dict[str, str]:
    """The pairs of a part; a text without `=` is a name without value."""
    pairs = (pair.partition("=") for pair in part.split(";") if pair)
    return {name: value for name, _, value in pairs}


def parse_key(text: str) -> Figure:
    """The figure that `str` named; raises ValueError."""
    fields = text.split("/")
    if len(fields) not in (6, 7):
        raise ValueError(
            f"{text!r} is not a figure's key: provider/service/jurisdiction/period/category/metric[/part]"
        )
    provider, service, jurisdiction, period, category, metric, *part = (
        unquote("" if field == _ABSENT else field) for field in fields
    )
    return Figure(
        provider,
        service,
        jurisdiction,
        period.replace("--", "/"),
        category,
        metric,
        "".join(part),
    )
