"""How an instant reads: in the home's zone, as the language writes it."""

from datetime import datetime

from sagwan.desk import setup
from sagwan.pages.i18n import day


def moment(at: datetime | None, lang: str) -> str:
    """`4 August 2016 14:05` or `2016년 8월 4일 14:05`, in the home's zone; '' for none."""
    if at is None:
        return ""
    here = at.astimezone(setup.current().home.zone)
    return f"{day(here.date().isoformat(), lang)} {here:%H:%M}"
