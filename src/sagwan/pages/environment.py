"""Jinja2, set so that a page cannot be wrong quietly: names are escaped, an unknown one is an error."""

from functools import cache, partial
from typing import TYPE_CHECKING, Any

from sagwan.pages import i18n, labels

if TYPE_CHECKING:
    from jinja2 import Environment


def render(template: str, lang: str, /, **context: Any) -> str:
    """The text of `pages/templates/<template>` in `ko` or `en`.

    Raises jinja2.UndefinedError where the template names what `context` lacks.
    """
    return _environment(lang).get_template(template).render(**context)


@cache
def _environment(lang: str) -> "Environment":
    return new_environment(lang)


def new_environment(lang: str, **names: Any) -> "Environment":
    """An environment of its own for `lang`, whose templates and macros know `names`, too."""
    # Imported only here: `sagwan verify` tells failures in Korean where no template engine is installed.
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415

    messages = i18n.translator(lang)
    environment = Environment(
        loader=PackageLoader("sagwan.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(messages, newstyle=True)  # type: ignore[attr-defined]
    environment.filters |= {
        "number": i18n.number,
        "percent": i18n.percent,
        "day": partial(i18n.day, lang=lang),
        "period": partial(i18n.period_name, lang=lang),
        "listing": partial(i18n.listing, lang=lang),
        "word": lambda slug: messages.gettext(labels.WORDS[slug]) if slug in labels.WORDS else slug,
        "withheld": lambda reason: messages.gettext(labels.WITHHELD[reason]),
        "meaning": lambda slug: messages.gettext(labels.MEANINGS[slug]),
    }
    environment.globals |= {
        "lang": lang,
        "languages": i18n.LANGUAGES,
        "csp": CONTENT_SECURITY_POLICY,
        "csp_script": CONTENT_SECURITY_POLICY_WITH_SCRIPT,
        "csp_module": CONTENT_SECURITY_POLICY_WITH_MODULE,
        "module": "",
        **names,
    }
    return environment


# A page needs its style sheet and nothing else: no script, no font, no frame, no form, no other host.
CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
# The same for pages that a script of the site's own makes handier; they need it for nothing.
CONTENT_SECURITY_POLICY_WITH_SCRIPT = (
    "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'"
)
# The recount reads the site's own files, and hashes them in workers.
CONTENT_SECURITY_POLICY_WITH_MODULE = (
    "default-src 'none'; style-src 'self'; script-src 'self'; worker-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
