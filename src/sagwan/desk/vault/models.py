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


class BlindingKey(models.Model):
    """The key of a request's pseudonyms, encrypted under the request's key for MATTER."""

    stream = models.CharField(max_length=80, primary_key=True)
    sealed = models.BinaryField()


class Production(models.Model):
    """What goes out in one stage of a disclosure, or with one follow-up; `stage` is NULL while it is put
    together, and one at a time is.

    `secret` is the age identity to which staged files are encrypted, itself encrypted under the request's key
    for MATTER. `blob`, `size`, `expires_at`: the package, encrypted to who asked; `blob` is '' before its
    release and after its end.
    """

    name = models.CharField(max_length=16, primary_key=True)
    stream = models.CharField(max_length=80)
    follow_up = models.BooleanField(default=False)
    stage = models.PositiveIntegerField(null=True)
    secret = models.BinaryField()
    manifest = models.CharField(max_length=64, default="")
    blob = models.CharField(max_length=64, default="")
    size = models.PositiveBigIntegerField(default=0)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("stream",), condition=models.Q(stage__isnull=True), name="one_draft_a_request"
            ),
            models.UniqueConstraint(fields=("stream", "follow_up", "stage"), name="one_production_a_stage"),
            models.CheckConstraint(
                condition=models.Q(stage__isnull=True, blob="") | models.Q(stage__isnull=False),
                name="draft_without_package",
            ),
        )
        indexes = (models.Index(fields=("expires_at",), name="production_ends"),)


class ProductionFile(models.Model):
    """One file of a production: what it is, encrypted like the production's secret. `blob` is the staged,
    encrypted file, '' once the production went out."""

    production = models.ForeignKey(Production, on_delete=models.CASCADE)
    sealed = models.BinaryField()
    blob = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
