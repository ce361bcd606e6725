"""The Atom feed (RFC 4287) of new and changed figures, by the dates of the sources that bring them.

Nothing here asks a clock: the same claims give the same feed. A restatement has an entry of its own, named
by the two claims that differ; a figure has one that is named by its key and keeps that name whatever claims
come later: so a reader sees each once.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote
from xml.sax.saxutils import escape as _escape
from xml.sax.saxutils import quoteattr

from sagwan.compare.claim import Claim
from sagwan.compare.editions import Change
from sagwan.compare.explain import Code, Explanation
from sagwan.compare.result import Reconciled
from sagwan.compare.site import addresses
from sagwan.compare.site.editions import CAUSES
from sagwan.compare.site.view import amount, title
from sagwan.compare.site.whole import Whole, tongue
from sagwan.pages import LANGUAGES, N_, translator

MOST = 100
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CHANGED, NEW = N_("changed"), N_("new")


@dataclass(frozen=True, slots=True)
class News:
    """One entry: a figure, the day of the source that brings it, and what changed, if anything did."""

    item: Reconciled
    day: date
    name: str
    change: Change | Explanation | None = None


def feeds(whole: Whole) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of the feed in every language: changes first, then what is new, each the latest first."""
    latest = sorted(_news(whole), key=lambda one: (one.change is None, -one.day.toordinal(), one.name))[:MOST]
    for lang in LANGUAGES:
        yield f"{lang}/{addresses.FEED}", _feed(whole, latest, lang).encode()


def _news(whole: Whole) -> Iterator[News]:
    for item in whole.comparison.figures:
        if not item.claims:
            continue
        yield from _changes(item, whole.changes.get(item.figure, ()))
        if item.value is not None:
            first = min(claim.first_day for claim in item.claims)
            yield News(item, first, f"urn:sagwan:figure:{quote(str(item.figure), safe='/')}")


def _changes(item: Reconciled, changes: Sequence[Change]) -> Iterator[News]:
    """What editions tell of the figure, and restatements that only its explanations tell."""
    told: set[str] = set()
    for one in changes:
        sides = [claim for claim in (one.before, one.after) if claim]
        told |= {claim.id for claim in sides}
        yield News(item, _day(sides), _name(claim.id for claim in sides), one)
    claims = {claim.id: claim for claim in item.claims}
    for said in item.explanations:
        ids = [name for name in (*said.claims, *said.against) if name in claims]
        if said.code is Code.RESTATEMENT and ids and not told & set(ids):
            yield News(item, _day([claims[name] for name in ids]), _name(sorted(ids)), said)


def _day(claims: list[Claim]) -> date:
    return max(claim.first_day for claim in claims)


def _name(ids: Iterable[str]) -> str:
    return f"urn:sagwan:restatement:{hashlib.sha256(' '.join(ids).encode()).hexdigest()[:32]}"


def _feed(whole: Whole, news: list[News], lang: str) -> str:
    name = translator(lang).gettext(N_("Sagwan: new and changed figures"))
    updated = max((one.day for one in news), default=None)
    stamp = f"{updated.isoformat()}T00:00:00Z" if updated else "1970-01-01T00:00:00Z"
    base = f" xml:base={quoteattr(f'{whole.address}{lang}/')}" if whole.address else ""
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}"{base}>\n'
        f"<title>{escape(name)}</title>\n<id>urn:sagwan:feed:{lang}</id>\n<updated>{stamp}</updated>\n"
        f'<author><name>Sagwan</name></author>\n<link rel="self" href="{addresses.FEED}"/>\n'
        '<link href="index.html"/>\n'
    )
    return head + "".join(_entry(whole, one, lang) for one in news) + "</feed>\n"


def _entry(whole: Whole, one: News, lang: str) -> str:
    words = title(one.item.figure, whole.labels, tongue(lang))
    parts = (words["service"], words["instrument"], words["metric"], words["part"], words["country"])
    name = ", ".join(filter(None, (*parts, words["period"])))
    value = amount(one.item.value) if one.item.value is not None else "–"
    return (
        f"<entry>\n<title>{escape(name)}: {escape(value)}</title>\n"
        f"<id>{one.name}:{lang}</id>\n"
        f"<updated>{one.day.isoformat()}T00:00:00Z</updated>\n"
        f"<link href={quoteattr(addresses.figure_page(one.item.figure))}/>\n"
        f"<summary>{escape(_summary(one, value, lang))}</summary>\n</entry>\n"
    )


def _summary(one: News, value: str, lang: str) -> str:
    translate = translator(lang).gettext
    if one.change is None:
        return f"{translate(NEW)}: {value}."
    cause = f" ({translate(CAUSES[str(one.change.cause)])})" if isinstance(one.change, Change) else ""
    return f"{translate(CHANGED)}{cause}: {value}. {one.change.sentence(tongue(lang))}"


def escape(text: str) -> str:
    """Text as XML 1.0 can hold it: a claim may say anything, control signs too."""
    return _escape(_NOT_XML.sub("\ufffd", text))
