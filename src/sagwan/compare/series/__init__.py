"""Series: figures over the years, with the marks of what changed and each provider's own definitions."""

from sagwan.compare.series.definitions import Definition, counts_asked, definitions
from sagwan.compare.series.marks import Mark, is_raised, marks_of, reviewed, told_by
from sagwan.compare.series.series import Point, Series, Shelf, Subject, between, subject_of
from sagwan.compare.series.totals import Headline, headline

__all__ = [
    "Definition",
    "Headline",
    "Mark",
    "Point",
    "Series",
    "Shelf",
    "Subject",
    "between",
    "counts_asked",
    "definitions",
    "headline",
    "is_raised",
    "marks_of",
    "reviewed",
    "subject_of",
    "told_by",
]
