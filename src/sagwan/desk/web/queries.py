"""What the overview counts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from sagwan.desk.casework.models import Case
from sagwan.desk.people.models import AccountRequest, Authority, Person


def requests_by_stage() -> dict[str, int]:
    """How many requests stand where, resolved ones included."""
    return dict(Case.objects.values_list("stage").annotate(Count("number")).order_by())


@dataclass(frozen=True, slots=True)
class Duties:
    """What waits for an administrator."""

    accounts: int
    vettings: int
    overdue: int
    not_joined: int


def duties(at: datetime) -> Duties:
    """Requests for accounts, vettings for a second person, authorities to vet again, people not yet in."""
    return Duties(
        accounts=AccountRequest.objects.filter(decided_at__isnull=True).count(),
        vettings=Authority.objects.exclude(proposed=None).count(),
        overdue=Authority.objects.filter(vetted_until__lte=at, suspended_at__isnull=True).count(),
        not_joined=Person.objects.filter(joined_at__isnull=True, is_active=True).count(),
    )


def staff() -> list[Person]:
    """The provider's people, by name."""
    return list(Person.objects.exclude(roles="official").order_by("name"))
