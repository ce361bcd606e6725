from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_invitations_by_two")]
    run_before = [
        ("account", "0001_initial"),  # its data migrations read a person whole
    ]

    operations = [
        migrations.AddField(model_name="person", name="recipient", field=models.TextField(default="")),
        migrations.AddField(
            model_name="person", name="recipient_since", field=models.DateTimeField(null=True)
        ),
    ]
