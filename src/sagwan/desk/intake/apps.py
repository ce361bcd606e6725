"""Intake as a Django app: it keeps what people have begun to enter and not sent yet."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "sagwan.desk.intake"
    default_auto_field = "django.db.models.BigAutoField"
