"""A pasted list of targets, read against those that a request names."""

from dataclasses import dataclass

from sagwan.desk.intake.targets import read_target
from sagwan.record.errors import InvalidValue
from sagwan.record.request import Target


@dataclass(frozen=True, slots=True)
class Picked:
    """`places` (from 0) of the targets that a list names, and the lines that name none of the request's."""

    places: frozenset[int]
    strays: tuple[str, ...]


def picked(text: str, targets: tuple[Target, ...]) -> Picked:
    """Which targets the lines of `text` name: by their value as it was filed, or in any form in which a
    list of targets can be pasted (`account:raven-001`). Empty lines and those that begin with # are passed
    over. Linear in lines and targets.
    """
    by_value: dict[str, list[int]] = {}
    for place, target in enumerate(targets):
        by_value.setdefault(target.value, []).append(place)
    known = {target: place for place, target in enumerate(targets)}
    places: set[int] = set()
    strays = []
    for line in dict.fromkeys(map(str.strip, text.splitlines())):
        if not line or line.startswith("#"):
            continue
        found = by_value.get(line) or _read(line, known)
        if found:
            places.update(found)
        else:
            strays.append(line)
    return Picked(frozenset(places), tuple(strays))


def _read(line: str, known: dict[Target, int]) -> list[int]:
    try:
        place = known.get(read_target(line))
    except InvalidValue:
        return []
    return [] if place is None else [place]
