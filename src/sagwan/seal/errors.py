"""Why the sealer stops."""

from sagwan.record.errors import SagwanError


class SealError(SagwanError):
    """The sealer stopped before it signed anything it could not stand by."""


class Ahead(SealError):
    """Something outside knows more of the log than the database: it was restored from an older backup."""


class LogDiffers(SealError):
    """Bytes that are already in the log are not those that belong there."""
