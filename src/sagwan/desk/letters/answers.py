"""The answers to a request: received, please explain, refused, granted in part, nothing there."""

from collections.abc import Iterable
from datetime import date

from sagwan.desk.letters import words
from sagwan.desk.letters.facts import Acknowledgement, Answer, Clarification, Ground, Named, Row, Withheld
from sagwan.desk.letters.kinds import Kind, LetterNotPossible
from sagwan.desk.letters.remedies import remedies
from sagwan.desk.letters.source import Source
from sagwan.law.paper import data_period
from sagwan.record.disposition import Disposition
from sagwan.record.events import ClarificationAsked, Decision
from sagwan.record.request import Target
from sagwan.record.vocabulary import DataCategory, Grant, Outcome

MAX_NAMED = 300
"""How many targets a letter lists by name; a longer list belongs into a file."""

_OUTCOMES = {
    Kind.REFUSAL: Outcome.REFUSED,
    Kind.PARTIAL: Outcome.PARTIAL,
    Kind.NO_DATA: Outcome.NO_DATA,
}


def acknowledgement(source: Source) -> Acknowledgement:
    return Acknowledgement(len(source.state.asked_targets), source.missing, source.duties)


def clarification(source: Source) -> Clarification:
    """The latest question; raise LetterNotPossible where none was asked, or its key is destroyed."""
    found = source.last(ClarificationAsked)
    if found is None:
        raise LetterNotPossible("no clarification was asked for", hint="ask it first (sagwan ask)")
    stored, event = found
    if event.matter is None:
        raise LetterNotPossible("the question is not known any more: its key was destroyed")
    pauses = any(rule.pauses for rule in source.instrument.deadlines)
    return Clarification(event.matter.text, source.moment(stored.at), pauses)


def answer(source: Source, kind: Kind) -> Answer:
    """A decision as the asking official may see it; raise LetterNotPossible where it has another outcome."""
    decision, approval = source.decision()
    if decision.outcome is not _OUTCOMES[kind]:
        raise LetterNotPossible(
            f"the decision is {decision.outcome}, so there is no letter {kind}",
            hint="see sagwan show for the decision",
        )
    on = source.day_of(approval.at) if approval else source.day
    dispositions = source.state.dispositions
    named, unnamed = _named(source, dispositions, on) if kind is Kind.PARTIAL else ((), 0)
    return Answer(
        decided=source.dated(on),
        only_refused=kind is Kind.REFUSAL and all(each.grant is Grant.REFUSE for each in dispositions),
        grounds=_grounds(source, decision, dispositions, on),
        granted_data=source.data(decision.data),
        granted_accounts=decision.accounts,
        rows=_rows(source, dispositions, on),
        named=named,
        unnamed=unnamed,
        granted_days=_days(source, source.state.period),
        asked_days=_days(source, data_period(source.ledger.paper) if source.state.period else None),
        defects=source.defects,
    )


def _days(source: Source, period: tuple[date, date] | None) -> str:
    return " – ".join(map(source.dated, period)) if period else ""


def _label(source: Source, slug: str, on: date) -> str:
    reason = source.reason(slug, on)
    return reason.label.text(source.lang) if reason else slug


def _grounds(
    source: Source, decision: Decision, dispositions: tuple[Disposition, ...], on: date
) -> tuple[Ground, ...]:
    """The reasons of what is not disclosed, in order; the decision's own where it was made as a whole."""
    withheld: dict[str, set[DataCategory]] = {}
    for each in dispositions:
        if each.reason:
            withheld.setdefault(each.reason, set()).update(each.data)
    if not withheld:
        rest = set(source.state.received.data) - set(decision.data)
        withheld = {decision.reason: rest or set(source.state.received.data)}
    return tuple(_ground(source, slug, tuple(sorted(data)), on) for slug, data in withheld.items())


def _ground(source: Source, slug: str, data: tuple[DataCategory, ...], on: date) -> Ground:
    reason = source.reason(slug, on)
    cited = reason.citation.text(source.lang) if reason and reason.citation else ""
    return Ground(_label(source, slug, on), cited, remedies(source, slug, data))


def _rows(source: Source, dispositions: Iterable[Disposition], on: date) -> tuple[Row, ...]:
    """By kind of target and data category; linear in the number of targets."""
    counts: dict[tuple[str, DataCategory], dict[tuple[Grant, str], int]] = {}
    for each in dispositions:
        kinds: dict[str, int] = {}
        for target in each.targets:
            kinds[target.kind] = kinds.get(target.kind, 0) + 1
        for kind, number in kinds.items():
            for category in each.data:
                cell = counts.setdefault((kind, category), {})
                key = (each.grant, each.reason)
                cell[key] = cell.get(key, 0) + number
    return tuple(
        Row(
            kind=words.word(words.TARGETS, kind, source.lang),
            data=words.word(words.DATA, category, source.lang),
            asked=sum(cell.values()),
            granted=sum(number for (grant, _), number in cell.items() if grant is Grant.DISCLOSE),
            withheld=tuple(
                Withheld(words.GRANTS[grant].text(source.lang), _label(source, slug, on) if slug else "", n)
                for (grant, slug), n in sorted(cell.items(), key=lambda item: (-item[1], item[0]))
                if grant is not Grant.DISCLOSE
            ),
        )
        for (kind, category), cell in sorted(counts.items())
    )


def _named(source: Source, dispositions: Iterable[Disposition], on: date) -> tuple[tuple[Named, ...], int]:
    """The targets that get less than was asked, in the order asked, and how many more than are listed."""
    answers: dict[Target, list[str]] = {}
    for each in dispositions:
        if each.grant is Grant.DISCLOSE:
            continue
        data = ", ".join(source.data(each.data))
        said = f"{data}: {words.GRANTS[each.grant].text(source.lang)}"
        if each.reason:
            said += f" – {_label(source, each.reason, on)}"
        for target in each.targets:
            answers.setdefault(target, []).append(said)
    order = [target for target in source.state.asked_targets if target in answers]
    named = tuple(
        Named(words.word(words.TARGETS, target.kind, source.lang), target.value, tuple(answers[target]))
        for target in order[:MAX_NAMED]
    )
    return named, len(order) - len(named)
