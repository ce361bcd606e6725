"""Compare: every published figure beside its rivals, with what can be said about why they differ.

`load_packaged()` or `load(path)` read claims; `compare(claims, "2016H1")` reconciles them. Everything but
`load` is pure.
"""

from sagwan.compare.claim import COLUMNS, WIDE_COLUMNS, Claim, SourceKind
from sagwan.compare.edition import Edition
from sagwan.compare.editions import Cause, Change, changes, restatements
from sagwan.compare.explain import Code, Explanation
from sagwan.compare.figure import Figure
from sagwan.compare.load import ClaimsError, load, load_packaged
from sagwan.compare.reconcile import compare
from sagwan.compare.recount import Badge, Recount, Source, recount
from sagwan.compare.result import Comparison, Reconciled, Status
from sagwan.compare.value import Band, Exact, Missing, MissingState, State

__all__ = [
    "COLUMNS",
    "WIDE_COLUMNS",
    "Badge",
    "Band",
    "Cause",
    "Change",
    "Claim",
    "ClaimsError",
    "Code",
    "Comparison",
    "Edition",
    "Exact",
    "Explanation",
    "Figure",
    "Missing",
    "MissingState",
    "Reconciled",
    "Recount",
    "Source",
    "SourceKind",
    "State",
    "Status",
    "changes",
    "compare",
    "load",
    "load_packaged",
    "recount",
    "restatements",
]
