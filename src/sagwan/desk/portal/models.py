"""What an official has begun to write. No record yet: it goes when it is sent, thrown away or old."""

from django.db import models


class Draft(models.Model):
    """A request before it is sent. `sealed` holds what was typed, encrypted; empty once it was sent.

    `request` is the number under which it was filed, so that sending it twice files it once.
    """

    token = models.CharField(max_length=32, primary_key=True)
    person = models.CharField(max_length=40)
    changed_at = models.DateTimeField()
    sealed = models.BinaryField()
    request = models.CharField(max_length=16, default="")

    class Meta:
        indexes = (models.Index(fields=("person", "changed_at"), name="draft_of"),)


class DraftFile(models.Model):
    """A document of a draft: its name and bytes, encrypted."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    digest = models.CharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("draft", "digest"), name="one_copy_a_draft"),)
