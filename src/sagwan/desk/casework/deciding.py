"""A decision that is being put together: what becomes of each data category of each target.

Pure. One byte stands for one category of one target, so that 100,000 targets are kept, counted and changed
quickly. What comes of a sheet are the dispositions that `record.disposition` adds up.
"""

import base64
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sagwan.record.disposition import Asked, Disposition
from sagwan.record.errors import InvalidValue
from sagwan.record.request import Target
from sagwan.record.vocabulary import DataCategory, Grant

Period = tuple[date, date]
"""First and last day, both included."""
MOST = 250
"""So many different answers fit one sheet; the law pack's closed list has far fewer."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: `reason` is a slug of the law pack, '' with `disclose` and `ask`; `why` a person's own
    words beside it, which stay in the house."""

    grant: Grant
    reason: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`cells`: by category, one byte a target in the order asked: 0 is not decided, n the reply number n from
    1. `period`: the days of which data are granted where these are fewer than was asked."""

    asked: Asked
    cells: Mapping[DataCategory, bytes]
    replies: tuple[Reply, ...] = ()
    period: Period | None = None

    @property
    def undecided(self) -> int:
        """How many things (a category of a target) nobody has answered yet."""
        return sum(cells.count(0) for cells in self.cells.values())

    @property
    def is_blank(self) -> bool:
        return not self.replies and self.period is None

    def reply(self, category: DataCategory, place: int) -> Reply | None:
        code = self.cells[category][place]
        return self.replies[code - 1] if code else None


@dataclass(frozen=True, slots=True)
class Count:
    """Of the targets of one kind, how many get which answer for one category; `open` have none yet."""

    kind: str
    category: DataCategory
    asked: int
    grants: Mapping[Grant, int]

    @property
    def open(self) -> int:
        return self.asked - sum(self.grants.values())


def blank(asked: Asked) -> Sheet:
    return Sheet(asked, {category: bytes(len(asked.targets)) for category in asked.data})


def answer(
    sheet: Sheet,
    reply: Reply,
    *,
    data: Iterable[DataCategory],
    places: Collection[int] | None = None,
    only_open: bool = False,
) -> Sheet:
    """The sheet with one answer for these categories of the targets at these places (from 0); None is all.

    `only_open` leaves alone what is answered already. An earlier answer is replaced.
    """
    replies = sheet.replies
    if reply not in replies:
        replies = (*replies, reply)
    code = replies.index(reply) + 1
    if code > MOST:
        raise InvalidValue(f"more than {MOST} different answers", hint="say what they have in common")
    cells = dict(sheet.cells)
    for category in data:
        cells[category] = _written(cells[category], code, places, only_open)
    return _tidy(replace(sheet, cells=cells, replies=replies))


def _written(cells: bytes, code: int, places: Collection[int] | None, only_open: bool) -> bytes:
    if places is None:
        return cells.replace(b"\0", bytes([code])) if only_open else bytes([code]) * len(cells)
    made = bytearray(cells)
    for place in places:
        if not only_open or not made[place]:
            made[place] = code
    return bytes(made)


def _tidy(sheet: Sheet) -> Sheet:
    """Without the replies that nothing has any more."""
    used = sorted(set(b"".join(sheet.cells.values())) - {0})
    if len(used) == len(sheet.replies):
        return sheet
    table = bytearray(256)
    for new, old in enumerate(used, 1):
        table[old] = new
    cells = {category: cells.translate(bytes(table)) for category, cells in sheet.cells.items()}
    return replace(sheet, cells=cells, replies=tuple(sheet.replies[old - 1] for old in used))


def counts(sheet: Sheet) -> tuple[Count, ...]:
    """By kind of target and category; linear in the number of targets."""
    kinds = [target.kind for target in sheet.asked.targets]
    asked = Counter(kinds)
    found = []
    for category in sheet.asked.data:
        grants: dict[str, dict[Grant, int]] = {kind: {} for kind in asked}
        for (kind, code), number in Counter(zip(kinds, sheet.cells[category], strict=True)).items():
            if code:
                grant = sheet.replies[code - 1].grant
                grants[kind][grant] = grants[kind].get(grant, 0) + number
        found += [Count(kind, category, asked[kind], grants[kind]) for kind in asked]
    return tuple(sorted(found, key=lambda count: (count.kind, count.category)))


def given(sheet: Sheet) -> tuple[tuple[Reply, tuple[tuple[DataCategory, int], ...]], ...]:
    """Each reply with how many targets have it, by category; those that grant first."""
    found = []
    for code, reply in enumerate(sheet.replies, 1):
        numbers = ((category, sheet.cells[category].count(code)) for category in sheet.asked.data)
        found.append((reply, tuple((category, number) for category, number in numbers if number)))
    order = list(Grant)
    return tuple(sorted(found, key=lambda one: (order.index(one[0].grant), one[0].reason)))


def dispositions(sheet: Sheet) -> tuple[Disposition, ...]:
    """What the sheet says, as the record takes it; what is undecided is left out."""
    groups: dict[tuple[Grant, str, tuple[Target, ...]], list[DataCategory]] = {}
    for category in sheet.asked.data:
        for (grant, reason), targets in _of_category(sheet, category).items():
            groups.setdefault((grant, reason, tuple(targets)), []).append(category)
    return tuple(
        Disposition(grant, tuple(sorted(data)), targets, reason)
        for (grant, reason, targets), data in groups.items()
    )


def _of_category(sheet: Sheet, category: DataCategory) -> dict[tuple[Grant, str], list[Target]]:
    found: dict[tuple[Grant, str], list[Target]] = {}
    keys = [(reply.grant, reply.reason) for reply in sheet.replies]
    for target, code in zip(sheet.asked.targets, sheet.cells[category], strict=True):
        if code:
            found.setdefault(keys[code - 1], []).append(target)
    return found


def sheet_of(asked: Asked, made: Iterable[Disposition], period: Period | None = None) -> Sheet:
    """The sheet that gives these dispositions, such as those of a proposal that was sent back."""
    sheet = blank(asked)
    places = {target: place for place, target in enumerate(asked.targets)}
    for each in made:
        where = [places[target] for target in each.targets if target in places]
        data = [category for category in each.data if category in sheet.cells]
        sheet = answer(sheet, Reply(each.grant, each.reason), data=data, places=where)
    return replace(sheet, period=period)


def whys(sheet: Sheet) -> dict[tuple[Grant, str], list[str]]:
    """What people wrote beside their answers, by answer and reason."""
    found: dict[tuple[Grant, str], list[str]] = {}
    for reply in sheet.replies:
        if reply.why:
            found.setdefault((reply.grant, reply.reason), []).append(reply.why)
    return found


def to_members(sheet: Sheet) -> dict[str, Any]:
    """JSON members, without the targets, which the record has."""
    return {
        "replies": [[reply.grant, reply.reason, reply.why] for reply in sheet.replies],
        "cells": {
            category: base64.b64encode(zlib.compress(cells)).decode()
            for category, cells in sheet.cells.items()
        },
        "period": [day.isoformat() for day in sheet.period] if sheet.period else None,
    }


def from_members(asked: Asked, members: Mapping[str, Any]) -> Sheet:
    """What `to_members` gave; a sheet about other targets or categories than are asked for is blank."""
    cells = {
        DataCategory(name): zlib.decompress(base64.b64decode(text)) for name, text in members["cells"].items()
    }
    sound = all(len(each) == len(asked.targets) for each in cells.values())
    if tuple(sorted(cells)) != asked.data or not sound:
        return blank(asked)
    period = members["period"]
    return Sheet(
        asked,
        cells,
        tuple(Reply(Grant(grant), reason, why) for grant, reason, why in members["replies"]),
        (date.fromisoformat(period[0]), date.fromisoformat(period[1])) if period else None,
    )
