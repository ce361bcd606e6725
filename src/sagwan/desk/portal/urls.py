"""The portal's addresses, below `portal/`."""

from django.urls import path

from sagwan.desk.portal.views import answers, asking, filing, keys, receipts, requests

urlpatterns = [
    path("", requests.listed, name="portal"),
    path("new/", filing.start, name="portal-new"),
    path("drafts/<slug:token>/", filing.draft, name="portal-draft"),
    path("drafts/<slug:token>/check/", filing.check, name="portal-check"),
    path("drafts/<slug:token>/discard/", filing.discard, name="portal-discard"),
    path("requests/<slug:number>/", requests.page, name="portal-request"),
    path("requests/<slug:number>/receipts/<int:line>/", receipts.page, name="portal-receipt"),
    path("requests/<slug:number>/receipts/<int:line>/file/", receipts.file, name="portal-receipt-file"),
    path("requests/<slug:number>/receipts/<int:line>/proof/", receipts.proof, name="portal-proof"),
    path("requests/<slug:number>/documents/<slug:digest>/", asking.document, name="portal-document"),
    path("requests/<slug:number>/ask/names/", asking.names, name="portal-ask-names"),
    path("requests/<slug:number>/ask/longer/", asking.longer, name="portal-ask-longer"),
    path("key/", keys.page, name="portal-key"),
    path("key/new/", keys.new, name="portal-key-new"),
    path("key/trial/", keys.trial, name="portal-key-trial"),
    path("key/trial/file/", keys.trial_file, name="portal-key-file"),
    path("key/remove/", keys.remove, name="portal-key-remove"),
    path("requests/<slug:number>/answers/<int:stage>/", answers.data, name="portal-answer"),
    path("requests/<slug:number>/names/<int:stage>/", answers.names, name="portal-names"),
    path("requests/<slug:number>/write/", requests.write, name="portal-write"),
    path("requests/<slug:number>/paper/", requests.paper, name="portal-paper"),
    path("requests/<slug:number>/withdraw/", requests.withdraw, name="portal-withdraw"),
]
