"""Pages: templates, one style sheet, charts and translations for the public's static pages.

Nothing here knows of a web framework, a database or a network: values go in, bytes of HTML come out, the
same bytes on every run.
"""

from sagwan.pages.environment import render
from sagwan.pages.i18n import LANGUAGES, N_, translator
from sagwan.pages.labels import Labels
from sagwan.pages.site import Page, rendered, script, style_sheet

__all__ = ["LANGUAGES", "N_", "Labels", "Page", "render", "rendered", "script", "style_sheet", "translator"]
