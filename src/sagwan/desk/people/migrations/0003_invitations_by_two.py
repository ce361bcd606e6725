from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_authorities_and_officials")]
    run_before = [
        ("account", "0001_initial"),  # its data migrations read a person whole
    ]

    operations = [
        migrations.AddField(
            model_name="person", name="invited_by", field=models.CharField(default="", max_length=80)
        ),
        migrations.AddField(
            model_name="person", name="invitation_waits", field=models.BooleanField(default=False)
        ),
    ]
