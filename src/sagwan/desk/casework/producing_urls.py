"""The addresses of productions, below `request/<number>/production/`."""

from django.urls import path

from sagwan.desk.casework.views import production, production_release

urlpatterns = [
    path("", production.page, name="production"),
    path("put/", production.put, name="production-put"),
    path("bring/", production.bring, name="production-bring"),
    path("files/<int:pk>/", production.file, name="production-file"),
    path("files/<int:pk>/file/", production.contents, name="production-contents"),
    path("files/<int:pk>/take-out/", production.take_out, name="production-take-out"),
    path("release/", production_release.release, name="production-release"),
    path("pseudonyms/", production.pseudonyms, name="production-pseudonyms"),
    path("data/<int:stage>/end/", production_release.end, name="production-data-end"),
    path("data/<int:stage>/carry/", production_release.carry, name="production-data-carry"),
    path("names/<int:stage>/", production_release.release_names, name="production-names"),
    path("names/<int:stage>/end/", production_release.end, {"follow_up": True}, name="production-names-end"),
    path(
        "names/<int:stage>/carry/",
        production_release.carry,
        {"follow_up": True},
        name="production-names-carry",
    ),
]
