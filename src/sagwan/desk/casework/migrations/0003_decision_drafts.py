"""Half-made decisions."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("casework", "0002_a_teams_day"),)

    operations = (
        migrations.CreateModel(
            name="DecisionDraft",
            fields=[
                ("number", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("revision", models.PositiveIntegerField()),
                ("changed_by", models.CharField(max_length=80)),
                ("changed_at", models.DateTimeField()),
                ("sealed", models.BinaryField()),
            ],
        ),
    )
