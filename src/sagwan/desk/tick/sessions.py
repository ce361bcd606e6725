"""Sessions that have ended: their rows, and the list of devices that hangs on them."""

from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone


def ended() -> int:
    """How many sessions are over and still there."""
    return Session.objects.filter(expire_date__lt=timezone.now()).count()


def clean() -> int:
    """Forget them; how many. A session counts by the machine's clock, whatever instant a run is told."""
    count = ended()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    there = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=there).delete()
    return count
