"""The language of the request at hand, and messages in it."""

from collections.abc import Callable

from django.utils.functional import lazy
from django.utils.translation import get_language

from sagwan.pages import translator


def language() -> str:
    """`ko` or `en`: what the request asked for."""
    return "ko" if (get_language() or "").startswith("ko") else "en"


def translate(message: str) -> str:
    """`message` in the language of the request at hand."""
    return translator(language()).gettext(message)


_: Callable[[str], str] = lazy(translate, str)
"""Marks a message and translates it when it is shown, as form labels need it."""
