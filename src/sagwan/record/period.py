"""Half-years: the periods that reports cover."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sagwan.record.errors import InvalidValue

_FORM = re.compile(r"(?P<year>[1-9][0-9]{3})H(?P<half>[12])\Z")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A half-year, written `2016H1`: January to June, or July to December."""

    year: int
    half: int

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read `2016H1`; raise InvalidValue for anything else."""
        found = _FORM.match(text)
        if not found:
            raise InvalidValue(f"{text!r} is not a half-year", hint="write it as 2016H1 or 2016H2")
        return cls(int(found["year"]), int(found["half"]))

    @classmethod
    def containing(cls, instant: datetime, zone: ZoneInfo) -> "Period":
        """The half-year that holds an aware instant, in the provider's time zone.

        Raise InvalidValue for an instant without a zone: which half-year it lies in cannot be known.
        """
        if instant.tzinfo is None:
            raise InvalidValue(f"{instant} has no time zone", hint="give an instant with its zone")
        local = instant.astimezone(zone)
        return cls(local.year, 1 if local.month <= 6 else 2)

    @property
    def first_day(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def next(self) -> "Period":
        return Period(self.year, 2) if self.half == 1 else Period(self.year + 1, 1)

    @property
    def previous(self) -> "Period":
        return Period(self.year, 1) if self.half == 2 else Period(self.year - 1, 2)

    def end(self, zone: ZoneInfo) -> datetime:
        """The first instant after the half-year, in the provider's time zone."""
        start = self.next.first_day
        return datetime(start.year, start.month, start.day, tzinfo=zone)

    def __str__(self) -> str:
        return f"{self.year:04d}H{self.half}"
