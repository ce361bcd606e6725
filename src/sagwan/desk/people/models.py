"""People and authorities, as projections of their `person/<name>` and `authority/<slug>` streams.

What people are called and how they are reached stands here in the clear, since signing in and mail need it;
in the journal it is encrypted, so that it can be forgotten.
"""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(name=username)


class Authority(models.Model):
    """Who asks (기관). What was vetted holds from its approval on; a proposal changes nothing by itself.

    `domains` are lower-case, with blanks between. `proposed` are the facts of a vetting that waits for a
    second person, as its event tells them.
    """

    slug = models.SlugField(max_length=60, unique=True)
    jurisdiction = models.CharField(max_length=2)
    kind = models.CharField(max_length=16)
    name_ko = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=40)
    added_by = models.CharField(max_length=80)
    added_at = models.DateTimeField()

    domains = models.TextField(default="")
    head = models.CharField(max_length=200, default="")
    contact_phone = models.CharField(max_length=40, default="")
    contact_mail = models.CharField(max_length=254, default="")
    source_kind = models.CharField(max_length=32, default="")
    contact_source = models.TextField(default="")
    vetted_how = models.TextField(default="")
    vetted_by = models.CharField(max_length=80, default="")
    approved_by = models.CharField(max_length=80, default="")
    vetted_at = models.DateTimeField(null=True)
    vetted_until = models.DateTimeField(null=True)

    proposed = models.JSONField(null=True)
    proposed_by = models.CharField(max_length=80, default="")
    proposed_at = models.DateTimeField(null=True)

    suspended_at = models.DateTimeField(null=True)
    suspended_by = models.CharField(max_length=80, default="")
    suspended_reason = models.TextField(default="")

    class Meta:
        verbose_name_plural = "authorities"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(vetted_at__isnull=True)
                | ~models.Q(approved_by=models.F("vetted_by")) & ~models.Q(contact_source=""),
                name="vetted_by_two_from_a_source",
            ),
        )

    def __str__(self) -> str:
        return self.slug


class Person(AbstractBaseUser):
    """One person: `name` is what commands and events call them; `roles` are comma-separated.

    An official has the role `official` and an authority, nobody else has one. `is_active` says who may sign
    in: neither the person nor their authority is suspended. `invitation` is the SHA-256 (hex) of the token
    that is out, if one is; while `invitation_waits`, nobody can use it before a second person agreed.
    `changed_at` is when an official's mail or phone last changed without a call-back
    since. `recipient` is an official's public key, to which what is handed over is encrypted (keys.py).
    """

    name = models.SlugField(max_length=40, unique=True)
    full_name = models.CharField(max_length=100)
    roles = models.CharField(max_length=100)
    is_active = models.BooleanField(default=True)

    email = models.EmailField(max_length=254, null=True, unique=True)
    phone = models.CharField(max_length=40, default="")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, null=True, related_name="officials")

    invitation = models.CharField(max_length=64, null=True, unique=True)
    invitation_ends = models.DateTimeField(null=True)
    invited_by = models.CharField(max_length=80, default="")
    invitation_waits = models.BooleanField(default=False)
    joined_at = models.DateTimeField(null=True)

    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=80, default="")
    changed_at = models.DateTimeField(null=True)

    suspended_at = models.DateTimeField(null=True)
    suspended_by = models.CharField(max_length=80, default="")
    suspended_reason = models.TextField(default="")

    recipient = models.TextField(default="")
    recipient_since = models.DateTimeField(null=True)

    USERNAME_FIELD = "name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("full_name",)
    objects = PersonManager()

    class Meta:
        verbose_name_plural = "people"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(roles="official", authority__isnull=False)
                | ~models.Q(roles="official") & models.Q(authority__isnull=True),
                name="an_official_has_an_authority",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.name

    def has_role(self, *roles: str) -> bool:
        return self.is_active and bool(set(roles) & set(self.roles.split(",")))

    @property
    def is_official(self) -> bool:
        return self.roles == "official"


class AccountRequest(models.Model):
    """Someone who says to be an official and asks for an account; a person decides, never the form.

    `name` is what the person will be called. Which authorities there are is not shown to strangers, so that
    `authority` is what they wrote.
    """

    name = models.SlugField(max_length=40, unique=True)
    full_name = models.CharField(max_length=100)
    email = models.EmailField(max_length=254)
    phone = models.CharField(max_length=40)
    authority = models.CharField(max_length=200)
    text = models.TextField()
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, default="")
    admitted = models.BooleanField(default=False)


class SeenDomain(models.Model):
    """A mail domain from which something was sent to this home, as a keyed digest, and when first."""

    digest = models.CharField(max_length=64, unique=True)
    first_at = models.DateTimeField()
