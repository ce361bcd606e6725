"""What was published of one request: its opened lines, and the reports and rows that count them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sagwan.formats.errors import FormatError
from sagwan.formats.opening import parse
from sagwan.record.vocabulary import LineKind
from sagwan.verify.run import Run


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the request as it was published: where it stands, and the report and row that count it.

    `counts` are that row's cells as they were recounted, by measure, of everyone's requests together.
    """

    index: int
    kind: str
    outcome: str
    reason: str
    period: str
    row: tuple[str, str, str]
    counts: Mapping[str, int] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """The line in a verdict's JSON."""
        return {
            "index": self.index,
            "kind": self.kind,
            "outcome": self.outcome,
            "reason": self.reason,
            "period": self.period,
            "row": list(self.row),
            "counts": dict(self.counts),
        }


def request_lines(run: Run, request: str) -> Iterator[Line]:
    """The published lines of a request, in log order."""
    if run.openings is None:
        return
    rows = {result.period: result.rows for result in run.results}
    for index, raw in run.openings.lines_with(request):
        try:
            line = parse(raw)
        except FormatError:
            continue  # check 5 has named it
        home = run.openings.requests.counted_in(index)
        if line.request == request and home:
            counts = rows.get(str(home), {}).get(line.row, {})
            yield Line(index, str(line.kind), line.outcome, line.reason, str(home), line.row, counts)


def ending(lines: Iterable[Line]) -> str:
    """The outcome as it stands: the last line's that has one; empty where none is published."""
    ended = [line for line in lines if line.kind in (LineKind.RESOLVED, LineKind.CORRECTED)]
    return next((line.outcome for line in reversed(ended) if line.outcome != "-"), "")
