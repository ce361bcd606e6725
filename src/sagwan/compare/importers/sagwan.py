"""A published folder: recounted from its opened seals; only what the recount gives becomes claims.

The report's own table is never read. A synthetic folder, and one with entries withheld, gives badges and no
claims; what its report states in bands, since the law allows no more, is the provider's own word. A folder
that does not hold is refused. Only a reader who names the log's key gets claims that are
`recounted`; without, they are the provider's own word.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from sagwan.compare.banded import banded_claims
from sagwan.compare.claim import Claim
from sagwan.compare.edition import Edition
from sagwan.compare.importers.dates import read_period
from sagwan.compare.importers.errors import ImporterError
from sagwan.compare.importers.understood import Caution, Origin, Spot, Understood
from sagwan.compare.recount import Badge, Source, recount
from sagwan.verify import PeriodVerdict, Trust, Verdict, verify

NAME = "sagwan"


@dataclass(frozen=True, slots=True)
class _Half:
    claims: tuple[Claim, ...]
    badges: tuple[Badge, ...]


def read(source: str, origin: Origin, trust: Trust) -> Understood:
    """Recount a folder at a path or an http(s) address.

    Raises ImporterError where a check fails, SourceError where there is no folder.
    """
    verdict = verify(source, trust=trust)
    if not verdict.holds:
        failed = next((one for check in verdict.checks for one in check.failures), None)
        why = f": check {failed.check}, {failed.file}: {failed.message}" if failed else ""
        raise ImporterError(f"{source} does not hold{why}", hint="see `sagwan verify`; nothing was imported")
    halves = tuple(_half(source, verdict, one, origin) for one in verdict.periods)
    claims = tuple(claim for half in halves for claim in half.claims)
    last = verdict.periods[-1]
    publisher = origin.publisher or _publisher(last)
    return Understood(
        NAME,
        Edition(publisher, origin.address or source, origin.retrieved, last.manifest),
        claims,
        warnings=tuple(_cautions(source, verdict)),
        periods=tuple(one.period for one in verdict.periods),
        jurisdictions=tuple(sorted(_jurisdictions(verdict))),
        rows=sum(len(one.rows) for one in verdict.periods),
        files=tuple(f"report/{one.period}.json" for one in verdict.periods),
        badges=tuple(badge for half in halves for badge in half.badges),
    )


def _jurisdictions(verdict: Verdict) -> set[str]:
    rows = {row[1] for one in verdict.periods for row in one.rows}
    return rows | {
        figure.jurisdiction for one in verdict.periods if one.banded for figure in one.banded.figures
    }


def _half(source: str, verdict: Verdict, one: PeriodVerdict, origin: Origin) -> _Half:
    span = read_period(one.period)
    address = origin.address or source
    publisher = origin.publisher or _publisher(one)
    provider = one.report.provider if one.report else verdict.origin
    told = Source(provider, one.period, address, publisher, origin.date or span.last.isoformat())
    taken = recount(
        one.rows,
        told,
        synthetic=verdict.synthetic,
        withheld=sum(one.withheld.values()),
        vouched=verdict.exit_code == 0,
    )
    edition = str(Edition(publisher, address, origin.retrieved, one.manifest))
    claims = (
        dataclasses.replace(
            claim,
            edition=edition,
            period_start=span.first.isoformat(),
            period_end=span.last.isoformat(),
            period_kind=span.kind.value,
        )
        for claim in taken.claims
    )
    return _Half((*claims, *_banded(one, told, verdict.synthetic, edition)), taken.badges)


def _banded(one: PeriodVerdict, told: Source, synthetic: bool, edition: str) -> Iterator[Claim]:
    """What the half-year's report states in bands, each with the span that it is about."""
    for claim in banded_claims(one.banded, told, synthetic=synthetic):
        span = read_period(claim.period)
        yield dataclasses.replace(
            claim,
            edition=edition,
            period_start=span.first.isoformat(),
            period_end=span.last.isoformat(),
            period_kind=span.kind.value,
        )


def _publisher(one: PeriodVerdict) -> str:
    return one.report.names.get("en", one.report.provider) if one.report else "Sagwan"


def _cautions(source: str, verdict: Verdict) -> Iterator[Caution]:
    spot = Spot(source)
    if verdict.exit_code == 3:
        text = (
            "the counts hold, but only the folder itself says whose key it is: they are taken as the "
            "provider's own report, not as recounted; name the key with --key, or witnesses with --policy"
        )
        yield Caution("self-declared", spot, text)
    if verdict.synthetic:
        yield Caution("synthetic", spot, "the folder says that it is synthetic: its counts are never claims")
    for one in verdict.periods:
        if one.floors:
            text = f"{one.period}: entries are withheld, so its counts are floors and no claims"
            yield Caution("floors", spot, text)
