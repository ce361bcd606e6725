"""A reconciled figure as templates want it: plain words and numbers in one language, nothing to decide."""

from collections.abc import Mapping
from typing import Any

from sagwan.compare.claim import Claim
from sagwan.compare.figure import ALL_SERVICES, Figure
from sagwan.compare.prefer import Why
from sagwan.compare.result import Reconciled, Status
from sagwan.compare.series import NATIONAL
from sagwan.compare.site.addresses import figure_page, link
from sagwan.compare.site.terms import country
from sagwan.compare.value import Band, Exact, Stated
from sagwan.compare.words import Language
from sagwan.pages import N_, Labels, translator
from sagwan.pages.i18n import number
from sagwan.pages.labels import WORDS

View = Mapping[str, Any]

WHYS = {
    Why.ONLY: N_("No source gives another number."),
    Why.KIND: N_("Its source is %(kind)s, which goes before the others' kind."),
    Why.IN_PLACE: N_("The other number belongs to another row and slipped into this one."),
    Why.LATER_EDITION: N_("It restates what was printed before."),
    Why.VOICES: N_("More independent sources give it."),
    Why.POSSIBLE: N_("It agrees with the figures beside it; the others do not."),
    Why.TRACK_RECORD: N_("Its source prints the neighbouring figures as others do."),
    Why.LATEST: N_("It is the latest."),
    Why.ORDER: N_("Nothing speaks for one or the other: the order in which they are kept decided."),
}
UNITS = {
    "requests": N_("requests"),
    "accounts": N_("accounts"),
    "documents": N_("documents"),
    "numbers": N_("numbers"),
    "users": N_("users"),
    "percent": N_("percent"),
    "count": N_("counted"),
}


def amount(value: Stated) -> str:
    """`1,809`, or both ends of a band."""
    if isinstance(value, Band):
        return f"{number(value.low)}–{number(value.high)}"
    return number(value.number)


def cell(item: Reconciled, lang: Language) -> View:
    """What a table's cell shows of a figure: its value or that there is none, its mark and why it has one."""
    return {
        "href": figure_page(item.figure),
        "value": amount(item.value) if item.value is not None else None,
        "disputed": is_disputed(item),
        "rounded": item.rounding_only,
        "derived": item.status is Status.DERIVED and item.preferred is None,
        "reasons": sentences(item, lang),
        "rivals": rival_values(item),
    }


def is_disputed(item: Reconciled) -> bool:
    """True where sources differ by more than rounding."""
    return item.status is Status.DISPUTED and not item.rounding_only


def rival_values(item: Reconciled) -> list[str]:
    """The other values as read, each once."""
    return list(dict.fromkeys(amount(c.read) for c in item.rivals if isinstance(c.read, Exact | Band)))


def sentences(item: Reconciled, lang: Language) -> list[str]:
    """Why sources differ: the explanations that held, the most specific first, else what was violated."""
    return [explanation.sentence(lang) for explanation in item.explanations] or conflict_sentences(item, lang)


def conflict_sentences(item: Reconciled, lang: Language) -> list[str]:
    return [conflict.sentence(lang) for conflict in item.conflicts]


def why_sentence(item: Reconciled, lang: Language) -> str:
    """What decided for the value that is shown, or the empty text where no value is."""
    if item.why is None or item.preferred is None:
        return ""
    translate = translator(lang).gettext
    return translate(WHYS[item.why]).replace("%(kind)s", translate(WORDS[item.preferred.source_kind]))


def claim_row(claim: Claim, item: Reconciled, lang: Language) -> View:
    """One claim as printed: what, who, when, and how it stands to the figure's value."""
    translate = translator(lang).gettext
    standing = "rival" if claim in item.rivals else "same" if claim.read == item.value else "other"
    return {
        "id": claim.id,
        "value": claim.value,
        "unit": translate(UNITS[claim.unit]) if claim.unit in UNITS else claim.unit,
        "publisher": claim.source_publisher,
        "href": link(claim.source_url),
        "address": claim.source_url,
        "date": claim.source_date,
        "kind": str(claim.source_kind),
        "note": claim.note,
        "standing": "preferred" if claim == item.preferred else standing,
    }


def title(figure: Figure, labels: Labels, lang: Language) -> View:
    """The figure in words: who, what kind of request, which metric, which part of it."""
    return {
        "provider": labels.provider(figure.provider, lang),
        "service": service_name(figure.provider, figure.service, labels, lang),
        "instrument": labels.instrument(figure.category, lang) if figure.category else "",
        "metric": metric_word(figure.metric, lang),
        "part": figure.part,
        "jurisdiction": figure.jurisdiction,
        "country": country(figure.jurisdiction, lang),
        "period": figure.period,
        "key": str(figure),
    }


def service_name(provider: str, service: str, labels: Labels, lang: Language) -> str:
    """`Daum`; of a provider's total `Kakao (all services)`, so that it never reads as the service of the same
    name. Who counts a country's operators has no services: its own name says it."""
    if service != ALL_SERVICES:
        return labels.service(service, lang)
    name = labels.provider(provider, lang)
    return (
        name
        if provider == NATIONAL
        else translator(lang).gettext(N_("%(name)s (all services)")) % {"name": name}
    )


def metric_word(metric: str, lang: Language) -> str:
    return translator(lang).gettext(WORDS[metric]) if metric in WORDS else metric
