"""Which letters there are, and when one cannot be written."""

from enum import StrEnum

from sagwan.record.errors import IllegalStep


class Kind(StrEnum):
    """What a letter is for. Each has a template in `templates/ko` and `templates/en`."""

    ACKNOWLEDGEMENT = "acknowledgement"
    CLARIFICATION = "clarification"
    REFUSAL = "refusal"
    PARTIAL = "partial"
    NO_DATA = "no-data"
    PRESERVATION = "preservation"
    PRESERVATION_ENDING = "preservation-ending"
    PRODUCTION = "production"
    NOTICE = "notice"
    FORGERY = "forgery"

    @property
    def to_requester(self) -> bool:
        """Does it go to the one who asked? The others go to a user, or to an authority's independent
        contact."""
        return self not in (Kind.NOTICE, Kind.FORGERY)


class LetterNotPossible(IllegalStep):
    """The record does not hold what the letter would say, or the letter may not be written."""
