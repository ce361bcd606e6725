"""The vault as a Django app."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "sagwan.desk.vault"
    default_auto_field = "django.db.models.BigAutoField"
