"""The append-only tables. Triggers in the database refuse UPDATE and DELETE (migrations/0002)."""

from django.db import models


class Event(models.Model):
    """One event of one stream (`request/<16 hex>`, `person/<name>`, `access/…`, `system/…`).

    `previous` and `hash` chain the stream over header and ciphertext, so that the chain outlives its keys.
    """

    stream = models.CharField(max_length=80)
    seq = models.PositiveIntegerField()
    type = models.CharField(max_length=40)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    public = models.TextField()
    ledger = models.BinaryField(null=True)
    matter = models.BinaryField(null=True)
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("stream", "seq"), name="one_event_a_place"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="seq_from_one"),
        )


class Line(models.Model):
    """An opening line, encrypted under the master key until it is opened, made in its event's transaction.

    `number` counts the sealed lines of the stream from 0. `sealed` holds the line and the items' seed.
    `behind` is a number where the law allows only bands (docs/decisions/0016-bands.md): how many full batches
    of such lines were waiting before this one when it was written. NULL for every other line.
    """

    stream = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    event_seq = models.PositiveIntegerField()
    period = models.CharField(max_length=6)
    commitment = models.BinaryField(unique=True)
    sealed = models.BinaryField()
    behind = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("stream", "number"), name="one_line_a_number"),)
        indexes = (
            models.Index(fields=("period",), name="line_period"),
            models.Index(
                fields=("period", "id"), condition=models.Q(behind__isnull=False), name="line_banded"
            ),
        )


class Batch(models.Model):
    """Entries that were placed together: log indexes first … first+size-1, all of one half-year.

    `last_event` and `last_line` are the highest ids that the keeper holds once it holds this batch;
    every line up to id `settled` has a place.
    """

    number = models.PositiveIntegerField(primary_key=True)
    period = models.CharField(max_length=6)
    first = models.PositiveBigIntegerField()
    size = models.PositiveIntegerField()
    at = models.DateTimeField()
    last_event = models.BigIntegerField()
    last_line = models.BigIntegerField()
    settled = models.BigIntegerField()


class Place(models.Model):
    """The log index of a line, fixed before anything of the batch leaves the database.

    `line` is null for an entry whose line was lost with the database and not found in the keeper.
    """

    index = models.PositiveBigIntegerField(primary_key=True)
    line = models.OneToOneField(Line, on_delete=models.PROTECT, null=True)
    commitment = models.BinaryField()
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT)


class Cut(models.Model):
    """A half-year that is closed: the tree size after its last batch."""

    period = models.CharField(max_length=6, primary_key=True)
    size = models.PositiveBigIntegerField()
    at = models.DateTimeField()


class Checkpoint(models.Model):
    """A checkpoint that was signed, with its cosignatures, as it was first published."""

    size = models.PositiveBigIntegerField(primary_key=True)
    period = models.CharField(max_length=6)
    at = models.DateTimeField()
    note = models.TextField()


class CosignedLate(models.Model):
    """A checkpoint's note with the cosignatures that came after it was published; the last row holds."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT)
    at = models.DateTimeField()
    note = models.TextField()


APPEND_ONLY = (Event, Line, Batch, Place, Cut, Checkpoint, CosignedLate)
