"""Counting sources: whoever repeats another's text speaks with that other's voice.

A claim's own `voice` makes one of a publisher's addresses and gives `Paper / Agency` to the agency. Here are
the copies that only show when claims are seen together: one article under two names.
"""

import re
from collections.abc import Iterable
from copy import copy
from functools import lru_cache
from urllib.parse import urlsplit

from sagwan.compare.claim import Claim, SourceKind

# Hosts and path parts under which a publisher serves one article to several kinds of reader.
_FRONTS = frozenset({"www", "m", "amp", "mobile", "mtest", "news", "biz"})
_FORMS = frozenset({"", "amp", "view", "article", "news", "renew"})
_NUMBER = re.compile(r"[0-9]{8,}")
Article = tuple[str, str]
_OWN = frozenset(kind for kind in SourceKind if kind.is_provider)


def voices(claims: Iterable[Claim]) -> frozenset[str]:
    return frozenset([claim.voice for claim in claims])


def by_others(claims: Iterable[Claim], speakers: frozenset[str]) -> tuple[Claim, ...]:
    """The claims that none of these voices makes."""
    return tuple(claim for claim in claims if claim.voice not in speakers)


@lru_cache(maxsize=65536)
def article_of(address: str) -> Article | None:
    """What an address points to, whatever its form: the site and the article's number or path.

    None where the address names no article: a site's front page tells nothing about who copied whom.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return None
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in _FRONTS:
        labels = labels[1:]
    site = ".".join(labels)
    text = f"{parts.path}?{parts.query}"
    if numbers := _NUMBER.findall(text):
        return site, max(numbers, key=len)
    path = "/".join(part for part in parts.path.split("/") if part.casefold() not in _FORMS)
    query = f"?{parts.query}" if parts.query else ""
    return (site, path + query) if site and (path or query) else None


def one_voice(claims: Iterable[Claim]) -> list[Claim]:
    """The claims, those of one article under one voice: of its names the first in the alphabet.

    A provider's own report keeps the provider's voice, whoever hosts the copy.
    """
    told = list(claims)
    names: dict[Article, set[str]] = {}
    for claim in told:
        if claim.source_kind not in _OWN and (article := article_of(claim.source_url)):
            names.setdefault(article, set()).add(claim.voice)
    shared = {article: min(voices) for article, voices in names.items() if len(voices) > 1}
    return [_spoken(claim, shared) for claim in told] if shared else told


def _spoken(claim: Claim, shared: dict[Article, str]) -> Claim:
    article = None if claim.source_kind in _OWN else article_of(claim.source_url)
    if article not in shared:
        return claim
    spoken = copy(claim)
    object.__setattr__(spoken, "voice", shared[article])
    return spoken
