"""What time it is at the desk: the machine's, or, where all is invented, so many seconds behind it.

The demo plays in 2016: a home of today's would show each of its requests as years late. Whatever happens at
the desk is dated by this clock; only sessions, throttles and codes of apps go by the machine's own.
"""

from datetime import UTC, datetime, timedelta

from sagwan.desk import setup
from sagwan.desk.home import Home


def now() -> datetime:
    """The instant, in UTC, at the home that is open."""
    return time_at(setup.current().home)


def time_at(home: Home) -> datetime:
    """The instant, in UTC, at a home."""
    return datetime.now(UTC) - timedelta(seconds=home.clock_behind)
