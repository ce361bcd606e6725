"""Logs watched over time by anyone: do they grow, do reports appear when they are due, does none change?

    from sagwan.monitor import Monitor, Rules

    visit = Monitor(Path("watch")).visit(["https://transparency.example/kakao"], Rules())
    raise SystemExit(visit.exit_code)

A monitor keeps what it saw and compares: a verifier checks one folder at one moment, a witness cosigns what
is consistent with its own past, a monitor tells people. It knows nothing but what is published.
"""

from sagwan.monitor.rules import Rules
from sagwan.monitor.visit import Monitor, Visit
from sagwan.monitor.words import Finding, Level

__all__ = ["Finding", "Level", "Monitor", "Rules", "Visit"]
