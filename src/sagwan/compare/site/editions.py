"""The editions of a figure: what each printed, then and since, and why a later one differs."""

from collections.abc import Mapping, Sequence

from sagwan.compare.claim import Claim, SourceKind
from sagwan.compare.edition import checksum
from sagwan.compare.editions import Change, restatements
from sagwan.compare.figure import Figure
from sagwan.compare.result import Comparison, Reconciled
from sagwan.compare.site.addresses import link
from sagwan.compare.site.view import View, amount
from sagwan.compare.value import Missing
from sagwan.compare.words import Language
from sagwan.pages import N_, translator

CAUSES = {
    "correction": N_("correction"),
    "re-classing": N_("moved to another kind"),
    "un-gagging": N_("un-gagged"),
    "formatting": N_("another form, the same number"),
    "rename": N_("another name, the same number"),
    "re-definition": N_("another definition"),
    "unknown": N_("cause not stated"),
}


def changes_of(comparison: Comparison) -> dict[Figure, list[Change]]:
    """Every restatement among the comparison's claims, by figure."""
    found: dict[Figure, list[Change]] = {}
    for change in restatements(comparison.claims):
        found.setdefault(change.figure, []).append(change)
    return found


def editions_of(item: Reconciled, changes: Sequence[Change], lang: Language) -> list[View]:
    """The provider's or ministry's own editions that print the figure, the earliest first; none where there
    is but one and nothing was restated. Newspapers are no editions."""
    own = sorted(filter(_is_edition, item.claims), key=lambda claim: (claim.last_day, claim.id))
    if len(own) < 2 and not changes:
        return []
    return [_edition(claim, changes, lang) for claim in own]


def _is_edition(claim: Claim) -> bool:
    kind = claim.source_kind
    return kind is SourceKind.MINISTRY or (kind.is_provider and kind is not SourceKind.RECOUNTED)


def _edition(claim: Claim, changes: Sequence[Change], lang: Language) -> View:
    """An edition's value, and what it changed against the one before or what the next one changed."""
    told = [one for one in changes if one.after == claim or (one.after is None and one.before == claim)]
    return {
        "date": claim.source_date,
        "publisher": claim.source_publisher,
        "href": link(claim.source_url),
        "value": claim.value.strip() if isinstance(claim.read, Missing) else amount(claim.read),
        "checksum": checksum(claim.edition),
        "changes": [_change(one, lang) for one in told],
    }


def _change(change: Change, lang: Language) -> Mapping[str, str]:
    cause = str(change.cause)
    return {"cause": translator(lang).gettext(CAUSES[cause]), "sentence": change.sentence(lang)}
