"""Importers: providers' files to claims, each figure as printed beside what it was read as.

    from sagwan.compare.importers import read

    understood = read("google-user-data-requests.zip")
    understood.format, len(understood.claims), understood.unread, understood.warnings

One small module a format over a shared reader; `read` recognises the format by its content.
"""

from sagwan.compare.importers.countries import Place, country
from sagwan.compare.importers.errors import BadEncoding, ImporterError, TooLarge, UnknownFormat
from sagwan.compare.importers.limits import DEFAULT, Limits
from sagwan.compare.importers.read import read, read_bytes
from sagwan.compare.importers.understood import Caution, DatedBy, Origin, Spot, Understood, Unread

__all__ = [
    "DEFAULT",
    "BadEncoding",
    "Caution",
    "DatedBy",
    "ImporterError",
    "Limits",
    "Origin",
    "Place",
    "Spot",
    "TooLarge",
    "Understood",
    "UnknownFormat",
    "Unread",
    "country",
    "read",
    "read_bytes",
]
