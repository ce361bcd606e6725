"""The same country's requests to services abroad, each counted in its own way."""

from collections.abc import Sequence

from sagwan.compare.brief.model import Section, Text, sentences
from sagwan.compare.brief.teller import Teller
from sagwan.compare.result import Reconciled
from sagwan.compare.series import Headline, definitions, headline
from sagwan.pages import N_

ABROAD = (
    ("google", "google"),
    ("meta", "facebook-family"),
    ("apple", "apple"),
    ("microsoft", "all"),
)
COUNTRY = "KR"


def abroad(teller: Teller) -> Section:
    """What Google, Meta, Apple and Microsoft count of requests from Korea, with their own definitions."""
    paragraphs = []
    halves = teller.periods[1:] or teller.periods
    for provider, service in ABROAD:
        found = [headline(teller.shelf, provider, service, COUNTRY, half, "requested") for half in halves]
        if any(found):
            paragraphs.append(_told(teller, provider, found))
    return Section(teller.gettext(N_("Requests from Korea to services abroad")), tuple(paragraphs))


def _told(teller: Teller, provider: str, found: Sequence[Headline | None]) -> Text:
    """A provider's total; a half-year or category of which nothing is known leaves it open above."""
    items: list[Reconciled | None] = []
    for half in found:
        items += [*half.parts, *(None for _ in half.missing)] if half else [None]
    total = teller.total(items)
    head = teller.say(
        N_("%(provider)s counts %(total)s requests from Korea."),
        provider=teller.provider(provider),
        total=total or "",
    )
    return sentences(head, (definitions()[provider].text[teller.lang],))
