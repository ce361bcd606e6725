"""The API as a Django app: it keeps tokens, and the answers that were given under an idempotency key."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "sagwan.desk.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
