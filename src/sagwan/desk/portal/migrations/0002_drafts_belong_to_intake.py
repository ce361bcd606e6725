"""Drafts are the intake's since staff begin them too; unsent ones of before are not carried over."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0001_initial'),
    ]

    operations = [
        migrations.DeleteModel(
            name='DraftFile',
        ),
        migrations.DeleteModel(
            name='Draft',
        ),
    ]
