"""What a person shows to sign in, and whether it is enough."""

from collections.abc import Collection

from allauth.mfa.models import Authenticator

from sagwan.desk.people.models import Person

PASSKEY, APP, CODES = Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES


def of(person: Person) -> list[Authenticator]:
    """The person's passkeys, authenticator app and recovery codes, the oldest first."""
    return list(Authenticator.objects.filter(user=person).order_by("pk"))


def is_enrolled(person: Person, without: Collection[int] = ()) -> bool:
    """Whether the person has a passkey, or a password and an authenticator app; `without` are authenticators'
    ids that shall not count."""
    kinds = set(
        Authenticator.objects.filter(user=person).exclude(pk__in=without).values_list("type", flat=True)
    )
    return PASSKEY in kinds or (APP in kinds and person.has_usable_password())


def forget(person: Person) -> None:
    """Take all of it away: the person starts anew with an invitation."""
    Authenticator.objects.filter(user=person).delete()
    person.set_unusable_password()
    person.save(update_fields=["password"])
