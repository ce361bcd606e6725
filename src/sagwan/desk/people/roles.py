"""The roles of people: what each may do is said where it is done."""

from enum import StrEnum


class Role(StrEnum):
    """One person may have several of the provider's roles; an official has no other."""

    INTAKE = "intake"
    COUNSEL = "counsel"
    APPROVER = "approver"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    OFFICIAL = "official"


STAFF = tuple(role for role in Role if role is not Role.OFFICIAL)
"""The roles of the provider's side."""

MANAGERS = (Role.ADMINISTRATOR,)
"""Who adds people and authorities, proposes vettings and lifts suspensions."""
SECOND_EYES = (Role.ADMINISTRATOR, Role.APPROVER)
"""Who may be the second person of a vetting or an invitation."""
GUARDS = (Role.ADMINISTRATOR, Role.COUNSEL, Role.APPROVER)
"""Who may stop an authority or an official at once."""
CALLERS = (Role.ADMINISTRATOR, Role.COUNSEL, Role.INTAKE)
"""Who may record a call-back."""
