"""The addresses of the desk."""

from django.urls import path

from sagwan.desk.web import views

urlpatterns = [path("healthz", views.health, name="health")]
