"""What an executor could not read, told to the reader: Spark sends home only the text of its traceback."""

import re

from sagwan.verify.errors import SourceError

_LINE = re.compile(rf"^\s*{re.escape(SourceError.__module__)}\.{SourceError.__name__}: (.+)$", re.MULTILINE)


def refused(traceback: str) -> SourceError | None:
    """The error that an executor's code raised, with its hint; None where it was another one."""
    said = _LINE.search(traceback)
    if not said:
        return None
    text = said[1]
    start = _last_parenthesis(text)
    return SourceError(text[:start].rstrip(), hint=text[start + 1 : -1]) if start > 0 else SourceError(text)


def _last_parenthesis(text: str) -> int:
    """Where the parenthesis opens that the text closes with; 0 where it closes with none."""
    depth = 0
    for at in range(len(text) - 1, 0, -1):
        depth += {")": 1, "(": -1}.get(text[at], 0)
        if not depth:
            return at if text[at] == "(" else 0
    return 0
