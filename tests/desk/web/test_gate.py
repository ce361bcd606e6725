"""Who may come where: one table of every address, every method and every kind of visitor."""

from collections.abc import Callable, Iterator

import pytest
from django.core.checks import run_checks
from django.http import HttpRequest, HttpResponse
from django.urls import clear_url_caches, path

import tests.support.django_ready  # noqa: F401
from sagwan.desk.people.models import AccountRequest
from sagwan.desk.web import gate, urls
from sagwan.desk.web.gate import Door, allowed
from tests.support.people import Visitor, handler

# One letter a kind of visitor: nobody, someone who has not set up their sign-in, intake, counsel, approver,
# auditor (e: eyes), administrator (h: head), official.
NOBODY, NOT_ENROLLED = "n", "x"
PEOPLE = {"i": "yoon", "c": "seo", "a": "lee", "e": "choi", "h": "hong", "o": "park-official"}
ALL = "nxicaeho"
INSIDE = "icaeho"

# Address → who may read it, who may post to it.
TABLE = {
    "healthz": (ALL, ""),
    "": (INSIDE, ""),
    "language/": ("", ALL),
    "sign-in/": (ALL, ALL),
    "sign-in/passkey/": (ALL, ALL),
    "sign-in/code/": (ALL, ALL),
    "sign-out/": (ALL, ALL),
    "join/<str:token>/": (ALL, ALL),
    "ask/": (ALL, ALL),
    "enrol/": ("x" + INSIDE, ""),
    "me/passkeys/add/": ("x" + INSIDE, "x" + INSIDE),
    "me/app/add/": ("x" + INSIDE, "x" + INSIDE),
    "me/password/set/": ("x" + INSIDE, "x" + INSIDE),
    "me/": (INSIDE, ""),
    "me/details/": (INSIDE, INSIDE),
    "me/everywhere/": (INSIDE, INSIDE),
    "me/sessions/<int:pk>/end/": ("", INSIDE),
    "me/passkeys/<int:pk>/rename/": (INSIDE, INSIDE),
    "me/passkeys/<int:pk>/remove/": (INSIDE, INSIDE),
    "me/app/remove/": (INSIDE, INSIDE),
    "me/password/": (INSIDE, INSIDE),
    "me/recovery-codes/": (INSIDE, INSIDE),
    "me/recovery-codes/new/": (INSIDE, INSIDE),
    "again/passkey/": (INSIDE, INSIDE),
    "again/code/": (INSIDE, INSIDE),
    "portal/": ("o", ""),
    "portal/new/": ("o", "o"),
    "portal/drafts/<slug:token>/": ("o", "o"),
    "portal/drafts/<slug:token>/check/": ("o", "o"),
    "portal/drafts/<slug:token>/discard/": ("", "o"),
    "portal/requests/<slug:number>/": ("o", ""),
    "portal/requests/<slug:number>/receipts/<int:line>/": ("o", ""),
    "portal/requests/<slug:number>/receipts/<int:line>/file/": ("o", ""),
    "portal/requests/<slug:number>/receipts/<int:line>/proof/": ("o", ""),
    "portal/requests/<slug:number>/documents/<slug:digest>/": ("o", ""),
    "portal/requests/<slug:number>/ask/names/": ("o", "o"),
    "portal/requests/<slug:number>/ask/longer/": ("o", "o"),
    "portal/key/": ("o", ""),
    "portal/key/new/": ("o", "o"),
    "portal/key/trial/": ("o", "o"),
    "portal/key/trial/file/": ("o", ""),
    "portal/key/remove/": ("o", "o"),
    "portal/requests/<slug:number>/answers/<int:stage>/": ("o", "o"),
    "portal/requests/<slug:number>/names/<int:stage>/": ("o", "o"),
    "portal/requests/<slug:number>/write/": ("o", "o"),
    "portal/requests/<slug:number>/paper/": ("o", "o"),
    "portal/requests/<slug:number>/withdraw/": ("o", "o"),
    "queue/": ("icae", ""),
    "figures/": ("icae", ""),
    "audit/": ("e", ""),
    "audit/export/": ("e", ""),
    "audit/request/<slug:number>/": ("e", ""),
    "queue/views/": ("icae", ""),
    "queue/views/save/": ("icae", "icae"),
    "queue/views/opening/": ("", "icae"),
    "queue/views/<int:pk>/rename/": ("icae", "icae"),
    "queue/views/<int:pk>/delete/": ("icae", "icae"),
    "queue/find/": ("", "icae"),
    "queue/assign/": ("", "ica"),
    "intake/": ("ic", "ic"),
    "intake/<slug:token>/": ("ic", "ic"),
    "intake/<slug:token>/check/": ("ic", "ic"),
    "intake/<slug:token>/discard/": ("", "ic"),
    "ledgers/": ("ica", "ic"),
    "ledgers/template/<slug:instrument>/<slug:form>/": ("ica", ""),
    "ledgers/<slug:token>/": ("ica", "ic"),
    "ledgers/<slug:token>/approve/": ("a", "a"),
    "ledgers/<slug:token>/report/": ("ica", ""),
    "ledgers/<slug:token>/bad-rows/": ("ica", ""),
    "request/<slug:number>/": ("icae", ""),
    "request/<slug:number>/receipt/<int:line>/": ("icae", ""),
    "request/<slug:number>/receipt/<int:line>/file/": ("icae", ""),
    "request/<slug:number>/paper/": ("ic", "ic"),
    "request/<slug:number>/paper/check/": ("ic", "ic"),
    "request/<slug:number>/targets/": ("icae", ""),
    "request/<slug:number>/decide/": ("c", "c"),
    "request/<slug:number>/decide/targets/": ("c", "c"),
    "request/<slug:number>/decide/policy/": ("", "c"),
    "request/<slug:number>/decide/discard/": ("", "c"),
    "request/<slug:number>/decide/propose/": ("c", "c"),
    "request/<slug:number>/decide/whole/": ("c", "c"),
    "request/<slug:number>/decide/ask/": ("c", "c"),
    "request/<slug:number>/decision/": ("icae", ""),
    "request/<slug:number>/approve/": ("a", "a"),
    "request/<slug:number>/letters/": ("icae", ""),
    "request/<slug:number>/letters/<slug:kind>/": ("icae", "ica"),
    "request/<slug:number>/letters/<slug:kind>/pdf/": ("icae", ""),
    "request/<slug:number>/letters/<slug:kind>/<int:place>/": ("icae", ""),
    "request/<slug:number>/document/<slug:digest>/": ("icae", ""),
    "request/<slug:number>/document/<slug:digest>/file/": ("icae", ""),
    "request/<slug:number>/take/": ("ica", "ica"),
    "request/<slug:number>/assign/": ("ica", "ica"),
    "request/<slug:number>/hand-back/": ("ica", "ica"),
    "request/<slug:number>/review/": ("c", "c"),
    "request/<slug:number>/ask/": ("c", "c"),
    "request/<slug:number>/answered/": ("ic", "ic"),
    "request/<slug:number>/note/": ("ica", "ica"),
    "request/<slug:number>/message/": ("ica", "ica"),
    "request/<slug:number>/message-in/": ("ic", "ic"),
    "request/<slug:number>/read/": ("ica", "ica"),
    "request/<slug:number>/call-back/": ("ica", "ica"),
    "request/<slug:number>/identification/": ("ic", "ic"),
    "request/<slug:number>/finding/": ("ca", "ca"),
    "request/<slug:number>/suspect/": ("ica", "ica"),
    "request/<slug:number>/clear/": ("ca", "ca"),
    "request/<slug:number>/duty/": ("ica", "ica"),
    "request/<slug:number>/withdraw/": ("ic", "ic"),
    "request/<slug:number>/send-back/": ("ca", "ca"),
    "request/<slug:number>/resolve/": ("ca", "ca"),
    "request/<slug:number>/hold/": ("ca", "ca"),
    "request/<slug:number>/extend/": ("ca", "ca"),
    "request/<slug:number>/release/": ("ca", "ca"),
    "request/<slug:number>/defer/": ("c", "c"),
    "request/<slug:number>/notice/": ("ic", "ic"),
    "request/<slug:number>/order/": ("c", "c"),
    "request/<slug:number>/order-end/": ("c", "c"),
    "request/<slug:number>/production/": ("icae", ""),
    "request/<slug:number>/production/put/": ("ca", "ca"),
    "request/<slug:number>/production/bring/": ("", "ca"),
    "request/<slug:number>/production/files/<int:pk>/": ("ca", ""),
    "request/<slug:number>/production/files/<int:pk>/file/": ("ca", ""),
    "request/<slug:number>/production/files/<int:pk>/take-out/": ("ca", "ca"),
    "request/<slug:number>/production/release/": ("a", "a"),
    "request/<slug:number>/production/pseudonyms/": ("ca", "ca"),
    "request/<slug:number>/production/data/<int:stage>/end/": ("ca", "ca"),
    "request/<slug:number>/production/data/<int:stage>/carry/": ("ica", "ica"),
    "request/<slug:number>/production/names/<int:stage>/": ("a", "a"),
    "request/<slug:number>/production/names/<int:stage>/end/": ("ca", "ca"),
    "request/<slug:number>/production/names/<int:stage>/carry/": ("ica", "ica"),
    "destructions/": ("caeh", ""),
    "destruction/<slug:number>/<slug:record_class>/": ("caeh", ""),
    "destruction/<slug:number>/<slug:record_class>/ask/": ("", "ch"),
    "destruction/<slug:number>/<slug:record_class>/approve/": ("a", "a"),
    "destruction/<slug:number>/<slug:record_class>/postpone/": ("ca", "ca"),
    "destruction/<slug:number>/<slug:record_class>/certificate/": ("caeh", ""),
    "api/openapi.json": (ALL, ""),
    "api/docs": (ALL, ""),
    "me/tokens/": (INSIDE, ""),
    "me/tokens/new/": ("o", "o"),
    "me/tokens/<slug:token>/take/": (INSIDE, INSIDE),
    "me/tokens/<slug:token>/revoke/": (INSIDE, INSIDE),
    "person/<slug:name>/tokens/": ("h", ""),
    "person/<slug:name>/tokens/new/": ("h", "h"),
    "person/<slug:name>/tokens/<slug:token>/revoke/": ("h", "h"),
    "people/": ("h", ""),
    "people/add/": ("h", "h"),
    "people/asked/<slug:name>/": ("h", "h"),
    "person/<slug:name>/": ("h", ""),
    "person/<slug:name>/agree/": ("ah", "ah"),
    "person/<slug:name>/invite/": ("h", "h"),
    "person/<slug:name>/suspend/": ("h", "h"),
    "authorities/": ("icah", ""),
    "authorities/add/": ("h", "h"),
    "authority/<slug:slug>/": ("icah", ""),
    "authority/<slug:slug>/vet/": ("h", "h"),
    "authority/<slug:slug>/approve/": ("ah", "ah"),
    "authority/<slug:slug>/suspend/": ("cah", "cah"),
    "authority/<slug:slug>/officials/invite/": ("h", "h"),
    "authority/<slug:slug>/officials/<slug:name>/call/": ("ich", "ich"),
}


def test_the_table_lists_every_address_and_no_other() -> None:
    # The API's calls are open to tokens alone: tests/desk/api/test_matrix.py has their table.
    pages = [where for where, _ in gate.views() if not where.startswith("api/v1/")]
    assert sorted(pages) == sorted(TABLE)


def test_a_view_that_declares_nobody_is_found_at_start_up_and_open_to_nobody(
    monkeypatch: pytest.MonkeyPatch, visitor: Callable[..., Visitor]
) -> None:
    assert gate.check_addresses() == []

    def careless(request: HttpRequest) -> HttpResponse:
        return HttpResponse("for anyone")

    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, path("careless/", careless)])
    _forget_addresses()
    try:
        assert [message.id for message in run_checks(tags=["sagwan"])] == ["sagwan.E001"]
        assert visitor().get("/careless/").status_code == 403
    finally:
        monkeypatch.undo()
        _forget_addresses()


def _forget_addresses() -> None:
    clear_url_caches()


@pytest.fixture
def visitors(visitor: Callable[..., Visitor]) -> dict[str, Callable[[], Visitor]]:
    """Letter → makes that visitor, each time anew: one that signed out is somebody else afterwards."""
    made: dict[str, Callable[[], Visitor]] = {
        NOBODY: lambda: visitor(),
        NOT_ENROLLED: lambda: visitor("kim", enrolled=False),
    }
    return made | {letter: (lambda name=name: visitor(name)) for letter, name in PEOPLE.items()}


PARTS = {
    "<int:pk>": "999",
    "<str:token>": "none",
    "<slug:token>": "none",
    "<slug:number>": "0" * 16,
    "<slug:record_class>": "ledger",
    "<int:line>": "0",
    "<int:stage>": "1",
    "<slug:digest>": "0" * 64,
    "<slug:kind>": "refusal",
    "<int:place>": "1",
    "<slug:instrument>": "none",
    "<slug:form>": "csv",
}
"""What stands for the parts of an address of which there is nothing."""


def _address(where: str) -> str:
    asked = AccountRequest.objects.get().name
    name = asked if where.startswith("people/asked") else "park-official"
    filled = where.replace("<slug:slug>", "daegu").replace("<slug:name>", name)
    if "officials/" in where:
        filled = filled.replace("daegu", "seoul-gasang")
    for part, value in PARTS.items():
        filled = filled.replace(part, value)
    return f"/{filled}"


def _turned_away(letter: str, answer: HttpResponse, known: bool) -> bool:
    """Whether the answer is the one that befits a visitor whom the gate refuses."""
    if not known:
        return answer.status_code == 405
    if letter == NOBODY:
        return answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
    if letter == NOT_ENROLLED:
        return answer.status_code == 302 and answer["Location"] == "/enrol/"
    return answer.status_code == 403


@pytest.fixture
def let_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """For each request, whether the gate let it through to its view."""
    seen: list[bool] = []
    ask = gate.Gate.process_view

    def watched(self: gate.Gate, *rest: object) -> HttpResponse | None:
        seen.append(False)
        answer = ask(self, *rest)
        seen[-1] = answer is None
        return answer

    monkeypatch.setattr(gate.Gate, "process_view", watched)
    handler.cache_clear()  # the gate is loaded once, with the method that it has then
    yield seen
    handler.cache_clear()


@pytest.mark.parametrize("make_desk", ["sqlite"], indirect=True)  # who may come is no matter of the database
@pytest.mark.slow
def test_each_visitor_is_let_in_or_refused_as_the_table_says(
    visitors: dict[str, Callable[[], Visitor]], let_in: list[bool]
) -> None:
    wrong = []
    for where, (reads, sends) in TABLE.items():
        for method, may in (("GET", reads), ("POST", sends)):
            for letter, make in visitors.items():
                answer = make().generic(method, _address(where))
                refused = not let_in[-1] and _turned_away(letter, answer, known=bool(may))
                entered = let_in[-1] and answer.status_code < 500
                if not (entered if letter in may else refused):
                    wrong.append((method, where, letter, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_no_other_method_is_known(method: str, visitor: Callable[..., Visitor]) -> None:
    hong = visitor("hong")
    for where in TABLE:
        assert hong.generic(method, _address(where)).status_code == 405, where


def test_a_rule_says_which_methods_there_are() -> None:
    @allowed(post=(Door.PUBLIC,))
    def send(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    rule = gate.rule_of(send)
    assert rule is not None and rule.methods == ["POST"]
    assert rule.who("GET") == frozenset()


FRESH = ("/me/app/remove/", "/person/kim/invite/", "/person/kim/suspend/", "/authority/daegu/suspend/")


@pytest.mark.parametrize("address", FRESH)
def test_critical_steps_ask_for_the_second_factor_once_more(
    address: str, visitor: Callable[..., Visitor]
) -> None:
    hong = visitor("hong")
    assert hong.get(address).status_code == 200
    hong.forget_freshness()
    for method in ("GET", "POST"):
        answer = hong.generic(method, address)
        assert answer.status_code == 302
        assert answer["Location"] == f"/again/code/?next={address.replace('/', '%2F')}"


def test_someone_suspended_is_out_at_once(visitor: Callable[..., Visitor]) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    from sagwan.desk.people.actions import suspend_person  # noqa: PLC0415
    from sagwan.desk.setup import current  # noqa: PLC0415

    seo = visitor("seo")
    assert seo.get("/").status_code == 200
    suspend_person(current(), name="seo", reason="lost laptop", actor="hong", at=datetime.now(UTC))
    assert seo.get("/")["Location"].startswith("/sign-in/")
