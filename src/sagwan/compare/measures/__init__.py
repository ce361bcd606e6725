"""Measures made of figures: rates, shares, changes and sums.

Bands are carried through as intervals and missing values as gaps: no measure turns either into a point or 0.
"""

from sagwan.compare.measures.change import Change, change, half_before, year_before
from sagwan.compare.measures.rates import (
    accounts_per_processed,
    accounts_per_request,
    compliance_rate,
    per_million,
    share,
)
from sagwan.compare.measures.ratio import Ratio, display, display_ratio, divide
from sagwan.compare.measures.sums import Sum, add_up

__all__ = [
    "Change",
    "Ratio",
    "Sum",
    "accounts_per_processed",
    "accounts_per_request",
    "add_up",
    "change",
    "compliance_rate",
    "display",
    "display_ratio",
    "divide",
    "half_before",
    "per_million",
    "share",
    "year_before",
]
