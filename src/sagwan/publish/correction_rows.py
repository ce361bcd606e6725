"""Corrections as a half-year's page shows them: the entry, the one it replaces, and what differs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sagwan.formats.opening import NONE, Opening
from sagwan.pages import Labels, translator
from sagwan.pages.i18n import number
from sagwan.pages.labels import DATA, WORDS
from sagwan.publish.corrections import Correction

MOST = 50
"""Corrections that a page lists; the openings hold them all."""

ABSENT = "–"
Word = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Words:
    """What the fields of lines are called in one language."""

    labels: Labels
    lang: str

    def said(self, message: str) -> str:
        return translator(self.lang).gettext(message)

    def word(self, slug: str) -> str:
        known = DATA.get(slug) or WORDS.get(slug)
        return self.said(known) if known else slug

    def reason(self, slug: str) -> str:
        return self.labels.reason(slug, self.lang)


def rows(
    found: Sequence[Correction], services: Mapping[str, str], labels: Labels, lang: str
) -> list[dict[str, Any]]:
    """The first `MOST` corrections; `services` names services by slug."""
    words = Words(labels, lang)
    return [
        {
            "index": one.index,
            "replaced": one.replaced,
            "period": one.before.period,
            "service": services.get(one.after.service, one.after.service),
            "title": labels.instrument(one.after.instrument, lang),
            "changes": list(_changes(one.before, one.after, words)),
        }
        for one in found[:MOST]
    ]


def _changes(before: Opening, after: Opening, words: Words) -> Iterator[dict[str, str]]:
    """The public fields that may differ (9 to 13 of a line) and do."""
    _ = words.said
    for name, old, new in (
        (_("outcome"), _one(before.outcome, words.word), _one(after.outcome, words.word)),
        (_("reason"), _one(before.reason, words.reason), _one(after.reason, words.reason)),
        (_("data"), _several(before.data, words), _several(after.data, words)),
        (words.word("accounts"), number(before.accounts), number(after.accounts)),
        (_("mark"), _several(before.marks, words), _several(after.marks, words)),
    ):
        if old != new:
            yield {"name": name, "before": old, "after": new}


def _one(slug: str, word: Word) -> str:
    return ABSENT if slug == NONE else word(slug)


def _several(slugs: Sequence[str], words: Words) -> str:
    return ", ".join(map(words.word, slugs)) or ABSENT
