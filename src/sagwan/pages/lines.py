"""Line charts as values: x in percent of the width, y in pixels, so that one drawing fits any screen.

A gap stays a gap, a band is an upright from its low to its high end, and nothing is ever drawn at its middle.
"""

from collections.abc import Sequence
from dataclasses import dataclass

TOP, PLOT, FOOT = 34, 150, 24  # pixels: above the plot (marks), the plot, the years below
LEFT, RIGHT = 9, 97  # percent: where the first and the last period stand
MOST_TICKS = 4


@dataclass(frozen=True, slots=True)
class Dot:
    """A period's value, or the ends of its band; `disputed` where sources differ."""

    low: int
    high: int
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its kind names its look in the style sheet (`asked`, `done`, `people`)."""

    label: str
    kind: str
    dots: Sequence[Dot | None]


@dataclass(frozen=True, slots=True)
class Segment:
    kind: str
    x1: str
    y1: int
    x2: str
    y2: int


@dataclass(frozen=True, slots=True)
class Point:
    kind: str
    x: str
    y: int
    top: int | None  # a band's upper end; None for a point
    disputed: bool


@dataclass(frozen=True, slots=True)
class Tick:
    label: str
    at: int | str


@dataclass(frozen=True, slots=True)
class LineDrawing:
    """Everything a template needs; `height` in pixels, `marks` are numbers to be explained below."""

    segments: tuple[Segment, ...]
    points: tuple[Point, ...]
    years: tuple[Tick, ...]
    values: tuple[Tick, ...]
    marks: tuple[Tick, ...]
    lines: tuple[Line, ...]
    base: int = TOP + PLOT
    height: int = TOP + PLOT + FOOT
    top: int = TOP


def draw_lines(
    periods: Sequence[str], lines: Sequence[Line], marks: Sequence[tuple[str, int]] = ()
) -> LineDrawing:
    """Lay lines over half-years (`2016H1`) on one scale that begins at 0. `marks` are (period, number)."""
    most = max((dot.high for line in lines for dot in line.dots if dot), default=0)
    step = _step(most)
    scale = _Scale(max(len(periods) - 1, 1), max(most, step, 1))
    return LineDrawing(
        tuple(segment for line in lines for segment in _segments(line, scale)),
        tuple(point for line in lines for point in _points(line, scale)),
        tuple(
            Tick(f"’{period[2:4]}", scale.x(place))
            for place, period in enumerate(periods)
            if not period.endswith("H2")
        ),
        tuple(Tick(f"{value:,}", scale.y(value)) for value in range(0, scale.most + 1, step)),
        tuple(
            Tick(str(number), scale.x(periods.index(period))) for period, number in marks if period in periods
        ),
        tuple(lines),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    last: int
    most: int

    def x(self, place: int) -> str:
        hundredths = LEFT * 100 + (RIGHT - LEFT) * 100 * place // self.last
        return f"{hundredths // 100}.{hundredths % 100:02d}%"

    def y(self, value: int) -> int:
        return TOP + PLOT - value * PLOT // self.most


def _step(most: int) -> int:
    """The least of 1, 2 and 5 times a power of ten that needs at most MOST_TICKS lines."""
    unit = 1
    while True:
        for step in (unit, 2 * unit, 5 * unit):
            if most // step <= MOST_TICKS:
                return step
        unit *= 10


def _segments(line: Line, scale: _Scale) -> list[Segment]:
    found = []
    for place, (one, other) in enumerate(zip(line.dots, line.dots[1:], strict=False)):
        # A band has no point to draw a line from.
        if one and other and one.low == one.high and other.low == other.high:
            ends = (scale.x(place), scale.y(one.low), scale.x(place + 1), scale.y(other.low))
            found.append(Segment(line.kind, *ends))
    return found


def _points(line: Line, scale: _Scale) -> list[Point]:
    return [
        Point(
            line.kind,
            scale.x(place),
            scale.y(dot.low),
            scale.y(dot.high) if dot.high != dot.low else None,
            dot.disputed,
        )
        for place, dot in enumerate(line.dots)
        if dot
    ]
