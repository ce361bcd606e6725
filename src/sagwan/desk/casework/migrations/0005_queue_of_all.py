"""Indexes for the queue of what is over, and of all: without them every page sorted all requests anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("casework", "0004_views_and_orders"),)

    operations = (
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["queue_at", "number"], condition=models.Q(("is_open", False)), name="case_over"
            ),
        ),
        migrations.AddIndex("case", models.Index(fields=["queue_at", "number"], name="case_all")),
    )
