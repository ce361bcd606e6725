"""Two templates of what a report should hold, and how much of each a provider's figures fill.

OTI: the Transparency Reporting Toolkit's template (Open Technology Institute and Berkman Klein, 2016),
https://cyber.harvard.edu/publications/2016/transparency_guide_and_template
DSA: the sheet 'member states orders' of Implementing Regulation (EU) 2024/2835, annex I.
"""

from collections.abc import Sequence

from sagwan.compare.score.model import Answer, Desk, Evidence, Point, first_few
from sagwan.compare.series import counts_asked
from sagwan.pages import N_

Cells = Sequence[tuple[str, str, frozenset[str]]]

OTI: Cells = (
    ("OTI.1", N_("requests received, by legal process"), frozenset({"requested", "documents"})),
    ("OTI.2", N_("requests rejected"), frozenset({"refused", "rejected", "challenged-or-rejected"})),
    ("OTI.3", N_("requests answered with no data"), frozenset({"no-data", "no-data-provided"})),
    ("OTI.4", N_("requests answered with content"), frozenset({"disclosed-content", "content"})),
    (
        "OTI.5",
        N_("requests answered with other data only"),
        frozenset({"disclosed-non-content-only", "only-non-content"}),
    ),
    (
        "OTI.6",
        N_("selectors that the requests name"),
        frozenset({"accounts-asked", "selectors", "devices", "financial-identifiers", "push-tokens"}),
    ),
    ("OTI.7", N_("accounts that the answers concern"), frozenset({"accounts-with-data"})),
    (
        "OTI.8",
        N_("users told, and not told"),
        frozenset({"notified", "gagged", "notice-delayed", "not-notified-exigent"}),
    ),
)
ACCOUNTS = frozenset({"selectors", "accounts-with-data"})
DSA_CATEGORY = "orders-to-provide-information"
DSA: Cells = (
    ("DSA.11", N_("orders to provide information"), frozenset({"requested"})),
    ("DSA.12", N_("median time to inform the authority of receipt"), frozenset({"median-hours-to-inform"})),
    ("DSA.13", N_("median time to give effect to the order"), frozenset({"median-hours-to-effect"})),
)


def oti(desk: Desk) -> tuple[Point, ...]:
    return tuple(_filled(desk, name, question, metrics) for name, question, metrics in OTI)


def dsa(desk: Desk) -> tuple[Point, ...]:
    """Only figures of the sheet itself answer: the same words elsewhere mean another way of counting."""
    return tuple(_filled(desk, name, question, metrics, DSA_CATEGORY) for name, question, metrics in DSA)


def _filled(desk: Desk, name: str, question: str, metrics: frozenset[str], category: str = "") -> Point:
    """Yes where a number is printed; no where the provider prints the cell and leaves it blank.

    What a provider calls accounts fills the cell that its own definition puts it in.
    """
    if ACCOUNTS & metrics:
        asked = counts_asked(desk.provider)
        metrics = metrics - {"accounts"} if asked != ("selectors" in metrics) else metrics | {"accounts"}
    there = desk.stated(lambda f: f.metric in metrics and category in ("", f.category))
    blank = desk.blank(lambda f: f.metric in metrics and category in ("", f.category))
    answer = Answer.YES if there else Answer.NO if blank else Answer.UNKNOWN
    return Point(name, question, answer, Evidence(first_few(there or blank)))
