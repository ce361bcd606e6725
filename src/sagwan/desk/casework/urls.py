"""The addresses of requests."""

from django.urls import path

from sagwan.desk.casework.small_steps import STEPS
from sagwan.desk.casework.views import page, queue
from sagwan.desk.casework.views.steps import view_of

urlpatterns = [
    path("queue/", queue.queue, name="queue"),
    path("queue/find/", queue.find, name="find"),
    path("queue/assign/", queue.assign, name="assign-many"),
    path("request/<slug:number>/", page.page, name="request"),
    path("request/<slug:number>/targets/", page.targets, name="targets"),
    path("request/<slug:number>/document/<slug:digest>/", page.document, name="document"),
    path("request/<slug:number>/document/<slug:digest>/file/", page.download, name="download"),
    *(path(f"request/<slug:number>/{step.slug}/", view_of(step), name=f"step-{step.slug}") for step in STEPS),
]
