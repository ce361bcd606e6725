"""Which lines are banded, and how many batches of such lines were waiting before each; so far none is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("journal", "0003_cosigned_late"),)
    operations = (
        migrations.AddField(
            model_name="line", name="behind", field=models.PositiveIntegerField(null=True)
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(
                fields=("period", "id"), condition=models.Q(behind__isnull=False), name="line_banded"
            ),
        ),
    )
