"""Tokens, and answers given under an idempotency key. Neither is an event, and no rebuild recreates them.

That a token was allowed, made or revoked is an event of its person's `access` stream all the same.
"""

from django.db import models

from sagwan.desk.people.models import Person


class Token(models.Model):
    """A way for a machine to act as `person`; of its secret only the SHA-256 (hex) is kept.

    '' as `digest`: an administrator has allowed it, and the person has not taken it yet. `scopes` are
    comma-separated. `used_at` is exact to a minute.
    """

    name = models.CharField(max_length=16, primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    title = models.CharField(max_length=80)
    scopes = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, default="")
    allowed_by = models.CharField(max_length=80)
    allowed_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=80, default="")

    class Meta:
        indexes = (models.Index(fields=("person", "allowed_at"), name="token_of"),)

    def has(self, scope: str) -> bool:
        return scope in self.scopes.split(",")


class Answer(models.Model):
    """What was answered to a call with an `Idempotency-Key`, so that sending it again does nothing again.

    `fingerprint` is a keyed digest of the call and its body. `sealed` is the answer's body, encrypted; empty
    while the call is being done, and where the answer was a file, which is not kept.
    """

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=128)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    sealed = models.BinaryField(default=b"")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("token", "key"), name="one_answer_a_key"),)
        indexes = (models.Index(fields=("at",), name="answer_age"),)
