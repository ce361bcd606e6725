"""What stands for the parts of the desk's addresses in a busy home: tokens, numbers, drafts, files."""

import pyrage
from django.core.files.uploadedfile import SimpleUploadedFile

import tests.support.django_ready  # noqa: F401 - before the models below
from sagwan.desk.casework.queries import story
from tests.browser.journeys.busy import Week
from tests.browser.journeys.walk import Candidates
from tests.desk.intake.ledgers import MAPPING, row, workbook
from tests.desk.portal.test_portal import ANSWERS
from tests.support.desk_site import Site
from tests.support.home import sealer
from tests.support.people import PASSWORD, SECRET, Visitor

WARRANT = {"service": "kakao", "instrument": "search-and-seizure-warrant"}

AFTER = "only after a follow-up: tests/desk/casework_web"
TERM = "only when a term of keeping has ended: tests/desk/tick"
NO_PAGE = {
    "sign-in/code/": "only after a password: test_desk_sign_in",
    "sign-in/passkey/": "answers the script: test_desk_sign_in",
    "sign-out/": "only by a form: test_desk_sign_in",
    "enrol/": "only before there is a second factor: test_desk_pages",
    "me/app/add/": "only before there is an app: test_desk_pages",
    "me/password/set/": "only before there is a password: test_desk_sign_in",
    "portal/key/trial/": "only while a key is tried: test_journey_warrant",
    "portal/key/trial/file/": "a file, while a key is tried",
    "portal/requests/<slug:number>/ask/names/": "only after a production with blinded people",
    "portal/requests/<slug:number>/names/<int:stage>/": AFTER,
    "request/<slug:number>/production/pseudonyms/": "only after a production with blinded people",
    "request/<slug:number>/paper/check/": "only after better paper was read: tests/desk/casework_web",
    "destruction/<slug:number>/<slug:record_class>/": TERM,
    "destruction/<slug:number>/<slug:record_class>/approve/": TERM,
    "destruction/<slug:number>/<slug:record_class>/postpone/": TERM,
    "destruction/<slug:number>/<slug:record_class>/certificate/": TERM,
    "me/recovery-codes/": "only with an app that was set up by its page: test_desk_sign_in",
    "request/<slug:number>/production/names/<int:stage>/": AFTER,
    "request/<slug:number>/production/names/<int:stage>/end/": AFTER,
    "request/<slug:number>/production/names/<int:stage>/carry/": AFTER,
}
"""Address → why the walk finds no page there."""


def candidates(site: Site, week: Week) -> Candidates:
    """What is there to be looked at; makes drafts, a view and files of rows for it."""
    from allauth.mfa.models import Authenticator  # noqa: PLC0415
    from allauth.usersessions.models import UserSession  # noqa: PLC0415

    from sagwan.desk.people.models import AccountRequest  # noqa: PLC0415

    _more(site, week)
    key = Authenticator.objects.filter(user__name="moon", type=Authenticator.Type.WEBAUTHN)
    sessions = UserSession.objects.values_list("pk", flat=True)[:1]
    return {
        "<slug:number>": tuple(week.numbers.values()),
        "<slug:slug>": ("daegu", "seoul-gasang"),
        "<slug:name>": ("kim", "park-official", "moon"),
        "people/asked/<slug:name>/ <slug:name>": (AccountRequest.objects.get().name,),
        "<slug:digest>": _documents(site, week),
        "<slug:kind>": ("acknowledgement", "refusal", "partial", "clarification"),
        "<slug:token>": (*_drafts(), _file_of_rows(), _token(site, week)),
        "<str:token>": (_last(site.invitation("baek")),),
        "<int:pk>": tuple(map(str, (*key.values_list("pk", flat=True), _view(), *sessions))),
        "<int:line>": ("0",),
        "<int:stage>": ("1",),
        "<slug:instrument>": (WARRANT["instrument"],),
        "<slug:form>": ("csv",),
    }


def _more(site: Site, week: Week) -> None:
    """An app beside counsel's passkey, lines in the log, a key of the official's, a half-made decision."""
    from allauth.mfa.totp.internal.auth import TOTP  # noqa: PLC0415

    from sagwan.desk.people.keys import register_key  # noqa: PLC0415
    from sagwan.desk.people.models import Person  # noqa: PLC0415

    moon = Person.objects.get(name="moon")
    TOTP.activate(moon, SECRET)
    moon.set_password(PASSWORD)
    moon.save(update_fields=["password"])
    sealer(site.desk).run(week.now)
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    register_key(site.desk, name="park-official", recipient=recipient, at=week.now)
    number = week.numbers["in-review"]
    answer = {"do": "many", "revision": "0", "which": "all", "data": "content", "answer": "disclose"}
    Visitor("moon").post(f"/request/{number}/decide/", answer)


def _token(site: Site, week: Week) -> str:
    """A token that the administrator allowed counsel."""
    from sagwan.desk.api.actions import allow_token  # noqa: PLC0415
    from sagwan.desk.api.scopes import Scope  # noqa: PLC0415

    terms = {"title": "case system", "scopes": [Scope.PROPOSE], "days": 30}
    return allow_token(site.desk, person="moon", **terms, actor="hong", at=week.now)  # type: ignore[arg-type]


def _documents(site: Site, week: Week) -> tuple[str, ...]:
    received = story(site.desk, week.numbers["in-review"]).received
    assert received.matter is not None
    return tuple(document.digest for document in received.matter.documents)


def _drafts() -> tuple[str, str]:
    """A filled draft of the official's, and one of intake's."""
    official, intake = Visitor("park-official"), Visitor("yoon")
    own = _begun(official, "/portal/new/", WARRANT)
    official.post(own, ANSWERS)
    taken = _begun(intake, "/intake/", WARRANT | {"channel": "post"})
    intake.post(taken, ANSWERS | {"authority": "seoul-gasang", "officials": "가상 홍길동"})
    return _last(own), _last(taken)


def _begun(visitor: Visitor, where: str, values: dict[str, str]) -> str:
    answer = visitor.post(where, values)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def _view() -> int:
    """A saved view of counsel's."""
    from sagwan.desk.casework.models import SavedView  # noqa: PLC0415

    Visitor("moon").post("/queue/views/save/?stage=received", {"name": "New ones"})
    return SavedView.objects.get().pk


def _file_of_rows() -> str:
    """A file that waits for an approver; one of its rows is wrong."""
    moon = Visitor("moon")
    rows = [row(number) for number in range(1, 11)]
    rows[2][5] = "없는 절차"
    files = {
        "file": SimpleUploadedFile("대장.xlsx", workbook(rows).getvalue()),
        "mapping": SimpleUploadedFile("mapping.toml", MAPPING.encode()),
    }
    where = _begun(moon, "/ledgers/", files)  # type: ignore[arg-type]
    moon.post(where, {"hand-over": "1", "good": "9", "bad": "1"})
    return _last(where)


def _last(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]
