"""What must be so before anything goes out: the sender is known, findings are answered, no forgery feared.

Rules of the house, not of one law: facts on forged requests are why they hold for every kind of request.
"""

from sagwan.record import events as happened
from sagwan.record.errors import IllegalStep, InvalidValue
from sagwan.record.state import State
from sagwan.record.vocabulary import FindingAnswer, Mark, Outcome, Sender

FORGED = str(Mark.SUSPECTED_FORGERY)
"""The reason (the law pack has it) and the mark with which a request ends that is taken for forged."""


def check_sender(state: State) -> None:
    """Raise IllegalStep while it is not known that the one who asks is who they say."""
    if state.sender is Sender.DENIED:
        raise IllegalStep(
            "the authority denied this request",
            hint="mark it as suspected forgery (SuspectForgery), or have it withdrawn",
        )
    if state.sender is Sender.UNCONFIRMED:
        raise IllegalStep(
            "the sender is not confirmed; nothing goes out before",
            hint="call the authority's independent contact and record it (CallBack)",
        )


def check_findings(state: State) -> None:
    """Raise IllegalStep while a blocking finding is unanswered, or a person said that it stands."""
    for finding in state.blocking:
        answer = state.answer(finding)
        if answer is None:
            raise IllegalStep(
                f"the finding {finding} stands against it and nobody has answered it",
                hint="answer it (AnswerFinding): accepted, mended, dismissed or does-not-apply",
            )
        if answer is FindingAnswer.ACCEPTED:
            raise IllegalStep(
                f"the finding {finding} was accepted and stands against it",
                hint="refuse the request, or have the document mended (SupplyPaper) and answer anew",
            )


def check_going_out(state: State) -> None:
    """Raise IllegalStep where no data may go out now, whatever was decided."""
    if state.suspected_by:
        raise IllegalStep(
            f"{state.suspected_by} marked the request as suspected forgery; nothing goes out",
            hint="refuse it, or have another person clear the suspicion (ClearSuspicion)",
        )
    check_sender(state)
    check_findings(state)


def check_decided(state: State, decision: happened.Decision) -> None:
    """Raise where a decision may not be proposed, approved or carried out, as things stand."""
    check_suspicion(state, decision)
    if state.suspected_by:
        return
    if state.sender is Sender.DENIED:
        check_sender(state)
    if decision.outcome.discloses:
        check_findings(state)


def check_suspicion(state: State, decision: happened.Decision) -> None:
    """While a request is suspected, it can only be refused as such; else it cannot be refused as such.

    Where data had gone out before the suspicion, the decision is `partial` and covers exactly that.
    """
    marked = Mark.SUSPECTED_FORGERY in decision.marks
    if not state.suspected_by:
        if marked or decision.reason == FORGED:
            raise IllegalStep(
                "nobody has marked this request as suspected forgery", hint="mark it first (SuspectForgery)"
            )
        return
    outcome = Outcome.PARTIAL if state.stages else Outcome.REFUSED
    if decision.outcome is not outcome or decision.reason != FORGED or not marked:
        raise IllegalStep(
            f"the request is suspected to be forged: {decision.outcome} is not possible",
            hint=f"decide {outcome} with the reason and the mark {FORGED}, or clear the suspicion first",
        )
    if decision.accounts != state.disclosed_accounts or decision.data != state.disclosed_data:
        raise InvalidValue(
            f"{state.disclosed_accounts:,} accounts went out before the suspicion; no more may",
            hint="decide exactly what went out already",
        )
