"""Templates: Django's Jinja2 backend over the pages' own environments, one a language."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.backends.base import BaseEngine
from django.template.backends.jinja2 import Jinja2, Template
from django.urls import reverse

from sagwan.desk.web.i18n import language
from sagwan.desk.web.moments import moment
from sagwan.desk.web.refusals import said
from sagwan.desk.web.words import WORDS
from sagwan.pages import translator
from sagwan.pages.environment import new_environment

FOLDER = "desk/"


class Pages(Jinja2):
    """Finds `account/login.html` at `pages/templates/desk/account/login.html`, in the request's language."""

    def __init__(self, params: dict[str, Any]) -> None:
        params = {name: value for name, value in params.items() if name != "OPTIONS"}
        BaseEngine.__init__(self, params)  # the environments are made below, not by Django
        self.context_processors = ("sagwan.desk.web.context.page",)

    @property
    def env(self) -> Any:
        return environment(language())

    def get_template(self, template_name: str) -> Template:
        return super().get_template(FOLDER + template_name)


@cache
def environment(lang: str) -> Any:
    """The desk's environment of a language: the pages' own, which also knows addresses, files and words."""
    made = new_environment(lang, url=url, static=static)
    gettext = translator(lang).gettext
    made.filters["moment"] = lambda at: moment(at, lang)
    made.filters["refusal"] = said
    made.filters["called"] = lambda slug: gettext(WORDS[str(slug)])
    return made


def url(name: str, *args: object) -> str:
    """The address of a view."""
    return reverse(name, args=args)


@cache
def static(path: str) -> str:
    """The address of a file that the program brings. It changes with the file's bytes, so that a browser may
    keep what it got."""
    found = finders.find(path)
    if not isinstance(found, str):
        raise FileNotFoundError(f"there is no static file {path!r}")
    return f"/static/{path}?{hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12]}"
