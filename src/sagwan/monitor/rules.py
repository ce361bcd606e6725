"""What the reader of a monitor asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from sagwan.verify import Trust

NOBODY = Trust()
"""A reader who brings nothing along."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the reader asks for. `trust`: keys and policy, as for `verify`. `due_days`: how long after the end
    of a half-year its report is due. `recount`: make the whole recount of each new report. `against`:
    checkpoints that others were shown, as (where from, note)."""

    trust: Trust = NOBODY
    due_days: int = 60
    recount: bool = True
    against: Sequence[tuple[str, bytes]] = ()
