"""When each step of a life is taken: office hours and working days, or, in an emergency, at once."""

from datetime import date, datetime, timedelta
from functools import cache

from sagwan.demo.draw import Draw
from sagwan.demo.lives import Life, Move
from sagwan.demo.model import Hours, Scenario, ScenarioError
from sagwan.record.period import Period

_LAG = {Move.PROPOSE_TOO_MUCH: Move.PROPOSE, Move.APPROVE_FOLLOW_UP: Move.APPROVE}
_DAY = 24 * 60 * 60


@cache
def working_days(period: Period, closed: frozenset[date]) -> tuple[date, ...]:
    """Mondays to Fridays of the half-year on which offices work."""
    length = (period.last_day - period.first_day).days + 1
    days = (period.first_day + timedelta(days=number) for number in range(length))
    return tuple(day for day in days if day.weekday() < 5 and day not in closed)


def times(scenario: Scenario, life: Life, draw: Draw) -> tuple[datetime, ...]:
    """An instant for each of `life.moves()`, rising, all within the half-year, in the provider's zone."""
    moves = life.moves()
    seconds = _at_once(scenario, moves, draw) if life.emergency else _in_office(scenario, moves, draw)
    return tuple(_instant(scenario, day, second) for day, second in seconds)


def _instant(scenario: Scenario, day: date, second: int) -> datetime:
    hours, rest = divmod(second, 3600)
    minutes, seconds = divmod(rest, 60)
    return datetime(day.year, day.month, day.day, hours, minutes, seconds, tzinfo=scenario.zone)


def _at_once(scenario: Scenario, moves: tuple[Move, ...], draw: Draw) -> list[tuple[date, int]]:
    """Any day, any hour; minutes from step to step."""
    first, last = scenario.period.first_day, scenario.period.last_day
    # The last day is left out, so that a night's work stays in the half-year.
    day = first + timedelta(days=draw.between(0, (last - first).days - 1))
    second = draw.between(0, _DAY - 1)
    found = [(day, second)]
    for _ in moves[1:]:
        least, most = scenario.emergency_minutes
        second += draw.between(least * 60, most * 60)
        found.append((day + timedelta(days=second // _DAY), second % _DAY))
    return found


def _in_office(scenario: Scenario, moves: tuple[Move, ...], draw: Draw) -> list[tuple[date, int]]:
    """Working days apart as the lags say; the arrival leaves time for all that follows."""
    offsets = [0]
    for move in moves[1:]:
        offsets.append(offsets[-1] + draw.between(*scenario.lags[_LAG.get(move, move)]))
    days = working_days(scenario.period, scenario.hours.closed)
    if offsets[-1] >= len(days):
        raise ScenarioError(f"a request takes {offsets[-1]} working days; the half-year has {len(days)}")
    first = draw.between(0, len(days) - 1 - offsets[-1])
    seconds = _seconds(offsets, scenario.hours, draw)
    return [(days[first + offset], second) for offset, second in zip(offsets, seconds, strict=True)]


def _seconds(offsets: list[int], hours: Hours, draw: Draw) -> list[int]:
    """A second of the day for each step, rising among the steps of one day."""
    arrival = draw.between(hours.open, hours.last_arrival)
    drawn = [(0, arrival)] + [
        (offset, draw.between(arrival + 60 if offset == 0 else hours.open, hours.close - 60))
        for offset in offsets[1:]
    ]
    found: list[tuple[int, int]] = []
    for offset, second in sorted(drawn):
        if found and found[-1][0] == offset:
            second = max(second, found[-1][1] + 1)
        found.append((offset, second))
    return [second for _, second in found]
