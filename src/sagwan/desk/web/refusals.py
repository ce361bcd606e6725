"""What the desk refuses, in the language of the request at hand."""

from django.utils.html import format_html

from sagwan.desk.web.i18n import language, translate
from sagwan.desk.web.words import WORDS
from sagwan.pages import refusals
from sagwan.record.errors import SagwanError


def said(error: SagwanError) -> str:
    """What an error says, and in brackets what to do; slugs by their names. For pages, not for files."""
    lang = language()
    text = refusals.said(error, lang, _name)
    return _marked(text, lang, known=refusals.known(error.message))


def shown(text: str) -> str:
    """One text of an error or of a row's fault, for a page."""
    lang = language()
    return _marked(refusals.told(text, lang, _name), lang, known=not text or refusals.known(text))


def told(text: str) -> str:
    """One text about a row of a file, for a page or a file: slugs stay, since people write them there."""
    return refusals.told(text, language())


def _marked(text: str, lang: str, *, known: bool) -> str:
    """English on a Korean page says that it is English, so that it is read out as such."""
    return text if lang == "en" or known else format_html('<span lang="en">{}</span>', text)


def _name(slug: str) -> str:
    return translate(WORDS[slug]) if slug in WORDS else slug
