"""What goes wrong with people and authorities."""

from sagwan.record.errors import SagwanError


class UnknownPerson(SagwanError):
    """A name that is nobody's, or whose role does not allow the step."""


class UnknownAuthority(SagwanError):
    """A slug that no authority has."""


class PeopleRefused(SagwanError):
    """A step that may not be taken so: by this person, at this time, or without what it rests on."""


class InvitationInvalid(SagwanError):
    """A token that is none, was used, or has ended; which of them it is is not told."""
