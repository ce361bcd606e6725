"""Wrapped keys and the blind index: outside the append-only tables, so that they can be destroyed."""

from django.db import models


class StreamKey(models.Model):
    """The key of one record class of one stream, wrapped by the master key; destroyed means gone for ever."""

    stream = models.CharField(max_length=80)
    record_class = models.CharField(max_length=16)
    wrapped = models.BinaryField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("stream", "record_class"), name="one_key_a_class"),
            models.CheckConstraint(
                condition=models.Q(wrapped__isnull=True, destroyed_at__isnull=False)
                | models.Q(wrapped__isnull=False, destroyed_at__isnull=True),
                name="wrapped_or_destroyed",
            ),
        )


class BlindIndex(models.Model):
    """Which streams hold a private value, findable by who has the master key; the digest covers the field."""

    digest = models.BinaryField()
    stream = models.CharField(max_length=80)
    record_class = models.CharField(max_length=16)

    class Meta:
        indexes = (models.Index(fields=("digest",), name="blind_digest"),)


class Document(models.Model):
    """A file that came with a request, encrypted under the request's key for MATTER, found by its SHA-256."""

    stream = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    sealed = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("stream", "digest"), name="one_copy_a_request"),)
