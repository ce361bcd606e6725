"""Cases: what the events of each request add up to. A projection; `sagwan rebuild` recreates it exactly."""

from django.db import models


class Case(models.Model):
    """One request as queues, clocks and counts need it; nothing private."""

    number = models.CharField(max_length=16, primary_key=True)
    stage = models.CharField(max_length=24)
    service = models.CharField(max_length=64)
    jurisdiction = models.CharField(max_length=2)
    instrument = models.CharField(max_length=64)
    pack = models.CharField(max_length=64)
    synthetic = models.BooleanField()
    seq = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    pending = models.CharField(max_length=16)
    proposed_by = models.CharField(max_length=80)
    outcome = models.CharField(max_length=16)
    reason = models.CharField(max_length=64)
    accounts_asked = models.PositiveIntegerField()
    accounts_disclosed = models.PositiveIntegerField()
    follow_ups = models.PositiveIntegerField()
    follow_up_accounts = models.PositiveIntegerField()
    marks = models.CharField(max_length=200)
    findings = models.TextField()

    class Meta:
        indexes = (
            models.Index(fields=("stage", "received_at"), name="case_queue"),
            models.Index(fields=("received_at",), name="case_received"),
        )
