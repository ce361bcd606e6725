"""Who may do what with a request. Auditors and administrators change nothing; officials only their own."""

from sagwan.desk.casework.progress import Progress
from sagwan.desk.people.queries import Staff
from sagwan.record import commands as ask
from sagwan.record.errors import IllegalStep

INTAKE, COUNSEL, APPROVER, OFFICIAL = "intake", "counsel", "approver", "official"
TEAM = (INTAKE, COUNSEL, APPROVER)

ROLES: dict[type, tuple[str, ...]] = {
    ask.Receive: (INTAKE, COUNSEL, OFFICIAL),
    ask.StartReview: (COUNSEL,),
    ask.AskClarification: (COUNSEL,),
    ask.AnswerClarification: (INTAKE, COUNSEL, OFFICIAL),
    ask.Propose: (COUNSEL,),
    ask.Approve: (APPROVER,),
    ask.SendBack: (APPROVER, COUNSEL),
    ask.Disclose: (COUNSEL, APPROVER),
    ask.Resolve: (COUNSEL, APPROVER),
    ask.Withdraw: (INTAKE, COUNSEL, OFFICIAL),
    ask.Assign: TEAM,
    ask.HandBack: TEAM,
    ask.AddNote: TEAM,
    ask.SendMessage: TEAM,
    ask.ReceiveMessage: (INTAKE, COUNSEL, OFFICIAL),
    ask.MarkRead: TEAM,
    ask.AnswerFinding: (COUNSEL, APPROVER),
    ask.SupplyPaper: (INTAKE, COUNSEL, OFFICIAL),
    ask.CallBack: TEAM,
    ask.RecordIdentification: (INTAKE, COUNSEL),
    ask.SuspectForgery: TEAM,
    ask.ClearSuspicion: (COUNSEL, APPROVER),
    ask.MeetDuty: TEAM,
    ask.PlaceHold: (COUNSEL, APPROVER),
    ask.ExtendHold: (COUNSEL, APPROVER),
    ask.ReleaseHold: (COUNSEL, APPROVER),
    ask.DeferNotice: (COUNSEL,),
    ask.RecordNotice: (INTAKE, COUNSEL),
    ask.ImposeOrder: (COUNSEL,),
    ask.EndOrder: (COUNSEL,),
    ask.Fetch: (OFFICIAL,),
    ask.Expire: (COUNSEL, APPROVER),
}
"""Which role each step takes; one of them is enough."""

CLOCK = "@tick"
"""The actor of what falls due by itself; no person can be called so."""
BY_CLOCK = (ask.ReleaseHold, ask.EndOrder, ask.Expire)
"""What time alone may do."""


def check_role(staff: Staff, command: ask.Command, actor: str) -> None:
    """Raise UnknownPerson where the actor's roles do not allow the command."""
    if not (actor == CLOCK and isinstance(command, BY_CLOCK)):
        staff.require(actor, ROLES[type(command)], f"{type(command).__name__} a request")


def check_own(staff: Staff, actor: str, progress: Progress) -> None:
    """Raise IllegalStep where an official's authority did not file the request: as if there were none."""
    if staff.is_official(actor) and not staff.are_colleagues(actor, progress.filed_by):
        raise IllegalStep("there is no such request among yours")
