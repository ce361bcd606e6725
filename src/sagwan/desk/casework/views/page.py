"""The page of one request, its targets and its documents. Each view is recorded before it is shown."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from sagwan.desk import setup
from sagwan.desk.casework import queries
from sagwan.desk.casework import screens_request as screens
from sagwan.desk.casework.actions import STREAM
from sagwan.desk.casework.queries import Story
from sagwan.desk.casework.screens import unanswered
from sagwan.desk.casework.timeline import entries
from sagwan.desk.casework.views.approve import decision_facts
from sagwan.desk.casework.views.common import READERS, look, names, now, story_or_404
from sagwan.desk.intake.pdf import Inspection, inspect, is_pdf
from sagwan.desk.intake.settings import home_settings
from sagwan.desk.tick.queries import told as fell_due
from sagwan.desk.vault import documents
from sagwan.desk.vault.keyring import KeyRing
from sagwan.desk.vault.master import KeyMissing
from sagwan.desk.web.gate import allowed
from sagwan.record.events import CalledBack
from sagwan.record.request import Document


@allowed(*READERS)
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about one request that its people work from."""
    look(request, number)
    story, known, desk = story_or_404(number), names(), setup.current()
    state, person = story.progress.state, request.user
    told = entries(story, known)
    came, answered = story.progress.received_at, story.progress.first_answer_at or story.progress.resolved_at
    context = {
        "number": number,
        "story": story,
        "state": state,
        "names": known,
        "received": state.received,
        "waited": unanswered(state.received.marks, answered, came, now()),
        "channel": story.received.channel,
        "text": story.received.matter.text if story.received.matter else "",
        "ledger": state.ledger,
        "paper": screens.paper(desk, story, known),
        "points": screens.checklist(desk, story, known),
        "clocks": screens.clocks(desk, story, known, now()),
        "authority": screens.authority_of(story),
        "calls": [(stored, event) for stored, event in story.events if isinstance(event, CalledBack)],
        "targets": screens.target_rows(state),
        "documents": documents_of(story),
        "thread": queries.thread(story),
        "timeline": list(reversed(told)),
        "steps": {step.slug: step for step in screens.possible(state, person)},
        "warnings": list(screens.warnings(state)),
        "draft": queries.drafted(desk, story),
        "fell_due": fell_due(number, known.clock),
        **decision_facts(story, person),
    }
    return render(request, "casework/request.html", context)


def documents_of(story: Story) -> list[Document]:
    """Every file that came or went with the request, each once, in the order of the events."""
    found: dict[str, Document] = {}
    for _, event in story.events:
        matter = getattr(event, "matter", None)
        for document in matter.documents if matter else ():
            found.setdefault(document.digest, document)
    return list(found.values())


@allowed(*READERS)
def targets(request: HttpRequest, number: str) -> HttpResponse:
    """The targets with a status each, a page of them at a time; only the table for htmx."""
    look(request, number, targets=True)
    story = story_or_404(number)
    state = story.progress.state
    pages = max(1, -(-len(state.asked_targets) // screens.PER_PAGE))
    text = request.GET.get("page", "1")
    page = min(max(int(text), 1), pages) if text.isdecimal() and len(text) < 7 else 1
    first = (page - 1) * screens.PER_PAGE
    context = {
        "number": number,
        "state": state,
        "names": names(),
        "targets": screens.target_rows(state, first, screens.PER_PAGE),
        "first": first,
        "page": page,
        "pages": pages,
        "total": len(state.asked_targets),
    }
    return render(request, "casework/target_table.html" if request.htmx else "casework/targets.html", context)


def _document(number: str, digest: str) -> tuple[Story, Document, bytes]:
    story = story_or_404(number)
    found = next((one for one in documents_of(story) if one.digest == digest), None)
    if found is None:
        raise Http404
    stream = STREAM + number
    keys = KeyRing(setup.current().master)
    keys.load([stream])
    try:
        return story, found, documents.read(keys, stream, digest)
    except KeyMissing:
        raise Http404 from None


@allowed(*READERS)
def document(request: HttpRequest, number: str, digest: str) -> HttpResponse:
    """A document's text, page by page, beside what the form says; the file itself is never run."""
    look(request, number, "DocumentRead", digest=digest)
    story, found, data = _document(number, digest)
    known = names()
    context = {
        "number": number,
        "document": found,
        "names": known,
        "state": story.progress.state,
        "ledger": story.progress.state.ledger,
        "received": story.progress.state.received,
        "paper": screens.paper(setup.current(), story, known),
        "reading": _read(data),
        "plain": _plain(found, data),
    }
    return render(request, "casework/document.html", context)


def _read(data: bytes) -> Inspection | None:
    return inspect(data, home_settings(setup.current().home)) if is_pdf(data) else None


def _plain(document: Document, data: bytes) -> str:
    """The text of a mail or text file, as far as it can be shown."""
    if is_pdf(data) or not document.name.lower().endswith((".eml", ".txt", ".csv")):
        return ""
    return data[:200_000].decode("utf-8", "replace").replace("\0", " ")


@allowed(*READERS)
def download(request: HttpRequest, number: str, digest: str) -> HttpResponse:
    """The file as it came, to be kept, never shown by the browser."""
    look(request, number, "DocumentRead", digest=digest, downloaded=True)
    _, found, data = _document(number, digest)
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = attachment(found.name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def attachment(name: str) -> str:
    """A header that makes a browser keep a file under its name."""
    return content_disposition_header(True, name) or "attachment"
