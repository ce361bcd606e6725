"""Words of what comes in that come by a slug."""

from sagwan.pages.i18n import N_

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
