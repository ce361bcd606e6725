"""Saved views of the queue: a name for filters, a person's own or shared with the team.

Rows, not events: they change nothing of a request. What is kept is what the queue's address says (words of
the closed lists, half-years, colleagues); a search for a private value stands in no address, so in no view.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q

from sagwan.desk.casework.models import OpeningView, SavedView
from sagwan.desk.casework.screens import Filters
from sagwan.record.errors import SagwanError
from sagwan.record.request import clean

MOST = 50
"""So many views one person may keep."""


class ViewRefused(SagwanError):
    """A view that cannot be saved or changed: no such view, another's, or the name is taken."""


@dataclass(frozen=True, slots=True)
class View:
    """A saved view as its reader sees it. `query`: as an address says it; `mine`: the reader may change it;
    `opens`: the reader's queue opens with it."""

    id: int
    name: str
    owner: str
    query: str
    shared: bool
    mine: bool
    opens: bool


def views_of(person: str) -> Sequence[View]:
    """The person's own views, then those that others share, by name; two statements."""
    opening = OpeningView.objects.filter(person=person).values_list("view_id", flat=True).first()
    rows = SavedView.objects.filter(Q(owner=person) | Q(shared=True)).order_by("name", "id")
    found = [
        View(row.pk, row.name, row.owner, row.query, row.shared, row.owner == person, row.pk == opening)
        for row in rows
    ]
    return sorted(found, key=lambda view: not view.mine)


def opening_query(person: str) -> str:
    """The filters with which the person's queue opens; '' where they chose no view."""
    row = OpeningView.objects.filter(person=person).select_related("view").first()
    usable = row is not None and (row.view.shared or row.view.owner == person)
    return row.view.query if row is not None and usable else ""


def save_view(*, person: str, name: str, filters: Filters, shared: bool) -> int:
    """Keep filters under a name; raise ViewRefused where the person has one of that name, or too many."""
    name = clean(name, "name of the view", longest=60)
    if SavedView.objects.filter(owner=person).count() >= MOST:
        raise ViewRefused(f"you have {MOST} views already", hint="delete one first")
    try:
        with transaction.atomic():
            row = SavedView.objects.create(owner=person, name=name, query=filters.query, shared=shared)
    except IntegrityError:
        raise ViewRefused(f"you have a view called {name!r}", hint="choose another name") from None
    return int(row.pk)


def own_view(person: str, id: int) -> View:
    """One of the person's own views; raise ViewRefused."""
    for view in views_of(person):
        if view.id == id and view.mine:
            return view
    raise ViewRefused("there is no such view of yours", hint="only its owner changes a view")


def rename_view(*, person: str, id: int, name: str, shared: bool) -> None:
    """Give a view another name, share it or stop sharing it; raise ViewRefused."""
    own_view(person, id)
    try:
        with transaction.atomic():
            SavedView.objects.filter(pk=id, owner=person).update(
                name=clean(name, "name of the view", longest=60), shared=shared
            )
    except IntegrityError:
        raise ViewRefused(f"you have a view called {name!r}", hint="choose another name") from None


def delete_view(*, person: str, id: int) -> None:
    """Delete a view; queues that opened with it open as at first. Raise ViewRefused."""
    own_view(person, id)
    SavedView.objects.filter(pk=id, owner=person).delete()


def open_with(*, person: str, id: int | None) -> None:
    """Let the person's queue open with a view that they see, or as at first (None); raise ViewRefused."""
    if id is None:
        OpeningView.objects.filter(person=person).delete()
        return
    if not any(view.id == id for view in views_of(person)):
        raise ViewRefused("there is no such view", hint="its owner may have deleted it, or shares it no more")
    OpeningView.objects.update_or_create(person=person, defaults={"view_id": id})
