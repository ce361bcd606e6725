"""What stops a verification before there is anything to judge."""

from sagwan.record.errors import SagwanError


class SourceError(SagwanError):
    """A source that cannot be read at all: no such folder, no such host, an answer that is no answer."""


class Unreadable(SagwanError):
    """One file of a source that is not there or not fit to read. A check turns it into a failure."""
