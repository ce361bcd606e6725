"""What a mail says of something that fell due: a number and an instant, nothing of the request itself.

A mailbox is not the desk: it is read by others, forwarded, kept and stolen. So no mail names an instrument,
an authority, a person or an account, and none holds a link.
"""

from datetime import datetime

from sagwan.desk.mail.outbox import Note
from sagwan.desk.tick.agenda import Item, Kind
from sagwan.desk.web.moments import moment
from sagwan.pages.i18n import LANGUAGES, N_, translator

SUBJECT = N_("What falls due")
STOP_SUBJECT = N_("Stop now")
CLOSING = N_("Sign in to the desk as you always do to see it. No mail of ours holds a link.")
LINES: dict[Kind, str] = {
    Kind.REMINDED: N_("Request {subject}: something must be done before {due}."),
    Kind.FELL_DUE: N_("Request {subject}: something fell due on {due} and is not done."),
    Kind.STOP: N_("Request {subject}: since {due} the measure must be stopped."),
    Kind.PAPER_SOON: N_("Request {subject}: the authority still owes something, before {due}."),
    Kind.PAPER_LATE: N_("Request {subject}: what the authority owed before {due} has not come."),
    Kind.HOLD_ENDING: N_("Request {subject}: the hold on the data ends on {due}."),
    Kind.HOLD_LAPSED: N_("Request {subject}: the hold ended on {due}; the data was released from it."),
    Kind.ORDER_OVER: N_("Request {subject}: the non-disclosure order ended on {due}."),
    Kind.DEFERRAL_OVER: N_("Request {subject}: notice was put off until {due}, which is over."),
    Kind.NOTICE_SOON: N_("Request {subject}: notice must be given before {due}."),
    Kind.NOTICE_DUE: N_("Request {subject}: notice was due on {due} and is not recorded."),
    Kind.POLICY: N_("Request {subject}: a standing policy drafted an answer, which waits for a person."),
    Kind.DESTRUCTION: N_("Request {subject}: its keeping time ended on {due}; two people may destroy it."),
    Kind.VETTING_ENDING: N_("An authority must be vetted again before {due}."),
    Kind.VETTING_OVER: N_("The vetting of an authority ended on {due}."),
}

NAMES: dict[Kind, str] = {
    Kind.REMINDED: N_("reminded of a clock"),
    Kind.FELL_DUE: N_("a clock ended"),
    Kind.STOP: N_("the measure must be stopped"),
    Kind.PAPER_SOON: N_("reminded of a paper that must follow"),
    Kind.PAPER_LATE: N_("a paper that must follow is late"),
    Kind.HOLD_ENDING: N_("the hold is about to end"),
    Kind.HOLD_LAPSED: N_("the hold ended, and the data was released from it"),
    Kind.ORDER_OVER: N_("the non-disclosure order ended"),
    Kind.DEFERRAL_OVER: N_("the deferral of notice ended"),
    Kind.NOTICE_SOON: N_("reminded of the notice"),
    Kind.NOTICE_DUE: N_("the notice fell due"),
    Kind.POLICY: N_("a standing policy drafted an answer"),
    Kind.DESTRUCTION: N_("the keeping time ended; its destruction is proposed"),
    Kind.VETTING_ENDING: N_("the vetting is about to end"),
    Kind.VETTING_OVER: N_("the vetting ended"),
}
"""What each kind is called on pages."""


def note(item: Item, subject: str) -> Note:
    """The note of an item; `subject` is a request's number or an authority."""
    title = STOP_SUBJECT if item.kind is Kind.STOP else SUBJECT
    return Note(
        subject={lang: translator(lang).gettext(title) for lang in LANGUAGES},
        line={lang: _line(item, short(subject), item.due, lang) for lang in LANGUAGES},
        closing={lang: translator(lang).gettext(CLOSING) for lang in LANGUAGES},
    )


def _line(item: Item, subject: str, due: datetime, lang: str) -> str:
    return translator(lang).gettext(LINES[item.kind]).format(subject=subject, due=moment(due, lang))


def short(number: str) -> str:
    """`1a2b3c4d…`: enough to find a request at the desk, where all of it is."""
    return number[:8] + "…"
