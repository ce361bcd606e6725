"""Which mail domains have sent something to this home before, and since when; kept as keyed digests."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sagwan.desk.people.domains import normal
from sagwan.desk.people.models import SeenDomain
from sagwan.desk.people.scribe import scribe
from sagwan.desk.setup import Desk

SENDERS = "system/senders/"
"""One stream a domain begins so, so that first sightings of two domains never get in each other's way."""


def remember_domain(desk: Desk, *, domain: str, actor: str, at: datetime) -> bool:
    """Record that something came from `domain`; True where it is the first time.

    Call it when a filing is received, after its sender was checked.
    """
    digest = _digest(desk, domain)
    if SeenDomain.objects.filter(digest=digest).exists():
        return False
    with scribe(desk, actor=actor, at=at) as pen:
        public = {"domain": digest}
        # The row first: of two at the same instant the second waits here, and finds the first one's.
        if not project_sighting(public, at):
            return False
        pen.note(SENDERS + digest, "DomainSeen", public)
    return True


def first_seen(desk: Desk, domain: str) -> datetime | None:
    """When something from `domain` came first; None where nothing ever did."""
    row = SeenDomain.objects.filter(digest=_digest(desk, domain)).first()
    return None if row is None else row.first_at


def project_sighting(public: Mapping[str, Any], at: datetime) -> bool:
    """A row for the first sighting; False where the domain has one."""
    return SeenDomain.objects.get_or_create(digest=public["domain"], defaults={"first_at": at})[1]


def _digest(desk: Desk, domain: str) -> str:
    return desk.master.blind("sender-domain", normal(domain)).hex()
