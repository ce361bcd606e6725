"""Time's duties as a Django app: it keeps what was done, and when each request is to be looked at again."""

from django.apps import AppConfig


class TickApp(AppConfig):
    name = "sagwan.desk.tick"
    default_auto_field = "django.db.models.BigAutoField"
