"""What fell due and was done; when to look again; what is proposed to be destroyed.

`Act` and `Destruction` are projections of the streams `system/tick/…` and `system/destruction/…`. `Wake` and
`Looked` are no events and no record: without them everything is looked at once more, and nothing done twice.
"""

from django.db import models


class Act(models.Model):
    """One thing that fell due, done once: `kind` is the event's, `what` a duty's slug or a record class,
    `due` the instant it is about; `people` were to be told, with blanks between.

    `subject` is a request's number, or `authority/<slug>`.
    """

    subject = models.CharField(max_length=80)
    kind = models.CharField(max_length=32)
    what = models.CharField(max_length=80)
    due = models.DateTimeField()
    at = models.DateTimeField()
    people = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("subject", "kind", "what", "due"), name="each_act_once"),
        )
        indexes = (models.Index(fields=("at",), name="act_at"),)


class Wake(models.Model):
    """When a request is to be looked at again, if nothing happens to it before."""

    number = models.CharField(max_length=16, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("at",), name="wake_at"),)


class Looked(models.Model):
    """Up to which event every request was looked at, and with which settings (their SHA-256). One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    event = models.BigIntegerField()
    settings = models.CharField(max_length=64)


class Destruction(models.Model):
    """One class of a request's private parts whose keeping time ended on `kept_until`.

    `asked_by` is the first of two people, '' for none yet. `postponed_until` None: nobody put it off. Whether
    the key is gone stands with the key.
    """

    number = models.CharField(max_length=16)
    record_class = models.CharField(max_length=16)
    kept_until = models.DateField()
    rules = models.TextField()
    proposed_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80, default="")
    asked_at = models.DateTimeField(null=True)
    postponed_until = models.DateField(null=True)
    postponed_by = models.CharField(max_length=80, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("number", "record_class"), name="one_proposal_a_class"),
        )
