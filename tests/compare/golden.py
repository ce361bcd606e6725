"""Reading the golden tables: a figure is `provider/service country [period] category metric [part]`."""

from sagwan.compare import Band, Comparison, Figure
from sagwan.compare.result import Reconciled


def figure_of(name: str) -> Figure:
    scope, country, period, category, metric, *part = name.split()
    provider, service = scope.split("/")
    return Figure(provider, service, country, period, category.strip("-") and category, metric, *part)


def line_of(result: Reconciled) -> tuple[str, str, str, str]:
    """A figure's status, value, name (its period left out) and codes."""
    figure = result.figure
    scope = f"{figure.provider}/{figure.service} {figure.jurisdiction}"
    name = f"{scope} {figure.category or '-'} {figure.metric} {figure.part}".strip()
    return result.status.value, _value(result), name, " ".join(result.codes)


def lines_of(comparison: Comparison, *, abroad: bool) -> list[tuple[str, str, str, str]]:
    home = ("kakao", "ministry", "naver", "naver+kakao")
    return [line_of(r) for r in comparison.figures if (r.figure.provider not in home) == abroad]


def lines_in(table: str) -> list[tuple[str, str, str, str]]:
    rows = ([cell.strip() for cell in line.split("|")] for line in table.strip().splitlines())
    return [(status, value, name, codes) for status, value, name, codes in rows]


def _value(result: Reconciled) -> str:
    value = result.value
    if value is None:
        return "-"
    return f"{value.low}..{value.high}" if isinstance(value, Band) else str(value.number)
