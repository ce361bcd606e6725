"""Cosignatures that come after a checkpoint was published, in a table of their own: nothing is updated."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

_append_only = import_module("sagwan.desk.journal.migrations.0002_append_only")
TABLE = "journal_cosignedlate"


def forwards(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    triggers = _append_only._postgresql if postgresql else _append_only._sqlite
    for statement in triggers(TABLE, ("id",)):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = (("journal", "0002_append_only"),)
    operations = (
        migrations.CreateModel(
            name="CosignedLate",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("at", models.DateTimeField()),
                ("note", models.TextField()),
                (
                    "checkpoint",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="journal.checkpoint"),
                ),
            ],
        ),
        migrations.RunPython(forwards),
    )
