"""100,000 targets are decided like three: as many statements, pages of the same size, nothing huge sent."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sagwan.desk.casework.models import Case
from sagwan.desk.setup import current
from sagwan.record.events import Decision
from sagwan.record.vocabulary import DataCategory, Mark, Outcome
from tests.desk.casework.make import receive, told
from tests.support.home import filing
from tests.support.people import Visitor

BOTH = (DataCategory.ACCESS, DataCategory.CONTENT)
MANY = 100_000


class Seen:
    """What a visitor's requests took: statements, and the largest page."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.statements, self.largest = visitor, [], 0

    def ask(self, address: str, values: dict | None = None) -> None:
        with CaptureQueriesContext(connection) as done:
            answer = self.visitor.get(address) if values is None else self.visitor.post(address, values)
        assert answer.status_code == (200 if values is None else 302), answer.content.decode()[:3000]
        self.statements.append(len(done))
        self.largest = max(self.largest, len(answer.content))


def decide(visitor: Callable[..., Visitor], accounts: int) -> tuple[list[int], int, str]:
    """The whole way, from the blank sheet to the approval; a third of the targets is granted by paste."""
    number = receive(current(), filing(f"2016-{accounts}", accounts=accounts, data=BOTH))
    page, seo = f"/request/{number}/", Seen(visitor("seo"))
    listed = "\n".join(f"2016-{accounts}-{n}" for n in range(0, accounts, 3))
    many = {"do": "many", "data": ["access", "content"], "why": ""}
    seo.ask(f"{page}decide/", many | {"which": "list", "listed": listed, "answer": "disclose", "revision": 0})
    rest = {"which": "open", "answer": "refuse:scope-narrowed", "revision": 1}
    seo.ask(f"{page}decide/", many | rest)
    some = {
        "do": "some",
        "place": ["1"],
        "data": ["content"],
        "answer": "no-data:retention-expired",
        "why": "",
    }
    seo.ask(f"{page}decide/targets/?show=rest", some | {"revision": 2})
    for part in ("decide/", "decide/targets/?show=rest&page=2", "decide/propose/"):
        seo.ask(page + part)
    sent = {"seq": 1, "revision": 3, "reason": "scope-narrowed", "note": ""}
    seo.ask(f"{page}decide/propose/", sent)
    lee = Seen(visitor("lee"))
    for part in ("", "decision/?show=out", "approve/"):
        lee.ask(page + part)
    lee.ask(f"{page}approve/", {"seq": Case.objects.get(number=number).seq, "do": "approve", "note": ""})
    return seo.statements + lee.statements, max(seo.largest, lee.largest), number


@pytest.mark.slow
@pytest.mark.parametrize("make_desk", ["sqlite"], indirect=True)  # statements are counted, not answered
def test_100_000_targets_take_no_more_statements_and_no_larger_pages(visitor: Callable[..., Visitor]) -> None:
    decide(visitor, 3)  # whatever is done once
    few, page, _ = decide(visitor, 300)
    many, large, number = decide(visitor, MANY)
    assert many == few
    assert large < 1.5 * page
    state = told(current(), number).progress.state
    granted = len(range(0, MANY, 3))
    assert state.decision == Decision(Outcome.PARTIAL, "scope-narrowed", BOTH, granted, (Mark.NARROWED,))
    assert sum(len(each.data) * len(each.targets) for each in state.dispositions) == 2 * MANY
