"""What goes wrong with tokens and calls."""

from sagwan.record.errors import SagwanError


class TokenRefused(SagwanError):
    """A token that cannot be allowed, taken or revoked so."""


class NoToken(SagwanError):
    """A token that is not there, or is somebody else's: both look the same."""
