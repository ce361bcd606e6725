"""A total printed for one of its services, or a total from which a service was left out."""

from collections.abc import Iterator
from itertools import combinations

from sagwan.compare.book import Book
from sagwan.compare.conflict import ISSUED, REQUESTED
from sagwan.compare.explain.model import Code, Doubt, Explanation, Words, explanation
from sagwan.compare.figure import ALL_SERVICES, JOINT
from sagwan.compare.reading import same_value
from sagwan.compare.totals import Total, over_services
from sagwan.compare.voices import by_others
from sagwan.compare.words import named

LEAST = 10
# Of many services some subset adds up to almost anything.
MOST_SERVICES = 4
_WHOLE = (
    "{source}: {value} for {service} alone. {others}: {sum} = {value} over all services.",
    "{source}: {service} 한 서비스의 수치로 {value}. {others}: 모든 서비스의 합이 {sum} = {value}입니다.",
)
_LEFT_OUT = (
    "{source}: {value} as the total. {others}: {sum} = {value} without {left_out}.",
    "{source}: 합계로 {value}. {others}: {left_out}을(를) 뺀 합이 {sum} = {value}입니다.",
)
_SERVED = (
    "{source}: {value} issued in all. {others}: {sum} = {value} were requested without {left_out}.",
    "{source}: 발부 합계로 {value}. {others}: {left_out}을(를) 뺀 요청의 합이 {sum} = {value}입니다.",
)
_WIDER = (
    "{source}: {value} for {service}. {others}: the same {value} for {wider} together.",
    "{source}: {service}의 수치로 {value}. {others}: 같은 {value} 값이 {wider}의 합계입니다.",
)


def explain(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    """Yield one where the value is the sum over all services but printed for one of them; a sum of some
    services printed as that of all; or a joint total of several providers printed for one."""
    if doubt.count is None or doubt.count < LEAST:
        return
    yield from _wider(doubt, book)
    total = over_services(doubt.figure, book)
    if not total and doubt.figure.metric == ISSUED and doubt.figure.is_total:
        # What was issued is seldom counted; of what was served on them, services give counts.
        total = over_services(doubt.figure.under_metric(REQUESTED), book)
    if not total or not total.each_counts:
        return
    if doubt.figure.is_total:
        yield from _left_out(doubt, total)
    elif total.count == doubt.count:
        words = _names(doubt.figure.service, sum=total.sum_text)
        yield explanation(Code.SUM_OF_SERVICES, "whole", doubt, total.claims, _WHOLE, words)


def _left_out(doubt: Doubt, total: Total) -> Iterator[Explanation]:
    if len(total.parts) > MOST_SERVICES:
        return
    for size in range(len(total.parts) - 1, 0, -1):
        for parts in combinations(total.parts, size):
            if sum(part.count for part in parts) != doubt.count:
                continue
            some = Total(parts)
            left = [part.figure.service for part in total.parts if part not in parts]
            here = total.parts[0].figure.metric == doubt.figure.metric
            template = _LEFT_OUT if here else _SERVED
            words = _left(some.sum_text, left)
            yield explanation(Code.SUM_OF_SERVICES, "left-out", doubt, some.claims, template, words)


def _wider(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    for figure in book.joint(doubt.figure.of_service(doubt.figure.provider, ALL_SERVICES)):
        same = by_others(same_value(book.claims(figure), doubt.doubted.value), doubt.doubted.voices)
        if same:
            words = _names(doubt.figure.provider, wider=figure.provider)
            yield explanation(Code.SUM_OF_SERVICES, "wider", doubt, same, _WIDER, words)


def _left(text: str, services: list[str]) -> Words:
    return lambda language: {
        "sum": text,
        "left_out": ", ".join(named(service, language) for service in services),
    }


def _names(service: str, wider: str = "", **fields: str) -> Words:
    return lambda language: {
        **fields,
        "service": named(service, language),
        "wider": named(wider, language).replace(JOINT, " + "),
    }
