"""How a figure is cited: in a line, as BibTeX and as CSL-JSON. Nothing here asks a clock."""

import json
import re
from urllib.parse import urljoin

from sagwan.compare.result import Reconciled
from sagwan.compare.site.addresses import figure_page
from sagwan.compare.site.view import View, amount, title
from sagwan.compare.words import Language
from sagwan.pages import Labels
from sagwan.pages.i18n import period_name

_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "&%$#_{}"} | {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


def citation(item: Reconciled, labels: Labels, lang: Language, site: str = "") -> View:
    """What a footnote to this figure needs: words, value, the source that stands, the key and the claim's id.

    The date is the source's own. `site` is the site's address (`https://…/`), or empty where it is not known.
    """
    words = title(item.figure, labels, lang)
    parts = (words["service"], words["instrument"], words["metric"], words["part"], words["country"])
    claim = item.preferred
    found = {
        "name": ", ".join(filter(None, parts)),
        "period": period_name(item.figure.period, lang),
        "value": amount(item.value) if item.value is not None else "",
        "publisher": claim.source_publisher if claim else "",
        "date": claim.source_date if claim else "",
        "claim": claim.id if claim else "",
        "key": words["key"],
        "formula": item.total.sum_text if item.total and not claim else "",
        "address": urljoin(site, f"{lang}/{figure_page(item.figure)}") if site else "",
    }
    return {**found, "bibtex": _bibtex(found), "csl": _csl(found, lang)}


def _title(found: View) -> str:
    return f"{found['name']}, {found['period']}: {found['value']}"


def _bibtex(found: View) -> str:
    fields = {
        "title": "{" + _tex(_title(found)) + "}",
        "author": "{Sagwan}",
        "year": "{" + found["date"][:4] + "}" if _DATE.fullmatch(found["date"]) else "",
        "note": "{" + _tex(_note(found)) + "}",
        "url": "{" + found["address"] + "}" if found["address"] else "",
    }
    lines = "".join(f",\n  {name} = {value}" for name, value in fields.items() if value)
    return f"@misc{{sagwan-{_name(found)}{lines}\n}}"


def _csl(found: View, lang: Language) -> str:
    document: dict[str, object] = {
        "id": f"sagwan-{_name(found)}",
        "type": "dataset",
        "title": _title(found),
        "author": [{"literal": "Sagwan"}],
        "language": lang,
        "note": _note(found),
    }
    if date := _DATE.fullmatch(found["date"]):
        document["issued"] = {"date-parts": [[int(part) for part in date.groups() if part]]}
    if found["address"]:
        document["URL"] = found["address"]
    return json.dumps([document], ensure_ascii=False, indent=1)


def _note(found: View) -> str:
    """The source that stands, its date, the figure's key and the claim's id."""
    source = ", ".join(filter(None, (found["publisher"], found["date"])))
    return "; ".join(filter(None, (source or found["formula"], found["key"], found["claim"])))


def _name(found: View) -> str:
    return re.sub(r"[^a-zA-Z0-9]+", "-", found["key"]).strip("-").lower()


def _tex(text: str) -> str:
    return text.translate(_SPECIAL)
