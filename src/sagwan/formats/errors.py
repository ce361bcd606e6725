"""What is wrong with a published byte."""

from sagwan.record.errors import SagwanError


class FormatError(SagwanError):
    """Bytes that do not obey the format; the message names the field or line and the value."""
