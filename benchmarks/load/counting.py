"""How many statements a page takes, and which of them takes longest, at a home as it stands."""

from pathlib import Path


def statements(path: Path, pages: dict[str, str]) -> dict[str, int]:
    """By page: how many statements it takes. `pages` are addresses; `REQUEST` in one stands for a request
    that was lived through."""
    from sagwan.desk.setup import migrate, open_desk  # noqa: PLC0415

    open_desk(path)
    migrate()
    number = played(path, "resolved", 1)[0]  # opens the home anew, which shuts the door
    from django.db import connection  # noqa: PLC0415 - needs an open home
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from sagwan.desk.web.signin.door import open_door  # noqa: PLC0415

    open_door()
    client = Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="en")
    found = {}
    for what, address in pages.items():
        who = "official-1" if address.startswith("/portal") else "staff-1"
        client.post("/demo/", {"person": who})
        there = address.replace("REQUEST", number)
        client.get(there)  # what is kept in memory is kept by then
        with CaptureQueriesContext(
            connection,
        ) as seen:
            status = client.get(there).status_code
        if status != 200:
            raise SystemExit(f"{there} answered {status}")
        found[what] = len(seen)
        for query in seen.captured_queries:
            if float(query["time"]) > _SLOW:
                print(f"  {what}: {query['time']} s: {query['sql'][:300]}")
    return found


PLAYED = 15_111
"""So many requests are the demo's own; whatever came later is a copy, or filed in a test."""
_SLOW = 0.1
"""Seconds; a statement that takes longer is printed, to be looked at."""


def played(path: Path, stage: str, most: int) -> list[str]:
    """Numbers of requests at that stage that were lived through, and can be opened: a copy cannot."""
    from sagwan.desk.setup import open_desk  # noqa: PLC0415

    open_desk(path)
    from django.db import connection  # noqa: PLC0415 - needs an open home

    with connection.cursor() as cursor:
        # A copy's events came after all that were played.
        cursor.execute(
            "WITH real AS (SELECT stream FROM journal_event WHERE type = 'RequestReceived' AND seq = 1"
            " ORDER BY id LIMIT %s) SELECT number FROM casework_case JOIN real"
            " ON stream = 'request/' || number WHERE stage = %s LIMIT %s",
            [PLAYED, stage, most],
        )
        return [number for (number,) in cursor.fetchall()]
