"""The receipt of a sealed line: to read, to print, to send as a file. Each look at one is recorded."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sagwan.desk import setup
from sagwan.desk.casework.proofs import with_proof
from sagwan.desk.casework.receipts import NoReceipt, receipt_of, receipts_key
from sagwan.desk.casework.views.common import READERS, look, names, story_or_404
from sagwan.desk.casework.views.page import attachment
from sagwan.desk.vault.master import KeyMissing
from sagwan.desk.web.gate import allowed
from sagwan.desk.web.refusals import said
from sagwan.formats.opening import commitment
from sagwan.formats.receipt import Receipt, encode_receipt, parse_promise
from sagwan.pages.i18n import N_
from sagwan.record.vocabulary import LineKind

TITLES = {
    LineKind.RECEIVED: N_("Receipt of the request"),
    LineKind.RESOLVED: N_("Receipt of the answer"),
    LineKind.FOLLOW_UP: N_("Receipt of a follow-up"),
    LineKind.CORRECTED: N_("Receipt of a correction"),
}


@allowed(*READERS)
def page(request: HttpRequest, number: str, line: int) -> HttpResponse:
    """What the receipt says, in words."""
    look(request, number, "ReceiptMade", line=line)
    story = story_or_404(number, private=False)
    lines = story.progress.state.lines
    if line >= len(lines):
        raise Http404
    try:
        made = _receipt(number, line)
    except KeyMissing as error:
        messages.error(request, said(error))
        return redirect("request", number)
    promise = parse_promise(made.promise.partition("\n\n")[0] + "\n")
    context = {
        "number": number,
        "line": line,
        "title": TITLES[lines[line].kind],
        "items": [(one.item.name, one.item.value) for one in made.items],
        "promise": promise,
        "commitment": commitment(made.line).hex(),
        "opening": made.line.decode("ascii"),
        "index": story.indexes.get(line),
        "received_at": story.progress.received_at,
        "state": story.progress.state,
        "names": names(),
    }
    return render(request, "casework/receipt.html", context)


@allowed(*READERS)
def download(request: HttpRequest, number: str, line: int) -> HttpResponse:
    """The receipt's file, with its proof once the line is in the log."""
    look(request, number, "ReceiptMade", line=line)
    try:
        made = _receipt(number, line)
    except KeyMissing as error:
        messages.error(request, said(error))
        return redirect("request", number)
    name = f"{number}.receipt" if line == 0 else f"{number}-{line}.receipt"
    answer = HttpResponse(encode_receipt(made), content_type="application/json")
    answer.headers["Content-Disposition"] = attachment(name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _receipt(number: str, line: int) -> Receipt:
    desk = setup.current()
    try:
        return with_proof(desk, receipt_of(desk, receipts_key(desk), number, line), number, line)
    except NoReceipt:
        raise Http404 from None
