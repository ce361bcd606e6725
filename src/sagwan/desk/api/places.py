"""Where a page of a list begins: an instant and a number, as one word of an address."""

from datetime import UTC

from sagwan.desk.api.problems import Problem
from sagwan.desk.casework import screens
from sagwan.desk.casework.queries import Place


def place_of(place: Place | None) -> str:
    """'' for none."""
    return "" if place is None else f"{place[0].astimezone(UTC):%Y%m%dT%H%M%S.%fZ}_{place[1]}"


def read_place(text: str) -> Place | None:
    """None for ''; raise Problem where it is no place."""
    if not text:
        return None
    place = screens.read_place(text)
    if place is None or not (place[1].isalnum() and place[1].isascii()):
        error = {"parameter": "after", "in": "query", "detail": "not what a page named as `next`"}
        raise Problem("invalid", errors=[error])
    return place
