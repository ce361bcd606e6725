"""An instrument's tables, read into rules; what one rule names of another must exist."""

import re

from sagwan.law.citation import Label
from sagwan.law.errors import LawPackError
from sagwan.law.model import (
    Basis,
    Binding,
    BindingRule,
    Bound,
    ClockKind,
    DataRule,
    DeadlineRule,
    DocumentItem,
    EmergencyRule,
    Ground,
    HoldRule,
    Instrument,
    ItemKind,
    Limit,
    MetBy,
    Name,
    NoticeRule,
    Opened,
    OpenedRule,
    Party,
    Policy,
    ProviderNotice,
    Start,
    When,
    Who,
)
from sagwan.law.overlap import check_apart, check_covers
from sagwan.law.reader import Table
from sagwan.record.vocabulary import DataCategory

_COUNTED = (ClockKind.HOURS, ClockKind.DAYS, ClockKind.BUSINESS_DAYS)
_CHOOSING = (ItemKind.CHOICE, ItemKind.CHOICES)


def read_name(table: Table) -> Name:
    since, until = table.span()
    return Name(label=Label(ko=table.text("ko"), en=table.text("en")), since=since, until=until)


def read_instrument(table: Table, roles: frozenset[str]) -> Instrument:
    """One `[[instrument]]`; `roles` are the pack's."""
    since, until = table.span()
    items = table.tables("items", "item", _item)
    slugs = frozenset(item.slug for item in items)
    instrument = Instrument(
        slug=table.slug("slug"),
        citation=table.citation(),
        since=since,
        until=until,
        discloses=table.flag("discloses"),
        names=table.tables("names", "name", read_name),
        basis=table.tables("basis", "basis", lambda each: _basis(each, roles)),
        binding=table.tables("binding", "binding", _binding),
        opened=table.tables("opened", "opened", _opened),
        data=table.tables("data", "data", _data),
        issuers=table.tables("issuers", "party", lambda each: _party(each, roles)),
        approvers=table.tables("approvers", "party", lambda each: _party(each, roles)),
        items=items,
        limits=table.tables("limits", "limit", lambda each: _limit(each, items, roles)),
        emergency=table.tables("emergency", "emergency", lambda each: _emergency(each, slugs)),
        deadlines=table.tables("deadlines", "deadline", lambda each: _deadline(each, items, roles)),
        notice=table.tables("notice", "notice", _notice),
        holds=table.tables("holds", "hold", _hold),
    )
    _check_whole(instrument, table)
    return instrument


def _check_whole(instrument: Instrument, table: Table) -> None:
    check_covers(table.at("names"), instrument, instrument.names)
    check_covers(table.at("binding"), instrument, instrument.binding)
    check_covers(table.at("opened"), instrument, instrument.opened)
    check_apart(table.at("emergency"), [("it", rule) for rule in instrument.emergency])
    check_apart(table.at("basis"), [((str(rule.citation), rule.issuers), rule) for rule in instrument.basis])
    check_apart(table.at("notice"), [("it", rule) for rule in instrument.notice])
    check_apart(table.at("holds"), [("it", rule) for rule in instrument.holds])
    check_apart(table.at("data"), [(rule.category, rule) for rule in instrument.data])
    check_apart(table.at("issuers"), [((rule.role, rule.when), rule) for rule in instrument.issuers])
    check_apart(table.at("approvers"), [((rule.role, rule.when), rule) for rule in instrument.approvers])
    check_apart(table.at("items"), [(rule.slug, rule) for rule in instrument.items])
    check_apart(table.at("deadlines"), [(rule.slug, rule) for rule in instrument.deadlines])
    for kind, parties in ((ItemKind.ISSUER, "issuers"), (ItemKind.APPROVER, "approvers")):
        rules = instrument.issuers if kind is ItemKind.ISSUER else instrument.approvers
        asked = [item for item in instrument.items if item.kind is kind]
        check_apart(table.at("items"), [(kind, item) for item in asked])
        if bool(asked) != bool(rules):
            raise LawPackError(
                table.at(parties), f"goes with a document item of kind {kind.value}, and it with {parties}"
            )


def _basis(table: Table, roles: frozenset[str]) -> Basis:
    since, until = table.span()
    return Basis(citation=table.citation(), since=since, until=until, issuers=table.slugs("issuers", roles))


def _binding(table: Table) -> BindingRule:
    since, until = table.span()
    return BindingRule(
        citation=table.citation(), since=since, until=until, binding=table.choice("binding", Binding)
    )


def _opened(table: Table) -> OpenedRule:
    since, until = table.span()
    return OpenedRule(citation=table.citation(), since=since, until=until, how=table.choice("how", Opened))


def _data(table: Table) -> DataRule:
    since, until = table.span()
    category = table.choice("category", DataCategory)
    return DataRule(citation=table.citation(), since=since, until=until, category=category)


def _party(table: Table, roles: frozenset[str]) -> Party:
    since, until = table.span()
    return Party(
        citation=table.citation(),
        since=since,
        until=until,
        role=table.known("role", roles, "a [[role]]"),
        when=table.choice("when", When, When.ALWAYS),
        condition=table.label("condition") if table.has("condition") else None,
    )


def _item(table: Table) -> DocumentItem:
    since, until = table.span()
    kind = table.choice("kind", ItemKind)
    if (kind in _CHOOSING) != table.has("choices"):
        raise table.fail("choices", "goes with kind choice or choices, and with no other")
    for key, fits in (("pattern", kind is ItemKind.TEXT), ("bound", kind is ItemKind.DATE)):
        if table.has(key) and not fits:
            raise table.fail(key, f"does not go with kind {kind.value}")
    return DocumentItem(
        citation=table.citation(),
        since=since,
        until=until,
        slug=table.slug("slug"),
        label=table.label(),
        kind=kind,
        required=table.flag("required", True),
        when=table.choice("when", When, When.ALWAYS),
        data=table.choices("data", DataCategory),
        choices=table.slugs("choices"),
        pattern=_pattern(table),
        bound=table.choice("bound", Bound) if table.has("bound") else None,
    )


def _pattern(table: Table) -> str:
    if not table.has("pattern"):
        return ""
    pattern = table.text("pattern")
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise table.fail("pattern", f"is not a regular expression: {error}") from None
    return pattern


def _limit(table: Table, items: tuple[DocumentItem, ...], roles: frozenset[str]) -> Limit:
    since, until = table.span()
    periods = frozenset(item.slug for item in items if item.kind is ItemKind.PERIOD)
    if table.has("months") == table.has("days"):
        raise table.fail("months", "one of months and days, not both")
    return Limit(
        citation=table.citation(),
        since=since,
        until=until,
        item=table.known("item", periods, "a document item of kind period"),
        months=table.count("months", 0),
        days=table.count("days", 0),
        approvers=table.slugs("approvers", roles),
    )


def _emergency(table: Table, items: frozenset[str]) -> EmergencyRule:
    since, until = table.span()
    return EmergencyRule(
        citation=table.citation(),
        since=since,
        until=until,
        label=table.label(),
        follow_up=table.known("follow_up", items, "a document item of this instrument"),
        data=table.choices("data", DataCategory),
    )


def _deadline(table: Table, items: tuple[DocumentItem, ...], roles: frozenset[str]) -> DeadlineRule:
    since, until = table.span()
    kind = table.choice("kind", ClockKind)
    stops = table.flag("stops", False)
    met_by = table.choice("met_by", MetBy, MetBy.RECORD if stops else MetBy.END)
    dated = frozenset(item.slug for item in items if item.kind in (ItemKind.DATE, ItemKind.PERIOD))
    for key, fits in (
        ("number", kind in _COUNTED),
        ("policy", kind is ClockKind.WITHOUT_DELAY),
        ("item", kind is ClockKind.PAPER_DATE),
        ("paper", met_by is MetBy.PAPER),
    ):
        if table.has(key) != fits:
            raise table.fail(
                key,
                f"{'is missing from' if fits else 'does not go with'} a clock of kind {kind.value}"
                + (f" met by {met_by.value}" if key == "paper" else ""),
            )
    return DeadlineRule(
        citation=table.citation(),
        since=since,
        until=until,
        slug=table.slug("slug"),
        label=table.label(),
        who=table.choice("who", Who),
        kind=kind,
        number=table.count("number", 0),
        starts=table.choice("starts", Start, Start.RECEIVED),
        when=table.choice("when", When, When.ALWAYS),
        issuers=table.slugs("issuers", roles),
        policy=_policy(table.table("policy", "policy")) if table.has("policy") else None,
        item=table.known("item", dated, "a document item of kind date or period")
        if table.has("item")
        else "",
        stops=stops,
        met_by=met_by,
        paper=table.known("paper", frozenset(item.slug for item in items), "a document item")
        if table.has("paper")
        else "",
        pauses=table.flag("pauses", False),
    )


def _policy(table: Table) -> Policy:
    kind = table.choice("kind", ClockKind)
    if kind not in _COUNTED:
        raise table.fail("kind", f"{kind.value} is no number", "hours, days or business-days")
    return Policy(kind=kind, number=table.count("number"))


def _notice(table: Table) -> NoticeRule:
    since, until = table.span()
    who = table.choice("who", Who)
    for key in ("days", "starts"):
        if table.has(key) is (who is Who.NOBODY):
            raise table.fail(key, "goes with a duty, and is left out where who is nobody")
    return NoticeRule(
        citation=table.citation(),
        since=since,
        until=until,
        who=who,
        label=table.label(),
        days=table.count("days", 0),
        starts=table.choice("starts", Start, Start.PROVISION),
        provider=table.choice("provider", ProviderNotice),
        grounds=table.tables("grounds", "ground", _ground),
    )


def _ground(table: Table) -> Ground:
    return Ground(
        slug=table.slug("slug"),
        label=table.label(),
        longest=table.label("longest"),
        times=table.count("times", 0),
        months=table.count("months", 0),
    )


def _hold(table: Table) -> HoldRule:
    since, until = table.span()
    return HoldRule(
        citation=table.citation(),
        since=since,
        until=until,
        days=table.count("days"),
        extension=table.count("extension", 0),
    )
