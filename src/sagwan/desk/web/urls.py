"""The addresses of the desk. Each view declares who may come (`gate.allowed`)."""

from django.urls import include, path

from sagwan.desk.web.views import authorities, health, home, me, people

urlpatterns = [
    path("healthz", health.health, name="health"),
    path("", home.home, name="home"),
    path("language/", home.language, name="language"),
    path("", include("sagwan.desk.web.signin.urls")),
    path("portal/", include("sagwan.desk.portal.urls")),
    path("ask/", people.ask, name="account_signup"),
    path("me/", me.me, name="me"),
    path("me/details/", me.details, name="me-details"),
    path("me/everywhere/", me.sign_out_everywhere, name="sign-out-everywhere"),
    path("me/sessions/<int:pk>/end/", me.end_session, name="end-session"),
    path("", include("sagwan.desk.casework.urls")),
    path("", include("sagwan.desk.api.urls")),
    path("people/", people.listed, name="people"),
    path("people/add/", people.added, name="person-add"),
    path("people/asked/<slug:name>/", people.asked, name="asked"),
    path("person/<slug:name>/", people.person, name="person"),
    path("person/<slug:name>/invite/", people.invite, name="person-invite"),
    path("person/<slug:name>/agree/", people.agree, name="person-agree"),
    path("person/<slug:name>/suspend/", people.suspend, name="person-suspend"),
    path("authorities/", authorities.listed, name="authorities"),
    path("authorities/add/", authorities.added, name="authority-add"),
    path("authority/<slug:slug>/", authorities.authority, name="authority"),
    path("authority/<slug:slug>/vet/", authorities.vet, name="authority-vet"),
    path("authority/<slug:slug>/approve/", authorities.approve, name="authority-approve"),
    path("authority/<slug:slug>/suspend/", authorities.suspend, name="authority-suspend"),
    path("authority/<slug:slug>/officials/invite/", authorities.invite, name="official-invite"),
    path("authority/<slug:slug>/officials/<slug:name>/call/", authorities.call, name="official-call"),
]

handler400 = "sagwan.desk.web.views.errors.bad_request"
handler403 = "sagwan.desk.web.views.errors.forbidden"
handler404 = "sagwan.desk.web.views.errors.not_found"
handler429 = "sagwan.desk.web.views.errors.too_many"
handler500 = "sagwan.desk.web.views.errors.broken"
