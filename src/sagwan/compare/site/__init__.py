"""The observatory's static site: a front page for a period, a page for every figure, the method, the data."""

from sagwan.compare.site.build import Folder, build_site, site_files

__all__ = ["Folder", "build_site", "site_files"]
