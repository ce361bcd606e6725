"""Compare: every published figure beside its rivals, with what can be said about why they differ.

`load_packaged()` or `load(path)` read claims; `compare(claims, "2016H1")` reconciles them. Everything but
`load` is pure.
"""

from sagwan.compare.claim import COLUMNS, Claim, SourceKind
from sagwan.compare.explain import Code, Explanation
from sagwan.compare.figure import Figure
from sagwan.compare.load import ClaimsError, load, load_packaged
from sagwan.compare.reconcile import compare
from sagwan.compare.recount import Badge, Recount, Source, recount
from sagwan.compare.result import Comparison, Reconciled, Status
from sagwan.compare.value import Band, Exact, Missing, MissingState

__all__ = [
    "COLUMNS",
    "Badge",
    "Band",
    "Claim",
    "ClaimsError",
    "Code",
    "Comparison",
    "Exact",
    "Explanation",
    "Figure",
    "Missing",
    "MissingState",
    "Reconciled",
    "Recount",
    "Source",
    "SourceKind",
    "Status",
    "compare",
    "load",
    "load_packaged",
    "recount",
]
