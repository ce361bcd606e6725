"""Permanent addresses of pages: readable, and safe whatever a claim is called."""

import hashlib
import re
from urllib.parse import urlsplit

from sagwan.compare.figure import Figure

_UNSAFE = re.compile(r"[^A-Za-z0-9+=_.-]")
_LONGEST = 80
METHOD = "method.html"
CONTRADICTIONS = "contradictions.html"
BESIDE = "beside.html"
DATA_PAGE = "data.html"
ERROR = "report-an-error.html"
PROVIDERS = "providers.html"
FEED = "feed.xml"


def period_page(period: str) -> str:
    return f"{_segment(period)}.html"


def all_figures(period: str) -> str:
    return f"{_segment(period)}-figures.html"


def data(period: str) -> str:
    """From the site's root: the comparison as JSON."""
    return f"data/{_segment(period)}.json"


def figure_page(figure: Figure) -> str:
    """`figure/2016H1/KR/kakao/daum/search-and-seizure-warrant/processed.html`, below the language's folder.

    Different figures have different addresses; one that a part distinguishes has it after the metric.
    """
    last = ",".join(filter(None, (figure.metric, figure.part)))
    places = (figure.period, figure.jurisdiction, figure.provider, figure.service, figure.category or "-")
    return "/".join(("figure", *map(_segment, places), f"{_metric(last)}.html"))


def provider_page(provider: str) -> str:
    return f"provider/{_segment(provider)}.html"


def provider_country_page(provider: str, jurisdiction: str) -> str:
    return f"provider/{_segment(provider)}/{_segment(jurisdiction)}.html"


def series_page(provider: str, service: str, jurisdiction: str, category: str) -> str:
    """A service's figures of one category over all half-years."""
    places = (jurisdiction, provider, service, category or "-")
    return f"series/{'/'.join(map(_segment, places))}.html"


def country_page(jurisdiction: str) -> str:
    return f"country/{_segment(jurisdiction)}.html"


def brief_page(period: str) -> str:
    return f"brief/{_segment(period)}.html"


def score_page(period: str) -> str:
    return f"score/{_segment(period)}.html"


def protection_page(period: str) -> str:
    return f"protection/{_segment(period)}.html"


def link(address: str) -> str:
    """An address to link to, or the empty text where it is not one of the web's: a claim may say anything."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""


def _metric(text: str) -> str:
    return ",".join(map(_segment, text.split(",")))


def _segment(text: str) -> str:
    """A name as one step of a path: other signs become `~` and a byte in hex; a long one ends in a hash."""
    safe = _UNSAFE.sub(lambda sign: "".join(f"~{byte:02x}" for byte in sign[0].encode()), text)
    safe = safe.replace(".", "~2e") if safe.startswith(".") else safe
    if len(safe) > _LONGEST:
        return f"{safe[:_LONGEST]}~~{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    return safe or "~"
