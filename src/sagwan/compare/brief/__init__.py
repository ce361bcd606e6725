"""The brief: what an article would say of a period, from rules alone, each number footnoted to its claims."""

from sagwan.compare.brief.model import Brief
from sagwan.compare.brief.render import html, markdown, view
from sagwan.compare.brief.write import NothingToTell, write_brief

__all__ = ["Brief", "NothingToTell", "html", "markdown", "view", "write_brief"]
