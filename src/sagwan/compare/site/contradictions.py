"""The contradictions: every disputed figure of every period, the most instructive first."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from sagwan.compare.explain import Code
from sagwan.compare.result import Reconciled
from sagwan.compare.site import addresses
from sagwan.compare.site.terms import country
from sagwan.compare.site.view import amount, is_disputed, rival_values, sentences, title
from sagwan.compare.site.whole import Whole, tongue
from sagwan.compare.value import Exact
from sagwan.compare.voices import voices
from sagwan.pages import Page

MOST = 120  # on one page; what is beyond it stands in the data and on the periods' pages
_ORDER = {code: place for place, code in enumerate(Code)}


def page(whole: Whole) -> Page:
    found = sorted(filter(is_disputed, whole.comparison.figures), key=instructive)

    def context(lang: str) -> Mapping[str, Any]:
        return {
            **whole.common(lang),
            "count": len(found),
            "more": max(0, len(found) - MOST),
            "items": [_view(whole, item, lang) for item in found[:MOST]],
        }

    return Page(addresses.CONTRADICTIONS, "compare/contradictions.html", context, script=True)


def instructive(item: Reconciled) -> tuple[object, ...]:
    """Sorts first what teaches most: an explanation that holds, the more specific the better; then many
    voices on either side; then a great difference. Without an explanation last."""
    places = [_ORDER[code] for code in item.codes]
    speakers = len(voices(item.claims))
    return not places, min(places, default=len(_ORDER)), -speakers, -_gap(item), item.figure


def _gap(item: Reconciled) -> Fraction:
    """How far the furthest rival is off, as a share of what is shown."""
    if not isinstance(item.value, Exact) or not item.value.number:
        return Fraction(0)
    shown = Fraction(item.value.number)
    others = [Fraction(c.read.number) for c in item.rivals if isinstance(c.read, Exact)]
    return max((abs(other - shown) / shown for other in others), default=Fraction(0))


def _view(whole: Whole, item: Reconciled, lang: str) -> Mapping[str, Any]:
    return {
        **title(item.figure, whole.labels, tongue(lang)),
        "country": country(item.figure.jurisdiction, lang),
        "href": addresses.figure_page(item.figure),
        "value": amount(item.value) if item.value is not None else "",
        "rivals": rival_values(item),
        "reasons": sentences(item, tongue(lang)),
        "slug": item.figure.provider,
        "codes": [str(code) for code in item.codes],
    }
