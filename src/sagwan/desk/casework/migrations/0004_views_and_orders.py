"""Saved views of the queue; until when a non-disclosure order stands, and how long answers took.

`sagwan rebuild` fills the latter two. Until then an order of before is known to its request's page and to
publishing, not to the figures, and what took how long before is not in them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("casework", "0003_decision_drafts"),)

    operations = (
        migrations.AddField("case", "order_until", models.DateField(null=True)),
        migrations.AddField("case", "answer_seconds", models.FloatField(null=True)),
        migrations.AddField("case", "resolution_seconds", models.FloatField(null=True)),
        migrations.AddIndex("case", models.Index(fields=["order_until"], name="case_orders")),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("owner", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=500)),
                ("shared", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("owner", "name"), name="one_view_a_name")]
            },
        ),
        migrations.CreateModel(
            name="OpeningView",
            fields=[
                ("person", models.CharField(max_length=80, primary_key=True, serialize=False)),
                (
                    "view",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="casework.savedview"),
                ),
            ],
        ),
    )
