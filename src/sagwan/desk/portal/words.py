"""Words of the portal that come by a slug."""

from sagwan.pages.i18n import N_

KINDS = {
    "received": N_("receipt of the request"),
    "resolved": N_("receipt of the answer"),
    "follow-up": N_("receipt of a follow-up"),
    "corrected": N_("receipt of a correction"),
}
"""What the receipt of a sealed line is called."""

CHOICES = {
    "real-time": N_("real-time"),
    "name": N_("name"),
    "resident-number": N_("resident registration number"),
    "address": N_("address"),
    "phone-number": N_("telephone number"),
    "user-id": N_("user ID"),
    "join-or-leave-date": N_("day of joining or leaving"),
}
"""What the choices of document items are called; a slug that is none of these may be an instrument's."""
