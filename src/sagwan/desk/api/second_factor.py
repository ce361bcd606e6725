"""A one-time code of the person's authenticator app, sent with the call that needs it.

A token alone never approves and never fetches: it may have been stolen together with the machine that keeps
it. A passkey needs a browser, so whoever has only passkeys does both there.
"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache

from sagwan.desk.api.problems import Problem
from sagwan.desk.people.models import Person
from sagwan.desk.vault.productions.fetching import SecondFactor
from sagwan.desk.web.signin import factors
from sagwan.desk.web.signin.listen import failed

MOST, MINUTES = 5, 5
"""So many wrong codes of a person, then none is looked at for so long."""
_LIVES = 90
"""Seconds in which a code is accepted: it is taken once in all of them."""


def code_shown(person: Person, code: str, at: datetime) -> SecondFactor:
    """The proof that `person` has just shown a code; raise Problem where it is none, or was used."""
    tries = f"api-codes-{person.pk}"
    if cache.get(tries, 0) >= MOST:
        raise Problem("too-many", "Too many wrong codes.", headers={"Retry-After": str(MINUTES * 60)})
    app = Authenticator.objects.filter(user=person, type=factors.APP).first()
    if app is None:
        raise Problem("second-factor", "The person has no authenticator app; use the browser.")
    if not TOTP(app).validate_code(code) or not cache.add(f"api-code-{person.pk}-{code}", 1, _LIVES):
        cache.add(tries, 0, MINUTES * 60)
        cache.incr(tries)
        failed(person.name, "code")
        raise Problem("second-factor", "The code is wrong, was used, or has ended.")
    app.record_usage()
    return SecondFactor(person.name, at)
