"""The outbox. Its rows are no events: what a mail tells of is one, written in the same transaction."""

from django.db import models


class Progress(models.TextChoices):
    """How far a mail is. `handing`: the server may have it already; whoever was killed in this moment leaves
    it `unsure`, and it is not sent again."""

    WAITING = "waiting"
    HANDING = "handing"
    SENT = "sent"
    UNSURE = "unsure"
    GIVEN_UP = "given-up"


class Outgoing(models.Model):
    """One mail, or one line of a mail that tells a person several things.

    `sealed` is the note and its address, encrypted. `next_at`: not before; `tries` failed so far, `why` the
    last time. `lease_until`: until then the one who sends it has it to themselves. `settled_at`: it was sent,
    or given up.
    """

    sealed = models.BinaryField()
    queued_at = models.DateTimeField()
    next_at = models.DateTimeField()
    progress = models.CharField(max_length=8, choices=Progress.choices, default=Progress.WAITING)
    tries = models.PositiveIntegerField(default=0)
    why = models.CharField(max_length=100, default="")
    lease_until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("progress", "next_at"), name="mail_waits"),)
