"""The check of a request against the law of the day on which it came in. Pure: the same in, the same out.

It finds; it decides nothing. A person proposes and another approves.
"""

from collections.abc import Iterator
from datetime import date

from sagwan.law.citation import Label
from sagwan.law.errors import NotInForce, UnknownInstrument
from sagwan.law.finding import Code, Finding, Severity, found, listed, span_words
from sagwan.law.in_force import InstrumentOnDay
from sagwan.law.model import Binding, ItemKind
from sagwan.law.pack import Pack
from sagwan.law.paper import check_paper
from sagwan.law.quoted import check_quoted
from sagwan.record.request import Filing
from sagwan.record.vocabulary import SLUG

__all__ = ["Finding", "Severity", "review"]

_CATEGORY_NAMES = {
    "access": Label("접속 기록", "access"),
    "content": Label("내용", "content"),
    "subscriber": Label("가입자 정보", "subscriber"),
    "traffic": Label("통신 기록", "traffic"),
}


def review(filing: Filing, pack: Pack, on: date) -> tuple[Finding, ...]:
    """Everything found, the gravest first; `()` where there is nothing to say.

    `on` is the day of receipt in the provider's time zone: only rules that hold on it are applied.
    """
    return tuple(sorted(_findings(filing, pack, on), key=lambda finding: _GRAVITY[finding.severity]))


_GRAVITY = {Severity.BLOCKS: 0, Severity.WARNS: 1, Severity.NOTES: 2}


def _findings(filing: Filing, pack: Pack, on: date) -> Iterator[Finding]:
    if filing.jurisdiction != pack.jurisdiction:
        yield found(Code.OTHER_JURISDICTION, None, given=filing.jurisdiction, pack=pack.jurisdiction)
        return
    try:
        instrument = pack.instrument_on(filing.instrument, on)
    except UnknownInstrument:
        yield found(Code.UNKNOWN_INSTRUMENT, None, slug=filing.instrument)
        return
    except NotInForce:
        yield _not_in_force(filing, pack, on)
        return
    yield from _check_demand(filing, instrument)
    yield from _check_emergency(filing, instrument)
    yield from _check_parties(filing, pack, instrument)
    yield from check_paper(filing, instrument)
    yield from check_quoted(filing, pack, instrument)


def _not_in_force(filing: Filing, pack: Pack, on: date) -> Finding:
    instrument = pack.instrument(filing.instrument)
    return found(
        Code.NOT_IN_FORCE,
        instrument.citation,
        name=instrument.names[-1].label,
        day=str(on),
        span=span_words(str(instrument.since), str(instrument.until or "")),
    )


def _check_demand(filing: Filing, instrument: InstrumentOnDay) -> Iterator[Finding]:
    for category in filing.data:
        if category not in instrument.categories:
            yield found(
                Code.DATA_NOT_COVERED,
                instrument.data[0].citation if instrument.data else instrument.citation,
                category,
                name=instrument.name,
                data=_CATEGORY_NAMES[category],
                allowed=listed([_CATEGORY_NAMES[rule.category] for rule in instrument.data]),
            )
    if not filing.targets:
        yield found(Code.NO_TARGETS, instrument.citation)
    if filing.accounts == 0:
        yield found(Code.NO_ACCOUNTS, instrument.citation)
    if instrument.binding.binding is Binding.VOLUNTARY:
        yield found(Code.VOLUNTARY, instrument.binding.citation, name=instrument.name)


def _check_emergency(filing: Filing, instrument: InstrumentOnDay) -> Iterator[Finding]:
    if not filing.emergency:
        return
    variant = instrument.emergency
    if variant is None:
        yield found(Code.NO_EMERGENCY_VARIANT, instrument.citation, name=instrument.name)
        return
    item = instrument.item(variant.follow_up)
    if item is not None and not filing.paper.get(item.slug, "").strip():
        yield found(
            Code.PAPER_MUST_FOLLOW, variant.citation, item.slug, variant=variant.label, item=item.label
        )


def _check_parties(filing: Filing, pack: Pack, instrument: InstrumentOnDay) -> Iterator[Finding]:
    for kind, code, parties in (
        (ItemKind.ISSUER, Code.ISSUER_MAY_NOT, instrument.issuers),
        (ItemKind.APPROVER, Code.APPROVER_MAY_NOT, instrument.approvers),
    ):
        item = instrument.item_of_kind(kind)
        role = filing.paper.get(item.slug, "").strip() if item else ""
        if item is None or not role:
            continue
        may = [party for party in parties if instrument.applies(party.when, filing.emergency)]
        theirs = [party for party in may if party.role == role]
        if not theirs:
            names = [pack.role_name(party.role, instrument.day) for party in may]
            yield found(
                code,
                may[0].citation if may else item.citation,
                role if SLUG.match(role) else "",
                name=instrument.name,
                role=pack.role_name(role, instrument.day),
                allowed=listed(names),
            )
        for party in theirs:
            if party.condition is not None:
                yield found(
                    Code.ON_CONDITION,
                    party.citation,
                    role,
                    role=pack.role_name(role, instrument.day),
                    condition=party.condition,
                )
