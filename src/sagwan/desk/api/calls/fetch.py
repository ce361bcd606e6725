"""Officials: receipts with their proofs, and fetching what was handed over."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from ninja import Path, Router
from pydantic import Field, StrictBool

from sagwan.desk import setup
from sagwan.desk.api.calls.common import call, now, person_of
from sagwan.desk.api.calls.mine import check_own, looked_at
from sagwan.desk.api.once import once
from sagwan.desk.api.scopes import Scope
from sagwan.desk.api.second_factor import code_shown
from sagwan.desk.api.shapes import Body, Code, Number
from sagwan.desk.casework.proofs import proof
from sagwan.desk.portal.receipts import receipt
from sagwan.desk.vault.productions.fetching import SecondFactor, open_for_fetch
from sagwan.formats.receipt import encode_receipt
from sagwan.seal.log_folder import LogFolder

router = Router(tags=["officials"])

LineNumber = Annotated[int, Field(ge=0, le=10**6, description="A sealed line; 0 is `received`.")]
Stage = Annotated[int, Field(ge=1, le=10**6, description="As the request's `answers` name it.")]


class Fetch(Body):
    """A code of one's authenticator app; `follow_up` where the names of a follow-up are meant."""

    code: Code
    follow_up: StrictBool = False


@call(router, "GET", "/requests/{number}/receipts/{line}", Scope.READ, media="application/json")
def read_receipt(request: HttpRequest, number: Path[Number], line: Path[LineNumber]) -> HttpResponse:
    """The receipt of a sealed line, with its proof once it is sealed. `sagwan verify --receipt` checks it."""
    looked_at(person_of(request), number, "ReceiptMade")
    answer = HttpResponse(encode_receipt(receipt(setup.current(), number, line)))
    answer["Content-Type"] = "application/json"
    answer["Content-Disposition"] = content_disposition_header(True, f"{number}-{line}.receipt") or ""
    return answer


@call(
    router, "GET", "/requests/{number}/receipts/{line}/proof", Scope.READ, media="text/plain; charset=utf-8"
)
def read_proof(request: HttpRequest, number: Path[Number], line: Path[LineNumber]) -> HttpResponse:
    """That a sealed line is in the log: a C2SP tlog-proof, once the line was sealed; 409 before."""
    desk, story = setup.current(), looked_at(person_of(request), number, "ReceiptMade")
    made = receipt(desk, number, line)
    found = proof(LogFolder(desk.home.log_path), made.line, story.indexes.get(line))
    return HttpResponse(bytes(found), content_type="text/plain; charset=utf-8")


@call(router, "POST", "/requests/{number}/answers/{stage}", Scope.FETCH, media="application/octet-stream")
def fetch_answer(
    request: HttpRequest, number: Path[Number], stage: Path[Stage], body: Fetch
) -> HttpResponseBase:
    """Fetch what was handed over, as it was encrypted to the official. Each fetch is recorded.

    It takes a one-time code: a token alone fetches nothing. The answer is not kept under the key.
    """
    person, at = person_of(request), now()

    def prepare() -> SecondFactor:
        check_own(person, number)
        return code_shown(person, body.code, at)

    def work(proof: SecondFactor) -> StreamingHttpResponse:
        parcel = open_for_fetch(
            setup.current(), number, stage, actor=person.name, proof=proof, at=at, follow_up=body.follow_up
        )
        answer = StreamingHttpResponse(parcel.chunks, content_type="application/octet-stream")
        answer["Content-Length"] = str(parcel.size)
        answer["Content-Disposition"] = content_disposition_header(True, parcel.name) or ""
        return answer

    return once(request, work, prepare=prepare)
