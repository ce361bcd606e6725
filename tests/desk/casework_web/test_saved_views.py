"""Saved views: one's own and the team's, the queue that opens with one, and nothing private in them."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from sagwan.desk.casework.models import OpeningView, SavedView
from sagwan.desk.casework.rebuild import rebuild
from sagwan.desk.journal.models import Event
from sagwan.desk.setup import current
from tests.support.people import Visitor

ADDRESS = "/queue/views/"


def save(who: Visitor, name: str, query: str = "stage=received", **more: str) -> int:
    answer = who.post(f"{ADDRESS}save/?{query}", {"name": name, **more})
    assert answer.status_code == 302, answer.content.decode()
    return SavedView.objects.get(name=name, owner=who.person.name).pk


def test_a_view_is_a_name_for_filters(visitor: Callable[..., Visitor]) -> None:
    seo = visitor("seo")
    save(seo, "Fresh", "stage=received&mark=nonsense&value=raven-001&shown=open&due=week")
    assert SavedView.objects.get().query == "stage=received&due=week"
    page = seo.get("/queue/?stage=received&due=week").content.decode()
    assert '<a href="/queue/?stage=received&amp;due=week" aria-current="true">Fresh</a>' in page
    assert "raven" not in page
    again = seo.post(f"{ADDRESS}save/?stage=approved", {"name": "Fresh"})
    assert again.status_code == 200 and "you have a view called" in again.content.decode()
    assert 'value="Fresh"' in again.content.decode()


def test_a_search_is_never_saved_and_the_page_says_so(visitor: Callable[..., Visitor]) -> None:
    seo = visitor("seo")
    found = seo.post("/queue/find/", {"field": "case-number", "value": "2016-1"}).content.decode()
    assert "/queue/views/save/" not in found
    assert "Searches are never saved" in seo.get(ADDRESS).content.decode()
    assert "Searches are never saved" in seo.get(f"{ADDRESS}save/?stage=received").content.decode()


def test_only_the_owner_changes_a_view_and_only_shared_ones_are_seen(visitor: Callable[..., Visitor]) -> None:
    seo, lee = visitor("seo"), visitor("lee")
    own, shared = save(seo, "Mine"), save(seo, "Ours", "mark=emergency", shared="on")
    page = lee.get(ADDRESS).content.decode()
    assert "Ours" in page and "Mine" not in page and "shared by seo" in page
    for id in (own, shared, 999):
        for what in ("rename", "delete"):
            assert lee.get(f"{ADDRESS}{id}/{what}/").status_code == 404
            assert lee.post(f"{ADDRESS}{id}/{what}/", {"name": "x"}).status_code == 404
    assert SavedView.objects.count() == 2
    save(lee, "Mine")  # another person's name is no obstacle
    seo.post(f"{ADDRESS}{own}/rename/", {"name": "First look", "shared": "on"})
    assert "First look" in lee.get("/queue/").content.decode()
    taken = seo.post(f"{ADDRESS}{own}/rename/", {"name": "Ours"})
    assert taken.status_code == 200 and "you have a view called" in taken.content.decode()


def test_the_queue_opens_with_the_view_that_was_chosen(visitor: Callable[..., Visitor]) -> None:
    seo, lee = visitor("seo"), visitor("lee")
    view = save(seo, "Ours", "mark=emergency", shared="on")
    lee.post(f"{ADDRESS}opening/", {"view": view})
    assert lee.get("/queue/")["Location"] == "/queue/?mark=emergency"
    assert lee.get("/queue/?shown=open").status_code == 200  # all that is open is one step away
    assert seo.get("/queue/").status_code == 200
    seo.post(f"{ADDRESS}{view}/rename/", {"name": "Ours"})  # shared no more
    assert lee.get("/queue/").status_code == 200
    refused = lee.post(f"{ADDRESS}opening/", {"view": view}, follow=True).content.decode()
    assert "there is no such view" in refused
    lee.post(f"{ADDRESS}opening/", {"view": ""})
    assert not OpeningView.objects.exists()


def test_deleting_asks_once_and_touches_no_request(visitor: Callable[..., Visitor]) -> None:
    seo = visitor("seo")
    view = save(seo, "Ours", shared="on")
    seo.post(f"{ADDRESS}opening/", {"view": view})
    events = Event.objects.count()
    asks = seo.get(f"{ADDRESS}{view}/delete/").content.decode()
    assert "those who use it lose it too" in asks and SavedView.objects.count() == 1
    seo.post(f"{ADDRESS}{view}/delete/")
    assert not SavedView.objects.exists() and not OpeningView.objects.exists()
    assert Event.objects.count() == events and seo.get("/queue/").status_code == 200


def test_a_rebuild_keeps_them_and_there_is_an_end_to_them(
    visitor: Callable[..., Visitor], monkeypatch
) -> None:
    from sagwan.desk.casework import saved_views  # noqa: PLC0415

    seo = visitor("seo")
    save(seo, "Ours")
    rebuild(current())
    assert SavedView.objects.count() == 1
    monkeypatch.setattr(saved_views, "MOST", 1)
    assert "views already" in seo.post(f"{ADDRESS}save/", {"name": "more"}).content.decode()


def test_the_number_of_statements_does_not_grow_with_the_views(visitor: Callable[..., Visitor]) -> None:
    seo = visitor("seo")

    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            assert seo.get("/queue/").status_code == 200
        return len(found)

    save(seo, "0")
    count()
    before = count()
    for place in range(1, 6):
        save(seo, str(place), shared="on")
    count()  # shows what was done, once
    assert count() == before
