"""Outgoing mail as a Django app: it keeps the outbox."""

from django.apps import AppConfig


class MailApp(AppConfig):
    name = "sagwan.desk.mail"
    default_auto_field = "django.db.models.BigAutoField"
