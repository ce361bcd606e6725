"""Bands of a published folder as claims: the provider's own word, since nobody can recount them."""

from collections.abc import Iterator

from sagwan.compare.claim import Claim, SourceKind
from sagwan.compare.figure import ALL_SERVICES
from sagwan.compare.recount import Source
from sagwan.compare.value import State
from sagwan.formats.banded import Banded, BandedFigure

_METRICS = {
    "requested": ("requested", "requests", "request"),
    "accounts-asked": ("accounts", "accounts", "account"),
}
"""measure → metric, unit and thing counted, as the claims from other providers' files have them."""


def banded_claims(banded: Banded | None, source: Source, *, synthetic: bool) -> Iterator[Claim]:
    """A claim for each band of a half-year's report, of all the provider's services together; none of a
    synthetic one."""
    if banded is None or synthetic:
        return
    for one in banded.figures:
        metric, unit, counted = _METRICS[one.measure]
        yield Claim(
            provider=source.provider,
            service=ALL_SERVICES,
            jurisdiction=one.jurisdiction,
            period=one.about,
            category=one.figure,
            metric=metric,
            part="",
            value=one.band,
            unit=unit,
            source_url=source.address,
            source_publisher=source.publisher,
            source_date=source.date,
            source_kind=SourceKind.COMPANY_REPORT,
            counted=counted,
            state=State.RANGE.value,
            low=str(one.low),
            high=str(one.high),
            rule=_rule(one),
            reason=one.citation["en"],
        )


def _rule(one: BandedFigure) -> str:
    """The rule under the name that bands of other providers' files have."""
    if "usc-50 §1874" in one.rule:
        return f"50-usc-1874-{one.width}"
    return f"{one.jurisdiction.lower()}-{one.option}"
