"""The same country's requests to services abroad, each counted in its own way."""

from sagwan.compare.brief.model import Section, Text, sentences
from sagwan.compare.brief.teller import Teller
from sagwan.compare.series import Headline, definitions, headline
from sagwan.pages import N_

ABROAD = (
    ("google", "google"),
    ("meta", "facebook-family"),
    ("apple", "apple"),
    ("microsoft", "microsoft"),
)
COUNTRY = "KR"


def abroad(teller: Teller) -> Section:
    """What Google, Meta, Apple and Microsoft count of requests from Korea, with their own definitions."""
    paragraphs = []
    for provider, service in ABROAD:
        found = headline(teller.shelf, provider, service, COUNTRY, teller.period, "requested")
        if found:
            paragraphs.append(_told(teller, provider, found))
    return Section(teller.gettext(N_("Requests from Korea to services abroad")), tuple(paragraphs))


def _told(teller: Teller, provider: str, found: Headline) -> Text:
    total = teller.total([*found.parts, *(None for _ in found.missing)])
    head = teller.say(
        N_("%(provider)s counts %(total)s requests from Korea."),
        provider=teller.provider(provider),
        total=total or "",
    )
    return sentences(head, (definitions()[provider].text[teller.lang],))
