"""Bands that United States law sets for national-security figures (50 USC 1874)."""

from dataclasses import replace

from sagwan.compare.importers.cells import PLAIN, Reading, between
from sagwan.compare.importers.written import canonical
from sagwan.compare.value import Band, read_value

_WIDTHS = (100, 250, 500, 1000)
_RULE = "50-usc-1874"
RAISED = "lower end raised by letters since released from their gag"


def band(cell: str) -> Reading:
    """The rule behind a printed band: `0 - 249` is 250 wide; `13-499` is 500 wide, its lower end raised."""
    text = canonical(cell, "count")
    read = read_value(text, "count")
    if not isinstance(read, Band):
        return PLAIN
    own = PLAIN if text == cell else Reading(read.code.value, str(read.low), str(read.high))
    width = next((one for one in _WIDTHS if read.high - read.low < one), 0)
    if not width or (read.high + 1) % width:
        return own
    return replace(own, rule=f"{_RULE}-{width}", reason=RAISED if read.low % width else "")


def band_between(low: str, high: str) -> tuple[str, Reading]:
    """Two columns, MIN and MAX, as the one cell that they print, and how it is read."""
    cell = between(low, high)
    ends = between(canonical(low, "count").strip(), canonical(high, "count").strip())
    read, own = read_value(ends, "count"), band(ends)
    if ends == cell or not isinstance(read, Band):
        return cell, own
    return cell, replace(own, state=read.code.value, low=str(read.low), high=str(read.high))


def is_band(cell: str) -> bool:
    """True for two ends, or a threshold."""
    return isinstance(read_value(canonical(cell, "count"), "count"), Band)
