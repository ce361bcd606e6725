"""The portal's addresses, below `portal/`."""

from django.urls import path

from sagwan.desk.portal.views import answers, filing, requests

urlpatterns = [
    path("", requests.listed, name="portal"),
    path("new/", filing.start, name="portal-new"),
    path("drafts/<slug:token>/", filing.draft, name="portal-draft"),
    path("drafts/<slug:token>/check/", filing.check, name="portal-check"),
    path("drafts/<slug:token>/discard/", filing.discard, name="portal-discard"),
    path("requests/<slug:number>/", requests.page, name="portal-request"),
    path("requests/<slug:number>/receipts/<int:line>/", requests.receipt, name="portal-receipt"),
    path("requests/<slug:number>/answers/<int:stage>/", answers.data, name="portal-answer"),
    path("requests/<slug:number>/names/<int:stage>/", answers.names, name="portal-names"),
    path("requests/<slug:number>/write/", requests.write, name="portal-write"),
    path("requests/<slug:number>/paper/", requests.paper, name="portal-paper"),
    path("requests/<slug:number>/withdraw/", requests.withdraw, name="portal-withdraw"),
]
