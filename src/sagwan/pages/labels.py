"""What slugs are called: Sagwan's own words are messages; a law pack brings its instruments and reasons."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sagwan.pages.i18n import N_

Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Labels:
    """Names by slug and language (`{"refused": {"ko": …, "en": …}}`); an unknown slug is shown as it is."""

    instruments: Names = field(default_factory=dict)
    reasons: Names = field(default_factory=dict)
    services: Names = field(default_factory=dict)
    providers: Names = field(default_factory=dict)

    def instrument(self, slug: str, lang: str) -> str:
        return _name(self.instruments, slug, lang)

    def reason(self, slug: str, lang: str) -> str:
        return _name(self.reasons, slug, lang)

    def service(self, slug: str, lang: str) -> str:
        return _name(self.services, slug, lang)

    def provider(self, slug: str, lang: str) -> str:
        return _name(self.providers, slug, lang)


def _name(names: Names, slug: str, lang: str) -> str:
    return names.get(slug, {}).get(lang) or slug


# What kind of data was asked for or handed over.
DATA = {
    "access": N_("access records"),
    "content": N_("content"),
    "subscriber": N_("subscriber information"),
    "traffic": N_("traffic records"),
}

# What a request bears besides its outcome.
MARKS = {
    "blinded": N_("other people blinded"),
    "emergency": N_("emergency"),
    "narrowed": N_("narrowed before it was answered"),
    "notice-deferred": N_("notice deferred"),
    "notified": N_("user notified"),
    "suspected-forgery": N_("suspected forgery"),
    "voluntary": N_("voluntary"),
}

# Column heads and words of a row: short, lower case in English.
WORDS = {
    "requested": N_("requested"),
    "processed": N_("processed"),
    "accounts": N_("accounts"),
    "issued": N_("issued"),
    "documents": N_("documents"),
    "numbers": N_("numbers"),
    "users": N_("users"),
    "market-share": N_("market share"),
    "compliance-percent": N_("share processed, in percent"),
    "accounts-per-processed": N_("accounts per processed request"),
    "challenged-or-rejected": N_("challenged or rejected"),
    "no-data-provided": N_("answered without data"),
    "disclosed-content": N_("answered with content"),
    "disclosed-non-content-only": N_("answered without content"),
    "devices": N_("devices named"),
    "financial-identifiers": N_("payment identifiers named"),
    "accounts-preserved": N_("accounts preserved"),
    "deleted": N_("accounts deleted"),
    "restricted": N_("accounts restricted"),
    "complied": N_("complied in full"),
    "partial": N_("complied in part"),
    "refused": N_("refused"),
    "no-data": N_("no data"),
    "withdrawn": N_("withdrawn"),
    "accounts-asked": N_("accounts asked for"),
    "accounts-disclosed": N_("accounts disclosed"),
    "median-days-to-resolution": N_("median days from receipt to resolution"),
    "open-at-end": N_("requests open at the end"),
    "promises-made": N_("promises made that a line will be in the log"),
    "promises-kept": N_("of them kept in time"),
    "promises-late": N_("of them kept late"),
    "follow-ups": N_("follow-ups"),
    "follow-up-accounts": N_("accounts named later"),
    **MARKS,
    "agreed": N_("agreed"),
    "disputed": N_("disputed"),
    "single-source": N_("single source"),
    "derived": N_("derived"),
    "banded": N_("a band"),
    "missing": N_("not published"),
    "recounted": N_("a recount of the provider's log"),
    "company-report": N_("the company's own report"),
    "company-report-copy": N_("a copy of the company's own table"),
    "ministry": N_("ministry"),
    "ngo": N_("non-governmental organisation"),
    "news": N_("news"),
}

# Why an entry of the log is not opened.
WITHHELD = {
    "non-disclosure-order": N_("an order forbids it"),
    "banded": N_("the law allows only bands"),
    "lost": N_("the line is lost"),
}

# One sentence each, for definitions and for what stands beside a status.
MEANINGS = {
    "requested": N_("Requests received in the half-year, resolved or not."),
    "processed": N_(
        "Requests answered with data, in full or in part, in the half-year, whenever they were received."
    ),
    "accounts": N_("Accounts whose data was handed over. One request can name thousands."),
    "accounts-asked": N_("Accounts that the requests received in the half-year name."),
    "accounts-disclosed": N_("Accounts whose data was handed over. One request can name thousands."),
    "refused": N_("The provider declined: the law does not oblige, or the document was defective."),
    "no-data": N_("There was nothing to hand over, for instance because it had been deleted by then."),
    "withdrawn": N_("The authority took its request back."),
    "follow-ups": N_(
        "Later requests that name people who were blinded in an earlier answer. They are counted apart."
    ),
    "agreed": N_("At least two independent sources print this figure, and none prints another."),
    "disputed": N_("Sources print different figures. The preferred one is shown, with its rivals."),
    "single-source": N_("Only one independent source prints this figure."),
    "derived": N_("Nobody prints this figure; it follows from figures that are printed."),
    "banded": N_("The source prints a range, not a number."),
    "missing": N_("No source that we hold prints this figure. That is not the same as zero."),
}
