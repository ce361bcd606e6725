"""Bands that United States law sets for national-security figures (50 USC 1874)."""

from sagwan.compare.importers.cells import PLAIN, Reading
from sagwan.compare.value import Band, read_value

_WIDTHS = (100, 250, 500, 1000)
_RULE = "50-usc-1874"
RAISED = "lower end raised by letters since released from their gag"


def band(cell: str) -> Reading:
    """The rule behind a printed band: `0 - 249` is 250 wide; `13-499` is 500 wide, its lower end raised."""
    read = read_value(cell, "count")
    if not isinstance(read, Band):
        return PLAIN
    width = next((one for one in _WIDTHS if read.high - read.low < one), 0)
    if not width or (read.high + 1) % width:
        return PLAIN
    return Reading(rule=f"{_RULE}-{width}", reason=RAISED if read.low % width else "")
