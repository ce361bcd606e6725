"""What the browser's verifier finds, in Korean: told.js says what sagwan.pages.refusals says."""

import importlib.util
import sys
from collections.abc import Sequence
from itertools import product

import pytest

from sagwan.pages import refusals
from sagwan.pages.browser_words import korean_module, sayable
from tests.house.tree import ROOT

from .modules import Modules, opened_modules

pytestmark = pytest.mark.browser

sys.path.append(str(ROOT / "scripts"))
_SPEC = importlib.util.spec_from_file_location("browser_texts", ROOT / "scripts" / "browser_texts.py")
assert _SPEC and _SPEC.loader
browser_texts = importlib.util.module_from_spec(_SPEC)
sys.modules["browser_texts"] = browser_texts
_SPEC.loader.exec_module(browser_texts)

SAID = sorted(browser_texts.read(ROOT / "src" / "sagwan"))
"""The templates of what the modules say."""
VALUES = (
    "2016H1", "서울마포", "1,809", "0", "1000000000000", "3.50", "log/tile/0/000", "a (b)", "12%", "KT",
    "LINE", "Apple", "Facebook", "k", "it's", "'a: b'", '"x y"', "two words", "one; two: three", "{v0}", "",
    "a\nb\\1", "the note is not UTF-8", "log/key is not there", "none", "하나: 둘",
    "policy line 1: x: log/key cannot be read: the text is no checkpoint",
)  # fmt: skip
"""Of every kind on which a particle or the fitting depends."""
WITHIN = ("row 7: {}", "what: where; {}", "a: b: c: d: e: {}", "{} and more", "x" * 570 + ": {}")


@pytest.fixture(scope="module")
def modules(browser, tmp_path_factory):
    with opened_modules(browser, tmp_path_factory.mktemp("korean")) as opened:
        yield opened


def filled(places: Sequence[str]) -> list[str]:
    """Every template of the browser, with several values, alone and within other texts."""
    found = []
    for template, start in product(SAID, range(len(VALUES))):
        text = template.format(*VALUES[start:], *VALUES[:start])
        found += [text, places[start % len(places)].format(text)]
    return [*dict.fromkeys(found)]


@pytest.fixture
def _the_same_tables(monkeypatch):
    """Python with the browser's tables: what nobody says may be told otherwise by others' templates."""
    found = sayable()
    monkeypatch.setattr(refusals, "read", lambda: (("", *one) for one in found.items()))
    for one in (refusals.table, refusals._fits):
        one.cache_clear()
    yield
    for one in (refusals.table, refusals._fits):
        one.cache_clear()


@pytest.mark.usefixtures("_the_same_tables")
def test_both_tell_the_same_of_every_template(modules):
    tell_the_same(modules, filled(WITHIN))


def test_both_tell_the_same_of_what_is_said(modules):
    tell_the_same(modules, filled(("{}",)))


def tell_the_same(modules: Modules, texts: list[str]) -> None:
    found = zip(texts, modules.told(texts), strict=True)
    assert [
        (text, korean, mine) for text, korean in found if korean != (mine := refusals.told(text, "ko"))
    ] == []


def test_every_template_is_there_and_the_module_is_the_same_each_time():
    module = korean_module()
    korean_module.cache_clear()
    assert korean_module() == module
    for template in SAID:
        assert all(piece in module.decode().replace(r"\"", '"') for piece in refusals.pieces(template)), (
            template
        )


def test_what_nobody_translated_stays_english(modules):
    texts = ["nobody ever wrote such a sentence", "", ": ", "a: b: c"]
    assert modules.told(texts) == texts
