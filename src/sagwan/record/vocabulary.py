"""The closed vocabularies of a request: the words that opening lines, reports and pages use.

Law packs add their own words (instruments, reasons); those are slugs and are checked against the pack.
"""

import re
from enum import StrEnum

SLUG = re.compile(r"[a-z0-9-]+\Z")


class Outcome(StrEnum):
    """How a request ended (처리 결과)."""

    COMPLIED = "complied"
    PARTIAL = "partial"
    REFUSED = "refused"
    NO_DATA = "no-data"
    WITHDRAWN = "withdrawn"

    @property
    def discloses(self) -> bool:
        """True where data went out: the two outcomes that `processed` (처리) counts."""
        return self in (Outcome.COMPLIED, Outcome.PARTIAL)


class DataCategory(StrEnum):
    """What kind of data was asked for or handed over."""

    ACCESS = "access"
    CONTENT = "content"
    SUBSCRIBER = "subscriber"
    TRAFFIC = "traffic"


class Mark(StrEnum):
    """What else is true of a request; emergency is a mark, not an instrument."""

    BLINDED = "blinded"
    EMERGENCY = "emergency"
    NARROWED = "narrowed"
    NOTICE_DEFERRED = "notice-deferred"
    NOTIFIED = "notified"
    SUSPECTED_FORGERY = "suspected-forgery"
    VOLUNTARY = "voluntary"


class LineKind(StrEnum):
    """The kinds of opening line."""

    RECEIVED = "received"
    RESOLVED = "resolved"
    FOLLOW_UP = "follow-up"
    CORRECTED = "corrected"
    COVER = "cover"
    REPORT = "report"


class WithheldReason(StrEnum):
    """Why an entry of the log is not opened; a closed list."""

    NON_DISCLOSURE_ORDER = "non-disclosure-order"
    BANDED = "banded"
    LOST = "lost"
