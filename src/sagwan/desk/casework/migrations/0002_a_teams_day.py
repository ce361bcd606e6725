"""What a team's working day needs of a case. Values that events tell are made by `sagwan rebuild`; until then
a case of before stands in the queue without a clock."""

from datetime import UTC, datetime

from django.db import migrations, models

OPEN = models.Q(is_open=True)
NO_CLOCK = datetime(9999, 1, 1, tzinfo=UTC)


def added(name, field, default):
    field.default = default
    return migrations.AddField("case", name, field, preserve_default=False)


def close_what_ended(apps, schema_editor):
    apps.get_model("casework", "Case").objects.filter(stage__in=("resolved", "withdrawn")).update(is_open=False)


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]

    operations = [
        added("is_open", models.BooleanField(), True),
        added("filed_by", models.CharField(max_length=80), ""),
        added("assigned", models.CharField(max_length=80), ""),
        added("sender", models.CharField(max_length=16), "not-asked"),
        added("suspected", models.BooleanField(), False),
        added("unread", models.BooleanField(), False),
        added("open_findings", models.PositiveIntegerField(), 0),
        migrations.AddField("case", "next_due", models.DateTimeField(null=True)),
        added("next_duty", models.CharField(max_length=64), ""),
        added("queue_at", models.DateTimeField(), NO_CLOCK),
        migrations.AddField("case", "hold_until", models.DateField(null=True)),
        migrations.AddField("case", "first_answer_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "case", models.Index(fields=["queue_at", "number"], condition=OPEN, name="case_due")
        ),
        migrations.AddIndex(
            "case",
            models.Index(fields=["assigned", "queue_at", "number"], condition=OPEN, name="case_assigned"),
        ),
        migrations.AddIndex("case", models.Index(fields=["filed_by", "received_at"], name="case_filed_by")),
        migrations.AddIndex("case", models.Index(fields=["hold_until"], name="case_holds")),
        migrations.RunPython(close_what_ended, migrations.RunPython.noop),
    ]
