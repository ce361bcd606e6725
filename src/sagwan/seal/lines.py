"""Opening lines from what happened: the sealed lines of a request's state, as bytes, with their items."""

from collections.abc import Sequence

from sagwan.formats.items import Item, items_root, salted
from sagwan.formats.opening import NONE, Opening
from sagwan.record.period import Period
from sagwan.record.state import State
from sagwan.record.vocabulary import LineKind

SEED_SIZE = 32


def facts_of(state: State, *, at: str, head: bytes) -> list[tuple[str, str]]:
    """The private facts behind the state's last line: name and value, in the order of the items.

    `at` is the event's instant; `head` the hash of the request's event chain, the event included.
    """
    line = state.lines[-1]
    facts = []
    if state.ledger is not None:
        facts = [("authority", state.ledger.authority), ("case-number", state.ledger.case_number)]
        facts += [("official", official) for official in state.ledger.officials]
    targets = {
        LineKind.RECEIVED: state.asked_targets,
        LineKind.RESOLVED: state.disclosed_targets,
        LineKind.FOLLOW_UP: state.pending_targets,
    }[line.kind]
    facts.append(("recorded-at", at))
    facts += [("target", f"{target.kind} {target.value}") for target in targets]
    if line.kind is LineKind.RECEIVED:
        facts += [("document", f"{document.digest} {document.name}") for document in state.documents]
    facts.append(("chain-head", head.hex()))
    return facts


def opening_of(
    state: State,
    *,
    request: str,
    period: Period,
    salt: str,
    private: bytes,
    supersedes: int | None = None,
) -> Opening:
    """The opening line of the state's last sealed line; `private` is the root over its items."""
    line = state.lines[-1]
    kind = LineKind.CORRECTED if line.replaces is not None else line.kind
    return Opening(
        salt=salt,
        kind=kind,
        request=request,
        period=str(period),
        service=state.service,
        jurisdiction=state.jurisdiction,
        instrument=state.instrument,
        outcome=NONE if line.outcome is None else str(line.outcome),
        reason=line.reason or NONE,
        data=tuple(map(str, line.data)),
        accounts=line.accounts,
        marks=tuple(map(str, line.marks)),
        private=private.hex(),
        supersedes=supersedes,
    )


def items_of(seed: bytes, facts: Sequence[tuple[str, str]]) -> tuple[list[Item], bytes]:
    """The salted items, and the root over them that stands in field 14."""
    items = salted(seed, facts)
    return items, items_root(items)


def uncounted(
    kind: LineKind, *, request: str, period: Period, salt: str, private: bytes, reported: Period | None = None
) -> Opening:
    """A `cover` line, or a `report` line that binds the report of `reported` by its manifest's SHA-256."""
    return Opening(
        salt=salt,
        kind=kind,
        request=request,
        period=str(period),
        service=NONE,
        jurisdiction=NONE,
        instrument=NONE if reported is None else str(reported).lower(),
        outcome=NONE,
        reason=NONE,
        data=(),
        accounts=0,
        marks=(),
        private=private.hex(),
    )
