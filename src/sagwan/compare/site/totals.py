"""A total over categories as a table's cell: linked where it is printed, with its sum where it is derived."""

from sagwan.compare.measures import Sum
from sagwan.compare.series import Headline
from sagwan.compare.site import addresses
from sagwan.compare.site.view import View, amount, is_disputed


def total_cell(found: Headline | None) -> View:
    """What compare/totals.html shows of a total; `slug` is the column's, where columns can be picked."""
    if found is None:
        return {"value": None, "floor": False, "disputed": False, "formula": "", "href": "", "slug": ""}
    return {
        "slug": "",
        "value": sum_text(found.sum),
        "floor": found.sum.is_floor,
        "disputed": any(map(is_disputed, found.parts)),
        "formula": _formula(found) if found.is_derived else "",
        "href": addresses.figure_page(found.parts[0].figure) if not found.is_derived else "",
    }


def sum_text(found: Sum) -> str:
    """`1,234`; both ends of a band; of a floor its low end, which a page must call one."""
    if found.high is None or found.is_exact:
        return f"{found.low:,}"
    return f"{found.low:,}–{found.high:,}"


def _formula(found: Headline) -> str:
    return " + ".join(amount(item.value) for item in found.parts if item.value is not None)
