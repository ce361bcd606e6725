"""The addresses of the API: its calls, its description, and the pages where tokens are made."""

from django.urls import include, path

from sagwan.desk.api import service, views

urlpatterns = [
    path("api/openapi.json", views.openapi, name="api-openapi"),
    path("api/docs", views.docs, name="api-docs"),
    path(service.BELOW, include((service.addresses(), "calls"))),
    path("me/tokens/", views.mine, name="tokens"),
    path("me/tokens/new/", views.make, name="token-make"),
    path("me/tokens/<slug:token>/take/", views.take, name="token-take"),
    path("me/tokens/<slug:token>/revoke/", views.revoke, name="token-revoke"),
    path("person/<slug:name>/tokens/", views.of_person, name="person-tokens"),
    path("person/<slug:name>/tokens/new/", views.allow, name="person-token-allow"),
    path("person/<slug:name>/tokens/<slug:token>/revoke/", views.stop, name="person-token-revoke"),
]
