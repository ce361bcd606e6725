"""The addresses of requests."""

from django.urls import include, path

from sagwan.desk.casework.small_steps import STEPS
from sagwan.desk.casework.views import answer as answering
from sagwan.desk.casework.views import approve as approving
from sagwan.desk.casework.views import (
    audit,
    dashboard,
    destroy,
    intake,
    ledger,
    page,
    paper,
    queue,
    receipt,
    saved,
)
from sagwan.desk.casework.views import decide as deciding
from sagwan.desk.casework.views import decide_propose as proposing
from sagwan.desk.casework.views.steps import view_of

_DESTRUCTION = "destruction/<slug:number>/<slug:record_class>/"

urlpatterns = [
    path("destructions/", destroy.listed, name="destructions"),
    path(_DESTRUCTION, destroy.proposal, name="destruction"),
    path(f"{_DESTRUCTION}ask/", destroy.ask, name="destruction-ask"),
    path(f"{_DESTRUCTION}approve/", destroy.approve, name="destruction-approve"),
    path(f"{_DESTRUCTION}postpone/", destroy.postpone, name="destruction-postpone"),
    path(f"{_DESTRUCTION}certificate/", destroy.certificate, name="destruction-certificate"),
    path("audit/", audit.audit, name="audit"),
    path("audit/export/", audit.export, name="audit-export"),
    path("audit/request/<slug:number>/", audit.request_chain, name="audit-request"),
    path("figures/", dashboard.figures, name="figures"),
    path("queue/", queue.queue, name="queue"),
    path("queue/views/", saved.listed, name="views"),
    path("queue/views/save/", saved.save, name="view-save"),
    path("queue/views/opening/", saved.opening, name="view-opening"),
    path("queue/views/<int:pk>/rename/", saved.rename, name="view-rename"),
    path("queue/views/<int:pk>/delete/", saved.delete, name="view-delete"),
    path("queue/find/", queue.find, name="find"),
    path("queue/assign/", queue.assign, name="assign-many"),
    path("intake/", intake.start, name="intake"),
    path("intake/<slug:token>/", intake.draft, name="intake-draft"),
    path("intake/<slug:token>/check/", intake.check, name="intake-check"),
    path("intake/<slug:token>/discard/", intake.discard, name="intake-discard"),
    path("ledgers/", ledger.listed, name="ledgers"),
    path("ledgers/template/<slug:instrument>/<slug:form>/", ledger.template, name="ledger-template"),
    path("ledgers/<slug:token>/", ledger.report, name="ledger"),
    path("ledgers/<slug:token>/approve/", ledger.approve, name="ledger-approve"),
    path("ledgers/<slug:token>/report/", ledger.report_file, name="ledger-report"),
    path("ledgers/<slug:token>/bad-rows/", ledger.bad_rows, name="ledger-bad-rows"),
    path("request/<slug:number>/", page.page, name="request"),
    path("request/<slug:number>/paper/", paper.edit, name="paper"),
    path("request/<slug:number>/paper/check/", paper.check, name="paper-check"),
    path("request/<slug:number>/receipt/<int:line>/", receipt.page, name="receipt"),
    path("request/<slug:number>/receipt/<int:line>/file/", receipt.download, name="receipt-file"),
    path("request/<slug:number>/targets/", page.targets, name="targets"),
    path("request/<slug:number>/decide/", deciding.decide, name="decide"),
    path("request/<slug:number>/decide/targets/", deciding.targets, name="decide-targets"),
    path("request/<slug:number>/decide/policy/", deciding.policy, name="decide-policy"),
    path("request/<slug:number>/decide/discard/", deciding.discard, name="decide-discard"),
    path("request/<slug:number>/decide/propose/", proposing.propose, name="decide-propose"),
    path("request/<slug:number>/decide/whole/", proposing.whole, name="decide-whole"),
    path("request/<slug:number>/decide/ask/", proposing.question, name="decide-ask"),
    path("request/<slug:number>/decision/", approving.decision, name="decision"),
    path("request/<slug:number>/approve/", approving.approve, name="approve"),
    path("request/<slug:number>/letters/", answering.letters, name="letters"),
    path("request/<slug:number>/letters/<slug:kind>/", answering.letter, name="letter"),
    path("request/<slug:number>/letters/<slug:kind>/pdf/", answering.pdf, name="letter-pdf"),
    path("request/<slug:number>/letters/<slug:kind>/<int:place>/", answering.page, name="letter-page"),
    path("request/<slug:number>/document/<slug:digest>/", page.document, name="document"),
    path("request/<slug:number>/document/<slug:digest>/file/", page.download, name="download"),
    path("request/<slug:number>/production/", include("sagwan.desk.casework.producing_urls")),
    *(path(f"request/<slug:number>/{step.slug}/", view_of(step), name=f"step-{step.slug}") for step in STEPS),
]
