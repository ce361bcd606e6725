"""What the desk's slugs are called: roles, stages, kinds of authority. Terms are those of the documents."""

from sagwan.desk.casework.words import WORDS as CASEWORK
from sagwan.pages.i18n import N_

WORDS = {
    **CASEWORK,
    # roles
    "intake": N_("intake"),
    "counsel": N_("counsel"),
    "approver": N_("approver"),
    "auditor": N_("auditor"),
    "administrator": N_("administrator"),
    "official": N_("official"),
    # stages of a request
    "received": N_("received"),
    "under-review": N_("in review"),
    "clarification-asked": N_("clarification asked"),
    "decision-proposed": N_("awaiting approval"),
    "approved": N_("approved"),
    "disclosed": N_("disclosed"),
    "resolved": N_("resolved"),
    "withdrawn": N_("withdrawn"),
    # kinds of authority
    "police": N_("police"),
    "prosecution": N_("prosecution"),
    "court": N_("court"),
    "tax": N_("tax authority"),
    "intelligence": N_("intelligence service"),
    "military": N_("military"),
    "other": N_("other"),
    # how far the vetting of an authority has come
    "not-vetted": N_("not vetted"),
    "waits-for-second-person": N_("waits for a second person"),
    "vetted": N_("vetted"),
    "re-vetting-due": N_("must be vetted again"),
    "suspended": N_("suspended"),
    # where an independent contact was found
    "government-directory": N_("a government directory"),
    "superior-authority": N_("the authority above it"),
    "authority-site-found-by-search": N_("its own site, found by a search"),
    "earlier-verified-paper": N_("an earlier paper that was verified"),
    "in-person": N_("in person"),
    # what a call-back gave
    "confirmed": N_("confirmed"),
    "denied": N_("denied"),
    "no-answer": N_("no answer"),
}
