"""The Atom feed (RFC 4287) of new and changed figures, by the dates of the sources that bring them.

Nothing here asks a clock: the same claims give the same feed. A figure is `changed` where a later
source restates it, else `new`.
"""

import re
from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape as _escape
from xml.sax.saxutils import quoteattr

from sagwan.compare.claim import Claim
from sagwan.compare.explain import Code
from sagwan.compare.result import Reconciled
from sagwan.compare.site import addresses
from sagwan.compare.site.view import amount, title
from sagwan.compare.site.whole import Whole, tongue
from sagwan.pages import LANGUAGES, N_, translator

MOST = 100
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feeds(whole: Whole) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of the feed in every language."""
    latest = sorted(filter(_has_news, whole.comparison.figures), key=_order)[:MOST]
    for lang in LANGUAGES:
        yield f"{lang}/{addresses.FEED}", _feed(whole, latest, lang).encode()


def _has_news(item: Reconciled) -> bool:
    return bool(item.claims) and item.value is not None


def _order(item: Reconciled) -> tuple[object, ...]:
    """What changed before what is new; then the latest source first."""
    return not _changed(item), -_day(item).toordinal(), item.figure


def _changed(item: Reconciled) -> bool:
    return Code.RESTATEMENT in item.codes


def _day(item: Reconciled) -> date:
    return max(claim.first_day for claim in item.claims)


def _latest(item: Reconciled) -> Claim:
    return max(item.claims, key=lambda claim: (claim.first_day, claim.id))


def _feed(whole: Whole, items: list[Reconciled], lang: str) -> str:
    name = translator(lang).gettext(N_("Sagwan: new and changed figures"))
    updated = max((_day(item) for item in items), default=None)
    stamp = f"{updated.isoformat()}T00:00:00Z" if updated else "1970-01-01T00:00:00Z"
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">\n'
        f"<title>{escape(name)}</title>\n<id>urn:sagwan:feed:{lang}</id>\n<updated>{stamp}</updated>\n"
        f'<author><name>Sagwan</name></author>\n<link rel="self" href="{addresses.FEED}"/>\n'
        '<link href="index.html"/>\n'
    )
    return head + "".join(_entry(whole, item, lang) for item in items) + "</feed>\n"


def _entry(whole: Whole, item: Reconciled, lang: str) -> str:
    words = title(item.figure, whole.labels, tongue(lang))
    name = ", ".join(filter(None, (words["service"], words["instrument"], words["metric"], words["period"])))
    news = N_("changed") if _changed(item) else N_("new")
    value = amount(item.value) if item.value is not None else ""
    said = [e.sentence(tongue(lang)) for e in item.explanations if e.code is Code.RESTATEMENT]
    summary = " ".join([f"{translator(lang).gettext(news)}: {value}.", *said])
    latest = _latest(item)
    return (
        f"<entry>\n<title>{escape(name)}: {escape(value)}</title>\n"
        f"<id>urn:sagwan:figure:{latest.id}</id>\n"
        f"<updated>{_day(item).isoformat()}T00:00:00Z</updated>\n"
        f"<link href={quoteattr(addresses.figure_page(item.figure))}/>\n"
        f"<summary>{escape(summary)}</summary>\n</entry>\n"
    )


def escape(text: str) -> str:
    """Text as XML 1.0 can hold it: a claim may say anything, control signs too."""
    return _escape(_NOT_XML.sub("\ufffd", text))
