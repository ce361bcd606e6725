"""The figures: what is open by its clock, how a half-year went, what the next report will say."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sagwan.desk import setup
from sagwan.desk.casework import dashboard, screens
from sagwan.desk.casework.dashboard_report import MEASURES, next_report
from sagwan.desk.casework.views.common import READERS, names, now
from sagwan.desk.web.gate import allowed
from sagwan.record.period import Period


@allowed(*READERS)
def figures(request: HttpRequest) -> HttpResponse:
    """Counts that add up, each a way into the queue; no private value, so no view is recorded."""
    desk, at = setup.current(), now()
    periods = screens.half_years(desk, at)
    period = _chosen(request.GET.get("half", ""), periods)
    context = {
        "names": names(),
        "open": dashboard.open_now(desk, at),
        "buckets": dashboard.BUCKETS,
        "periods": list(reversed(periods)),
        "period": period,
        "ended": dashboard.ended(desk, period),
        "times": dashboard.times(desk, period),
        "report": next_report(desk, at),
        "measures": MEASURES,
    }
    return render(request, "casework/dashboard.html", context)


def _chosen(text: str, periods: list[Period]) -> Period:
    """The half-year that the address names, where it is one of those; else the one that runs."""
    return next((period for period in periods if str(period) == text), periods[-1])
