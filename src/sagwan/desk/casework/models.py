"""Cases: what the events of each request add up to. A projection; `sagwan rebuild` recreates it exactly."""

from django.db import models

OPEN = models.Q(is_open=True)


class Case(models.Model):
    """One request as queues, clocks and counts need it; nothing private.

    `next_due` is the instant of its nearest open clock, overdue ones included, and `next_duty` that clock's
    slug; `queue_at` is the same with a far day for none, so that one index sorts the queue in every database.
    `hold_until` is the last day of a hold that stands. `filed_by` is who entered it.
    """

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
    is_open = models.BooleanField()
    filed_by = models.CharField(max_length=80)
    assigned = models.CharField(max_length=80)
    sender = models.CharField(max_length=16)
    suspected = models.BooleanField()
    unread = models.BooleanField()
    open_findings = models.PositiveIntegerField()
    next_due = models.DateTimeField(null=True)
    next_duty = models.CharField(max_length=64)
    queue_at = models.DateTimeField()
    hold_until = models.DateField(null=True)
    first_answer_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            # Of open cases only: Django writes `WHERE is_open`, which SQLite takes a partial index for, and
            # no other.
            models.Index(fields=("queue_at", "number"), condition=OPEN, name="case_due"),
            models.Index(fields=("assigned", "queue_at", "number"), condition=OPEN, name="case_assigned"),
            models.Index(fields=("filed_by", "received_at"), name="case_filed_by"),
            models.Index(fields=("hold_until",), name="case_holds"),
            models.Index(fields=("stage", "received_at"), name="case_queue"),
            models.Index(fields=("received_at",), name="case_received"),
        )
