"""Words of the portal that come by a slug."""

from sagwan.pages.i18n import N_

KINDS = {
    "received": N_("receipt of the request"),
    "resolved": N_("receipt of the answer"),
    "follow-up": N_("receipt of a follow-up"),
    "corrected": N_("receipt of a correction"),
}
"""What the receipt of a sealed line is called."""
