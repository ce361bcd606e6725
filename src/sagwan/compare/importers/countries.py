"""Countries as they are printed: whole names only, by ISO 3166 (pycountry) and a table of other spellings.

A name is never matched by its beginning: `United States Minor Outlying Islands` is not the United States. A
name that is not known stays as printed, and its figure is kept under it.
"""

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import pycountry

from sagwan.compare.importers.written import plain

_MARKS = re.compile(
    r"(?:[*+\u2020\u2021\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+|\s*[\[(][0-9]{1,2}[\])])+\s*$"
)
TOTAL = "total"
BLANK = "blank"
_TOTALS = frozenset({"total", "totals", "grand total", "all countries", "worldwide", "world", "합계", "전체"})
# Not in ISO 3166-1, but used by those who print such tables: the Union, and Kosovo (a user-assigned code).
_BEYOND_ISO = frozenset({"EU", "XK"})


@dataclass(frozen=True, slots=True)
class Place:
    """A jurisdiction: its code, and the name as printed.

    Without a code, `part` says what stands there instead: `total`, or the name that nobody is known by.
    """

    code: str
    printed: str
    part: str = ""

    @property
    def parts(self) -> Mapping[str, str]:
        """What goes into a figure's part, so that a total is no country and an unknown name not another."""
        return {"jurisdiction": self.part} if self.part else {}


NOWHERE = Place("", "")


def country(printed: str, code: str = "") -> Place:
    """The place of a printed name and, where the source prints one too, its code, which decides.

    A total's place has the part `total`; a name that is not known is its own part.
    """
    if known := _code(code.strip().upper()):
        return Place(known, printed or code)
    name = _plain(printed)
    if not name:
        return Place("", printed, f"code {code.strip()}" if code.strip() else "")
    if name in _TOTALS:
        return Place("", printed, TOTAL)
    found = _code(printed) or _names().get(name, "")
    return Place(found, printed) if found else Place("", printed, " ".join(printed.split()))


def named(printed: str, code: str = "") -> Place:
    """The place of a row whose table names one in each: where nothing is printed (two cells were merged, or a
    total has no name) that is a part of its own, so that its figures are taken for nobody else's."""
    place = country(printed, code)
    return place if place.code or place.part else Place("", printed, BLANK)


def is_known(place: Place) -> bool:
    return bool(place.code) or place.part in ("", TOTAL)


def _code(text: str) -> str:
    code = text.strip().upper()
    if len(code) != 2 or code != text.strip():
        return ""
    if code in _aliases():
        return _aliases()[code]
    known = code in _BEYOND_ISO or pycountry.countries.get(alpha_2=code) is not None
    return code if known else ""


def _plain(name: str) -> str:
    text = _MARKS.sub("", " ".join(name.split()))
    return unicodedata.normalize("NFKC", plain(text)).casefold()


@cache
def _names() -> Mapping[str, str]:
    """Every whole name that is known, and its code. The table of spellings comes last: it is reviewed."""
    names: dict[str, str] = {}
    for one in pycountry.countries:
        for kind in ("name", "common_name", "official_name"):
            if name := getattr(one, kind, None):
                names[_plain(name)] = one.alpha_2
    names |= {_plain(name): code for name, code in _aliases().items() if len(name) > 2}
    return names


@cache
def _aliases() -> Mapping[str, str]:
    """Other spellings and codes, from data/countries.csv."""
    table = resources.files("sagwan.compare.importers").joinpath("data", "countries.csv")
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return {row["printed"]: row["code"] for row in rows}
