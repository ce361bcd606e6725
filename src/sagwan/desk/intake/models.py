"""What officials and staff have begun to enter. These rows are no events: they go when they are sent, thrown
away or old, and `rebuild` makes none."""

from django.db import models


class Draft(models.Model):
    """Something before it is sent: a filing, a paper that follows, a file of many requests (`kind`).

    `about` is the request that it belongs to; of a filing, the number under which it was filed, so that
    sending it twice files it once. `sealed` holds what was typed, encrypted; empty once it was filed.
    """

    token = models.CharField(max_length=32, primary_key=True)
    person = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    about = models.CharField(max_length=16, default="")
    changed_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=("kind", "person", "changed_at"), name="drafts_of"),)


class DraftFile(models.Model):
    """A file of a draft: its name and bytes, encrypted."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    digest = models.CharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("draft", "digest"), name="one_copy_in_a_draft"),)
