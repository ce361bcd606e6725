"""What the words of a scene's steps ask of the lifecycle."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sagwan.record import commands as ask
from sagwan.record.disposition import Disposition
from sagwan.record.events import Decision, FollowUp
from sagwan.record.request import Filing, Target
from sagwan.record.vocabulary import CallResult, DataCategory, Grant, Mark, Outcome

LATER = 3
"""So many members are named by a follow-up."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a step is made from: the filing, who takes it, what people say, and the contact to call."""

    filing: Filing
    actor: str
    texts: Mapping[str, str]
    phone: str


def _complied(given: Given) -> ask.Command:
    filing = given.filing
    return ask.Propose(Decision(Outcome.COMPLIED, "", filing.data, filing.accounts))


def _narrowed(given: Given) -> ask.Command:
    """Everything but the content, of whose accounts the last five are gone."""
    filing = given.filing
    kept = tuple(each for each in filing.data if each is not DataCategory.CONTENT)
    here, gone = filing.targets[:-5], filing.targets[-5:]
    answers = (
        Disposition(Grant.DISCLOSE, kept, here),
        Disposition(Grant.REFUSE, (DataCategory.CONTENT,), filing.targets, "scope-narrowed"),
        Disposition(Grant.NO_DATA, kept, gone, "account-closed"),
    )
    decision = Decision(Outcome.PARTIAL, "scope-narrowed", kept, len(here), (Mark.NARROWED,))
    return ask.Propose(decision, given.texts["too-wide"], dispositions=answers)


def _follow_up(given: Given) -> ask.Command:
    named = tuple(Target("account", f"{given.filing.targets[0].value}-{n}") for n in range(1, LATER + 1))
    return ask.Propose(FollowUp(given.filing.data, LATER), targets=named)


def _ends(outcome: Outcome, reason: str, *marks: Mark) -> Callable[[Given], ask.Command]:
    return lambda given: ask.Propose(Decision(outcome, reason, marks=marks))


def _disclose(given: Given) -> ask.Command:
    return ask.Disclose(given.filing.data, given.filing.accounts, given.filing.targets)


COMMANDS: Mapping[str, Callable[[Given], ask.Command]] = {
    "take": lambda given: ask.Assign(given.actor),
    "review": lambda given: ask.StartReview(),
    "identify": lambda given: ask.RecordIdentification(given.filing.officials[0], "공무원증 (시연)"),
    "ask": lambda given: ask.AskClarification(given.texts["question"]),
    "remind": lambda given: ask.SendMessage(given.texts["reminder"]),
    "answer": lambda given: ask.AnswerClarification(given.texts["reply"]),
    "write": lambda given: ask.ReceiveMessage(given.texts["news"]),
    "note": lambda given: ask.AddNote(given.texts["handover"]),
    "call-in-vain": lambda given: ask.CallBack(CallResult.NO_ANSWER, given.phone, given.texts["call"]),
    "propose": _complied,
    "narrow": _narrowed,
    "nothing": _ends(Outcome.NO_DATA, "retention-expired"),
    "refuse": _ends(Outcome.REFUSED, "no-legal-obligation"),
    "refuse-forged": _ends(Outcome.REFUSED, "suspected-forgery", Mark.SUSPECTED_FORGERY),
    "follow-up": _follow_up,
    "approve": lambda given: ask.Approve(),
    "send-back": lambda given: ask.SendBack(given.texts["too-wide"]),
    "disclose": _disclose,
    "resolve": lambda given: ask.Resolve(),
    "withdraw": lambda given: ask.Withdraw("withdrawn-by-authority"),
    "suspect": lambda given: ask.SuspectForgery(given.texts["forged"]),
}
"""What a step is called in `scenes.toml`. Productions are no commands: `staging` carries those out."""
