"""The portal as a Django app: it keeps what officials have begun to write and not sent yet."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "sagwan.desk.portal"
    default_auto_field = "django.db.models.BigAutoField"
