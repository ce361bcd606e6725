"""Reading `scenario.toml`: strict, so that a slip in the file is named and never played."""

import tomllib
from collections.abc import Mapping
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sagwan.demo.model import (
    Authority,
    Blinded,
    DataSet,
    Ending,
    Habits,
    Hours,
    Person,
    Provider,
    RowKey,
    Scenario,
    ScenarioError,
    Totals,
)
from sagwan.record.errors import SagwanError
from sagwan.record.period import Period
from sagwan.record.vocabulary import DataCategory, Outcome

INVENTED_NAME = "가상"
_ENOUGH = 1e-9
_ROLES = frozenset({"intake", "review", "approve"})


def load(data: bytes) -> Scenario:
    """The scenario in these TOML bytes; raise ScenarioError saying what is wrong and where."""
    try:
        document = tomllib.loads(data.decode())
        scenario = _scenario(document)
    except SagwanError as error:
        raise ScenarioError(f"the scenario cannot be played: {error}") from error
    except (ZoneInfoNotFoundError, ValueError, TypeError, AttributeError) as error:
        raise ScenarioError(f"the scenario cannot be read: {error}") from error
    except KeyError as error:
        raise ScenarioError(f"the scenario lacks the key {error}") from error
    _check(scenario)
    return scenario


def _scenario(document: Mapping[str, Any]) -> Scenario:
    if document["synthetic"] is not True:
        raise ScenarioError("the scenario does not say that it is synthetic", hint="write synthetic = true")
    invented = document["invented"]
    lags = dict(invented["lags"])
    minutes = _range(lags.pop("emergency_minutes"), "emergency_minutes")
    return Scenario(
        seed=int(document["seed"]),
        period=Period.parse(document["period"]),
        zone=ZoneInfo(document["time_zone"]),
        jurisdiction=document["jurisdiction"],
        providers={each["slug"]: _provider(each, invented["people"]) for each in document["providers"]},
        published=_published(document["published"]),
        habits={slug: _habits(slug, each) for slug, each in invented["instruments"].items()},
        blinded={
            (each["service"], each["instrument"]): Blinded(each["requests"], tuple(each["follow_ups"]))
            for each in invented["blinded"]
        },
        hours=_hours(invented["hours"]),
        lags={move: _range(days, move) for move, days in lags.items()},
        emergency_minutes=minutes,
        authorities=tuple(_authority(each) for each in invented["authorities"]),
        paper=invented["paper"],
        texts=invented["texts"],
    )


def _provider(document: Mapping[str, Any], people: Mapping[str, Any]) -> Provider:
    staff = tuple(Person(p["key"], p["name"], frozenset(p["does"])) for p in people[document["slug"]])
    return Provider(document["slug"], document["name"], tuple(document["services"]), staff)


def _published(rows: list[Mapping[str, Any]]) -> dict[RowKey, Totals]:
    found: dict[RowKey, Totals] = {}
    for row in rows:
        key = (row["service"], row["instrument"])
        if key in found:
            raise ScenarioError(f"{' '.join(key)} is published twice")
        found[key] = Totals(row["requested"], row["processed"], row["accounts"])
    return found


def _habits(slug: str, document: Mapping[str, Any]) -> Habits:
    rest = {
        name: value for name, value in document.items() if name not in ("not_processed", "partial", "data")
    }
    habits = Habits(
        not_processed=tuple(
            Ending(Outcome(each["outcome"]), each["reason"], each["share"])
            for each in document["not_processed"]
        ),
        partial=tuple((each["reason"], each["share"]) for each in document["partial"]),
        data=tuple(
            DataSet(tuple(map(DataCategory, each["categories"])), each["weight"]) for each in document["data"]
        ),
        **rest,
    )
    shares = [ending.share for ending in habits.not_processed]
    if shares and abs(sum(shares) - 1) > _ENOUGH:
        raise ScenarioError(f"{slug}: the shares of not_processed add up to {sum(shares):g}, not to 1")
    if any(ending.outcome.discloses for ending in habits.not_processed):
        raise ScenarioError(f"{slug}: not_processed holds an outcome that discloses data")
    partial = sum(share for _, share in habits.partial)
    for name, share in (("partial", partial), *((n, rest[n]) for n in ("emergency", "clarified", "staged"))):
        if not 0 <= share <= 1:
            raise ScenarioError(f"{slug}: {name} is {share:g}, not a share from 0 to 1")
    return habits


def _hours(document: Mapping[str, Any]) -> Hours:
    seconds = {}
    for name in ("open", "last_arrival", "close"):
        at = time.fromisoformat(document[name])
        seconds[name] = at.hour * 3600 + at.minute * 60 + at.second
    if not seconds["open"] < seconds["last_arrival"] < seconds["close"]:
        raise ScenarioError("hours: open, last_arrival and close do not follow each other")
    closed = document["closed"]
    if not all(type(day) is date for day in closed):
        raise ScenarioError("hours: closed holds something that is not a date")
    return Hours(seconds["open"], seconds["last_arrival"], seconds["close"], frozenset(closed))


def _range(ends: list[int], what: str) -> tuple[int, int]:
    least, most = ends
    if not 0 <= least <= most:
        raise ScenarioError(f"lags: {what} is {least} to {most}", hint="at least first, at most second")
    return least, most


def _authority(document: Mapping[str, Any]) -> Authority:
    only = tuple(document.get("only", ()))
    return Authority(document["name"], document["kind"], document["rank"], document["weight"], only)


def _check(scenario: Scenario) -> None:
    """Raise ScenarioError where the parts do not fit each other."""
    services = {service for provider in scenario.providers.values() for service in provider.services}
    for (service, instrument), totals in scenario.published.items():
        where = f"{service} {instrument}"
        if service not in services:
            raise ScenarioError(f"{where}: no provider runs this service")
        if instrument not in scenario.habits:
            raise ScenarioError(f"{where}: invented.instruments has no such instrument")
        if instrument not in scenario.paper:
            raise ScenarioError(f"{where}: invented.paper has no such instrument")
        _check_totals(where, totals, scenario.habits[instrument])
    for row, blinded in scenario.blinded.items():
        processed = scenario.published[row].processed if row in scenario.published else 0
        if not len(blinded.follow_ups) <= blinded.requests <= processed:
            raise ScenarioError(f"{' '.join(row)}: more blinded or followed up than processed")
    _check_who(scenario)


def _check_totals(where: str, totals: Totals, habits: Habits) -> None:
    if not 0 <= totals.processed <= totals.requested:
        raise ScenarioError(f"{where}: {totals.processed:,} of {totals.requested:,} requests processed")
    if totals.accounts < totals.processed or (totals.accounts and not totals.processed):
        raise ScenarioError(
            f"{where}: {totals.accounts:,} accounts for {totals.processed:,} processed requests",
            hint="each processed request hands over at least one account",
        )
    if totals.processed < totals.requested and not habits.not_processed:
        raise ScenarioError(f"{where}: not_processed does not say how the others end")


def _check_who(scenario: Scenario) -> None:
    for authority in scenario.authorities:
        if INVENTED_NAME not in authority.name:
            raise ScenarioError(
                f"scenario: authority {authority.name!r} could be taken for a real one",
                hint=f"its name must hold {INVENTED_NAME}",
            )
    for provider in scenario.providers.values():
        for person in provider.people:
            if not person.does <= _ROLES:
                raise ScenarioError(
                    f"person {person.key}: does something unknown", hint=", ".join(sorted(_ROLES))
                )
        approvers = provider.who("approve")
        if not provider.who("intake") or not provider.who("review") or len(approvers) < 2:
            raise ScenarioError(
                f"provider {provider.slug}: needs intake, review and two who approve",
                hint="four eyes are two people",
            )
