"""The requests that stand on the demo's desks on the example's day, as `scenes.toml` tells them. Pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from sagwan.demo.filing import filing
from sagwan.demo.lives import DEFECTIVE, Life
from sagwan.demo.model import Scenario
from sagwan.demo.people import Cast, Official
from sagwan.record.request import Filing
from sagwan.record.vocabulary import DataCategory, Mark, Outcome

ORDINALS = 90_001
"""The number of the first scene; the half-year's requests are numbered below."""
_APART = 1000
"""So many accounts are kept free for each scene."""


@dataclass(frozen=True, slots=True)
class Beat:
    """At this instant someone (`counsel`, `approver-2`, `official`, …) does one thing."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Scene:
    """One request and what was done with it until today. `by` is an official's key, or `mail` an address."""

    number: int
    about: str
    office: str
    instrument: str
    data: tuple[DataCategory, ...]
    accounts: int
    came: datetime
    by: str
    mail: str
    paper: Mapping[str, str]
    emergency: bool
    defective: bool
    kept: bool
    beats: tuple[Beat, ...]


@dataclass(frozen=True, slots=True)
class Scenes:
    """All scenes, what people say in them, and the instant at which the example opens."""

    today: datetime
    texts: Mapping[str, str]
    scenes: tuple[Scene, ...]


def load_scenes(zone: ZoneInfo) -> Scenes:
    """The packaged scenes; their times are those of `zone`."""
    document = tomllib.loads(files("sagwan.demo").joinpath("scenes.toml").read_text("utf-8"))
    return Scenes(
        today=document["today"].replace(tzinfo=zone),
        texts=document["texts"],
        scenes=tuple(_scene(number, each, zone) for number, each in enumerate(document["scenes"])),
    )


def _scene(number: int, document: Mapping[str, Any], zone: ZoneInfo) -> Scene:
    return Scene(
        number=number,
        about=document["about"],
        office=document["office"],
        instrument=document["instrument"],
        data=tuple(map(DataCategory, document["data"])),
        accounts=document["accounts"],
        came=document["came"].replace(tzinfo=zone),
        by=document.get("by", ""),
        mail=document.get("mail", ""),
        paper=document.get("paper", {}),
        emergency=document.get("emergency", False),
        defective=document.get("defective", False),
        kept=document.get("kept", False),
        beats=tuple(
            Beat(datetime.fromisoformat(at).replace(tzinfo=zone), who, what)
            for at, who, what in document.get("steps", ())
        ),
    )


def filing_of(scenario: Scenario, cast: Cast, scene: Scene, service: str, text: str) -> Filing:
    """What came in, under names and accounts that no request of the half-year has."""
    office = cast.office(scene.office)
    (asking,) = (each for each in scenario.authorities if each.name == office.name)
    reason = DEFECTIVE if scene.defective else ""
    marks = (Mark.EMERGENCY,) if scene.emergency else ()
    life = Life(
        service=service, instrument=scene.instrument, outcome=Outcome.COMPLIED, reason=reason,
        data=scene.data, handed=scene.data, asked=scene.accounts, disclosed=scene.accounts, stages=1,
        marks=marks, clarified=False, sent_back=False,
    )  # fmt: skip
    ordinal = ORDINALS + scene.number
    # A service's accounts are numbered from 0; those before it belong to nobody yet.
    first = -(scene.number + 1) * _APART
    made = filing(replace(scenario, authorities=(asking,)), life, ordinal, first, scene.came.date())
    official = _official(office.officials, scene.by)
    return replace(
        made,
        case_number=f"가상-2016-{ordinal}",
        officials=(official.name,) if official else made.officials,
        paper={**made.paper, **scene.paper},
        text=text,
        channel="portal" if scene.by else "mail",
    )


def _official(officials: tuple[Official, ...], key: str) -> Official | None:
    return next((one for one in officials if one.key == key), None)
