"""What is wrong with a file that cannot be imported."""

from sagwan.record.errors import SagwanError


class ImporterError(SagwanError):
    """A file that cannot be read as figures; the message names the file and what is wrong with it."""


class UnknownFormat(ImporterError):
    """A file that no importer knows."""


class TooLarge(ImporterError):
    """A file, or something in it, that exceeds a limit; nothing of it was kept."""


class BadEncoding(ImporterError):
    """Bytes that are no text, or text in two encodings."""
