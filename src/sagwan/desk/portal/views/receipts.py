"""Receipts of the official's requests: to read, as a file, and the log's own proof."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from sagwan.desk import setup
from sagwan.desk.casework.proofs import NoProof
from sagwan.desk.casework.proofs import proof as proof_of
from sagwan.desk.casework.queries import Story
from sagwan.desk.casework.receipts import NoReceipt
from sagwan.desk.portal import receipts
from sagwan.desk.portal.views.common import OFFICIAL, looked_at
from sagwan.desk.portal.words import KINDS
from sagwan.desk.vault.master import KeyMissing
from sagwan.desk.web.i18n import translate
from sagwan.formats.opening import commitment
from sagwan.formats.receipt import Receipt, encode_receipt, parse_promise
from sagwan.seal.log_folder import LogFolder
from sagwan.tlog import parse_note


@OFFICIAL
def page(request: HttpRequest, number: str, line: int) -> HttpResponse:
    """What the receipt says, in words."""
    story, made = _made(request, number, line)
    index = story.indexes.get(line)
    context = {
        "number": number,
        "line": line,
        "title": translate(KINDS[story.progress.state.lines[line].kind]),
        "items": [(one.item.name, one.item.value) for one in made.items],
        "promise": parse_promise(parse_note(made.promise.encode()).text),
        "commitment": commitment(made.line).hex(),
        "opening": made.line.decode("ascii"),
        "index": index,
        "proven": bool(made.proof),
    }
    return render(request, "portal/receipt.html", context)


@OFFICIAL
def file(request: HttpRequest, number: str, line: int) -> HttpResponse:
    """The receipt as a file, with its proof once the line is in the log."""
    _, made = _made(request, number, line)
    name = f"{number}.receipt" if line == 0 else f"{number}-{line}.receipt"
    return _attached(encode_receipt(made), name, "application/json")


@OFFICIAL
def proof(request: HttpRequest, number: str, line: int) -> HttpResponse:
    """That the line is in the log, under a cosigned checkpoint: a C2SP tlog-proof, which needs no network."""
    story, made = _made(request, number, line)
    try:
        log = LogFolder(setup.current().home.log_path)
        found = proof_of(log, made.line, story.indexes.get(line))
    except NoProof:
        raise Http404 from None
    return _attached(bytes(found), f"{number}-{line}.tlog-proof", "text/plain; charset=utf-8")


def _made(request: HttpRequest, number: str, line: int) -> tuple[Story, Receipt]:
    story = looked_at(request, number, "ReceiptMade")
    try:
        return story, receipts.receipt(setup.current(), number, line)
    except (NoReceipt, KeyMissing):
        raise Http404 from None


def _attached(data: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    answer["Cache-Control"] = "no-store"
    return answer
