"""What cannot be used at all, as one family; what is wrong within a file is a finding or a fault instead."""

from sagwan.record.errors import SagwanError


class UnusableFile(SagwanError):
    """A file that as a whole cannot be read: of another kind, too large, damaged."""


class UnusableSettings(SagwanError):
    """A setting of the `[intake]` table, or a mapping file, that cannot be used."""


class Refused(SagwanError):
    """A file that may not be taken in: malware, or a scan that is required and could not be made."""
