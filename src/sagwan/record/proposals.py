"""What a proposal must be before a second person is asked to approve it.

Pure checks of decisions, follow-ups and corrections, by themselves and against where the request stands.
"""

from datetime import date

from sagwan.record import events as happened
from sagwan.record.disposition import Asked, Disposition, add_up, granted_to
from sagwan.record.errors import IllegalStep, InvalidValue
from sagwan.record.request import Target, check_count, check_words
from sagwan.record.state import State
from sagwan.record.vocabulary import SLUG, DataCategory, LineKind, Mark, Outcome


def check_decision(decision: happened.Decision) -> None:
    """Raise InvalidValue where outcome, reason, data and accounts contradict each other."""
    _check_values(decision.outcome, decision.reason, decision.data, decision.accounts, decision.marks)


def _check_values(
    outcome: Outcome | None, reason: str, data: tuple[str, ...], accounts: int, marks: tuple[str, ...]
) -> None:
    check_words(data, DataCategory, "data categories")
    check_words(marks, Mark, "marks")
    check_count(accounts, "accounts")
    if outcome is None:
        if reason:
            raise InvalidValue(f"reason {reason!r} without an outcome")
        return
    if outcome is Outcome.COMPLIED:
        if reason:
            raise InvalidValue(f"reason {reason!r} with complied", hint="complied in full needs no reason")
    elif not SLUG.match(reason) or reason == "-":
        raise InvalidValue(f"{outcome} needs a reason", hint="one of the law pack's reasons for it")
    if outcome.discloses:
        if not data:
            raise InvalidValue(f"{outcome} without a data category", hint="say which data is handed over")
    elif data or accounts:
        raise InvalidValue(f"{outcome} with data or accounts", hint="nothing is handed over with it")


def check_named(targets: tuple[Target, ...], accounts: int) -> None:
    """Raise InvalidValue where more targets are named than accounts counted, or one twice."""
    if len(targets) > accounts:
        raise InvalidValue(f"{len(targets):,} targets are named but {accounts:,} accounts counted")
    if len(set(targets)) != len(targets):
        raise InvalidValue("a target is named twice", hint="name each target once")


def check_covers(state: State, decision: happened.Decision) -> None:
    """Raise IllegalStep where a new decision denies what an earlier one already let out."""
    if not state.stages:
        return
    missing = set(state.disclosed_data) - set(decision.data)
    if not decision.outcome.discloses or missing or decision.accounts < state.disclosed_accounts:
        data = ", ".join(state.disclosed_data)
        raise IllegalStep(
            f"{state.disclosed_accounts:,} accounts ({data}) were handed over already",
            hint="the decision must cover them: complied or partial, with at least these data and accounts",
        )


def check_disposed(
    state: State,
    decision: happened.Decision,
    dispositions: tuple[Disposition, ...],
    period: tuple[date, date] | None = None,
) -> None:
    """Raise InvalidValue unless the decision is what its dispositions add up to.

    Without dispositions it is on the request as a whole. The accounts are the targets that get any data, if
    the request counts one account for each target; else (a room, two names of one account) they are stated.
    A narrower `period` makes an answer partial.
    """
    if not state.discloses and decision.accounts:
        raise InvalidValue("accounts with an instrument that hands nothing over", hint="give 0 accounts")
    if not dispositions:
        if period:
            raise InvalidValue(
                "a narrower period goes with dispositions", hint="say what becomes of each target"
            )
        return
    asked = asked_of(state)
    totals = add_up(asked, dispositions, narrower=period is not None)
    wrong = []
    if decision.outcome is not totals.outcome:
        wrong.append(f"outcome {totals.outcome}, not {decision.outcome}")
    if decision.data != totals.data:
        wrong.append(f"data {', '.join(totals.data) or 'none'}, not {', '.join(decision.data) or 'none'}")
    counted = len(asked.targets) == asked.accounts and state.discloses
    if counted and decision.accounts != totals.accounts:
        wrong.append(f"{totals.accounts:,} accounts, not {decision.accounts:,}")
    if not decision.outcome.discloses and decision.reason not in totals.reasons:
        wrong.append(f"one of the reasons {', '.join(totals.reasons)}, not {decision.reason}")
    if (Mark.NARROWED in decision.marks) is not totals.narrowed:
        wrong.append(f"{'the' if totals.narrowed else 'no'} mark narrowed")
    if wrong:
        raise InvalidValue(f"the dispositions add up to {'; '.join(wrong)}", hint="take the totals from them")
    granted = granted_to(dispositions)
    missing = [target for target in state.disclosed_targets if not any(target in g for g in granted.values())]
    if missing:
        raise IllegalStep(f"{len(missing):,} targets were handed over already and are now refused")


def asked_of(state: State) -> Asked:
    """What the request asks for, as dispositions answer it."""
    return Asked(state.asked_targets, state.received.data, state.received.accounts)


def check_granted(state: State, targets: tuple[Target, ...], data: tuple[DataCategory, ...]) -> None:
    """Raise IllegalStep where a target gets a category that was not granted to it."""
    if not state.dispositions:
        return
    granted = granted_to(state.dispositions)
    for category in data:
        outside = [target for target in targets if target not in granted.get(category, ())]
        if outside:
            raise IllegalStep(
                f"{category} of {len(outside):,} targets was not approved",
                hint="hand over only what was granted to each target",
            )


def check_follow_up(state: State, proposal: happened.FollowUp) -> None:
    """Raise IllegalStep where there is nothing to follow up, InvalidValue where nothing is named."""
    resolution = state.resolution
    if resolution is None or resolution.outcome is None or not resolution.outcome.discloses:
        raise IllegalStep("a follow-up needs a request that was complied with, in full or in part")
    if not proposal.data or proposal.accounts < 1:
        raise InvalidValue("a follow-up names at least one account and one data category")
    _check_values(None, "", proposal.data, proposal.accounts, proposal.marks)


def check_correction(state: State, proposal: happened.Correction) -> None:
    """Raise IllegalStep for a line that cannot be corrected, InvalidValue for values that it cannot have."""
    if not 0 <= proposal.line < len(state.lines):
        raise IllegalStep(
            f"the request has {len(state.lines)} sealed lines; there is no line {proposal.line}"
        )
    replaced = state.lines[proposal.line]
    if replaced.superseded:
        raise IllegalStep(f"line {proposal.line} was corrected already", hint="correct the last correction")
    if (replaced.outcome is None) != (proposal.outcome is None):
        raise InvalidValue(
            f"a {replaced.kind} line {'has no' if replaced.outcome is None else 'needs an'} outcome"
        )
    _check_values(proposal.outcome, proposal.reason, proposal.data, proposal.accounts, proposal.marks)
    denies = proposal.outcome is not None and not proposal.outcome.discloses
    if denies and any(line.accounts for line in state.current(LineKind.FOLLOW_UP)):
        raise IllegalStep(
            f"follow-ups rest on this line; it cannot become {proposal.outcome}",
            hint="correct the follow-ups to 0 accounts first",
        )
