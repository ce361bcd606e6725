"""Series: figures over the years, with the marks of what changed and each provider's own definitions."""

from sagwan.compare.series.definitions import Definition, counts_asked, definitions
from sagwan.compare.series.holding import (
    NATIONAL,
    Holding,
    Measure,
    Who,
    holding,
    share_of_country,
    shares_of_all,
)
from sagwan.compare.series.marks import Mark, is_raised, marks_of, reviewed, told_by
from sagwan.compare.series.series import Point, Series, Shelf, Subject, between, subject_of
from sagwan.compare.series.totals import Headline, headline

__all__ = [
    "NATIONAL",
    "Definition",
    "Headline",
    "Holding",
    "Mark",
    "Measure",
    "Point",
    "Series",
    "Shelf",
    "Subject",
    "Who",
    "between",
    "counts_asked",
    "definitions",
    "headline",
    "holding",
    "is_raised",
    "marks_of",
    "reviewed",
    "share_of_country",
    "shares_of_all",
    "subject_of",
    "told_by",
]
