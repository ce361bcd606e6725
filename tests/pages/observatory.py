"""The site of the packaged claims, built once for all the tests that read it."""

from functools import cache

from sagwan.compare import Comparison, compare, load_packaged
from sagwan.compare.site import site_files
from tests.pages.html import read
from tests.pages.test_pages_compare import LABELS


@cache
def everything() -> Comparison:
    return compare(load_packaged())


@cache
def site() -> dict[str, bytes]:
    return dict(site_files(everything(), labels=LABELS, contact="mailto:figures@example.org"))


def page(path: str) -> str:
    return " ".join(" ".join(read(site()[path]).text).split())
