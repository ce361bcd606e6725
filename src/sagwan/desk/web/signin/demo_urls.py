"""The addresses of the desk while the demo's door is open: all of the desk's, and the door."""

from django.urls import path

from sagwan.desk.web import urls
from sagwan.desk.web.signin import demo
from sagwan.desk.web.urls import handler400, handler403, handler404, handler429, handler500

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500", "urlpatterns"]

urlpatterns = [
    path("demo/", demo.door, name="demo-door"),
    *urls.urlpatterns,
]
