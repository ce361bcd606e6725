"""What an official is told of where a request stands: the answer, not the work on it. And the mark of it."""

import hashlib

from sagwan.desk.casework.queries import Story, thread
from sagwan.desk.vault.productions.queries import Out
from sagwan.record.state import Stage

UNDER_REVIEW, ASKED, HANDED_OVER, TAKEN_BACK = "under-review", "asked", "handed-over", "withdrawn"
_BY_STAGE = {
    Stage.CLARIFICATION_ASKED: ASKED,
    Stage.DISCLOSED: HANDED_OVER,
    Stage.WITHDRAWN: TAKEN_BACK,
}
STATUSES = (UNDER_REVIEW, ASKED, HANDED_OVER, TAKEN_BACK, "complied", "partial", "refused", "no-data")


def status_of(stage: str, outcome: str) -> str:
    """One of STATUSES: `asked` waits for the official; an outcome is the end."""
    if stage == Stage.RESOLVED and outcome:
        return outcome
    return _BY_STAGE.get(Stage(stage), UNDER_REVIEW)


def status_in(story: Story) -> str:
    state = story.progress.state
    return status_of(state.stage, (state.lines[-1].outcome or "") if state.stage is Stage.RESOLVED else "")


def mark_of(story: Story, outs: tuple[Out, ...]) -> str:
    """What changes whenever the official's view of a request does, and only then.

    A number of events would tell how busy the provider is with it.
    """
    seen = (
        status_in(story),
        len(thread(story)),
        tuple(sorted(story.indexes.items())),
        len(story.progress.state.lines),
        story.progress.state.ledger is not None,
        tuple((out.stage, out.follow_up, out.is_open, out.fetched) for out in outs),
    )
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:24]
