"""Non-disclosure orders, as the events of requests tell them: which requests stood under one, and when."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sagwan.desk.journal.models import Event
from sagwan.desk.vault.keyring import CHUNK


def under_order(streams: Iterable[str], at: datetime, zone: ZoneInfo) -> set[str]:
    """Those of the streams whose request stood under an order at `at` (aware). An order's last day is one of
    the provider's time zone, that day included."""
    names, day = sorted(set(streams)), at.astimezone(zone).date()
    until: dict[str, date | None] = {}
    for start in range(0, len(names), CHUNK):
        rows = Event.objects.filter(
            stream__in=names[start : start + CHUNK], type__in=("OrderImposed", "OrderEnded"), at__lte=at
        )
        for stream, kind, public in rows.order_by("stream", "seq").values_list("stream", "type", "public"):
            if kind == "OrderEnded":
                until.pop(stream, None)
            else:
                last = json.loads(public)["until"]
                until[stream] = None if last is None else date.fromisoformat(last)
    return {stream for stream, last in until.items() if last is None or day <= last}
