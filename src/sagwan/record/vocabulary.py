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


class Sender(StrEnum):
    """Is the one who asks who they say they are? `not-asked`: nobody looked, as before there was a portal.

    `denied` only follows a call-back; nothing comes in so.
    """

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    NOT_ASKED = "not-asked"
    DENIED = "denied"


class CallResult(StrEnum):
    """What a call to the authority's independent contact brought."""

    CONFIRMED = "confirmed"
    DENIED = "denied"
    NO_ANSWER = "no-answer"


class FindingAnswer(StrEnum):
    """What a person says to a finding: it stands; it was mended; it does not matter here, with the reason in
    the note; it is not about this request at all."""

    ACCEPTED = "accepted"
    MENDED = "mended"
    DISMISSED = "dismissed"
    DOES_NOT_APPLY = "does-not-apply"


class Grant(StrEnum):
    """What becomes of one data category of one target."""

    DISCLOSE = "disclose"
    REFUSE = "refuse"
    NO_DATA = "no-data"
    ASK = "ask"


class Release(StrEnum):
    """Why a hold ended."""

    LAPSED = "lapsed"
    SERVED = "served"
    CANCELLED = "cancelled"
    ORDERED = "ordered"


class Teller(StrEnum):
    """Who told the person concerned."""

    PROVIDER = "provider"
    AUTHORITY = "authority"


class WithheldReason(StrEnum):
    """Why an entry of the log is not opened; a closed list."""

    NON_DISCLOSURE_ORDER = "non-disclosure-order"
    BANDED = "banded"
    LOST = "lost"
