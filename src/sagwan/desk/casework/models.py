"""Cases: what the events of each request add up to. A projection; `sagwan rebuild` recreates it exactly.

Rows that are no events and no projection: half-made decisions, kept while somebody works on them; saved
views of the queue, and which of them the queue opens with.
"""

from django.db import models

OPEN = models.Q(is_open=True)
OVER = models.Q(is_open=False)


class Case(models.Model):
    """One request as queues, clocks and counts need it; nothing private.

    `next_due` is the instant of its nearest open clock, overdue ones included, and `next_duty` that clock's
    slug; `queue_at` is the same with a far day for none: so one index sorts the queue in every database.
    `hold_until` is the last day of a hold that stands. `filed_by` is who entered it. `order_until` is the
    last day of a non-disclosure order, the last day of all where it has no end, NULL where there is none.
    `answer_seconds`, `resolution_seconds`: from receipt to the first answer and to the resolution.
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
    order_until = models.DateField(null=True)
    answer_seconds = models.FloatField(null=True)
    resolution_seconds = models.FloatField(null=True)

    class Meta:
        indexes = (
            # Of open cases only: Django writes `WHERE is_open`, which SQLite takes a partial index for, and
            # no other.
            models.Index(fields=("queue_at", "number"), condition=OPEN, name="case_due"),
            models.Index(fields=("assigned", "queue_at", "number"), condition=OPEN, name="case_assigned"),
            models.Index(fields=("queue_at", "number"), condition=OVER, name="case_over"),
            models.Index(fields=("queue_at", "number"), name="case_all"),
            models.Index(fields=("filed_by", "received_at"), name="case_filed_by"),
            models.Index(fields=("hold_until",), name="case_holds"),
            models.Index(fields=("order_until",), name="case_orders"),
            models.Index(fields=("stage", "received_at"), name="case_queue"),
            models.Index(fields=("received_at",), name="case_received"),
        )


class DecisionDraft(models.Model):
    """A decision that somebody is putting together, one a request; thrown away once it is proposed.

    `sealed` is encrypted under the request's key for MATTER. `revision` grows with each change, so that of
    two who work from the same page only one goes on.
    """

    number = models.CharField(max_length=16, primary_key=True)
    revision = models.PositiveIntegerField()
    changed_by = models.CharField(max_length=80)
    changed_at = models.DateTimeField()
    sealed = models.BinaryField()


class SavedView(models.Model):
    """A name for filters of the queue: `query` is what the address says, which holds no private value.

    `shared`: the whole team sees it; only `owner` changes it.
    """

    owner = models.CharField(max_length=80)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)
    shared = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("owner", "name"), name="one_view_a_name"),)


class OpeningView(models.Model):
    """The saved view with which a person's queue opens."""

    person = models.CharField(max_length=80, primary_key=True)
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE)
