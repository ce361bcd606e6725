"""Charts as values: lengths in percent of the drawing's width, so that one drawing fits 360 and 1280 pixels.

Text in the drawing keeps the page's own size, because nothing is scaled. templates/charts.html draws.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 50  # the longest bar's length in percent; the rest is for the label and the numbers beside it
LONGEST_BESIDE_LONG_TEXT = 40
LONG_NUMBER = 10_000  # from here on the numbers beside a bar need the room of a long label
INDENT, WIDEST_INDENT = 64, 104  # pixels that labels take, at least and at most
ROW, HEAD, BAR = 26, 30, 14  # pixels: a row, a group's heading, a bar's height
LINE, LONGEST_LINE = 20, 300  # pixels: a further line of a heading, and what fits a screen of 360


@dataclass(frozen=True, slots=True)
class Bar:
    """How many were asked, and how many of them answered with data; None where that is not published."""

    label: str
    asked: int | None
    done: int | None
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class DrawnBar:
    bar: Bar
    label: str  # cut where it is too long
    top: int
    asked: str | None  # length, in percent of the drawing's width
    done: str | None
    end: str  # where the numbers begin


@dataclass(frozen=True, slots=True)
class DrawnGroup:
    title: tuple[str, ...]  # its lines: an SVG text does not wrap
    top: int
    head: int
    bars: tuple[DrawnBar, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything a template needs to draw the bars; `height` in pixels."""

    groups: tuple[DrawnGroup, ...]
    height: int
    indent: int
    bar: int = BAR
    row: int = ROW
    line: int = LINE


def draw(groups: Sequence[Group]) -> Drawing:
    """Lay groups of bars under one another on one common scale, which begins at 0."""
    bars = [bar for group in groups for bar in group.bars]
    most = max((value for bar in bars for value in (bar.asked, bar.done) if value), default=1)
    indent = min(WIDEST_INDENT, max([INDENT, *(_width(bar.label) + 10 for bar in bars)]))
    roomy = indent == INDENT and most < LONG_NUMBER
    scale = Scale(most, LONGEST if roomy else LONGEST_BESIDE_LONG_TEXT, indent)
    drawn, top = [], 0
    for group in groups:
        title = wrapped(group.title)
        head = HEAD + (len(title) - 1) * LINE
        rows = tuple(scale.bar(bar, top + head + place * ROW) for place, bar in enumerate(group.bars))
        drawn.append(DrawnGroup(title, top, head, rows))
        top += head + len(rows) * ROW
    return Drawing(tuple(drawn), top + 4, indent)


@dataclass(frozen=True, slots=True)
class Scale:
    """`most` is as long as `longest` percent; labels have `indent` pixels."""

    most: int
    longest: int
    indent: int

    def bar(self, bar: Bar, top: int) -> DrawnBar:
        end = self._length(max(bar.asked or 0, bar.done or 0)) or "0.00%"
        asked, done = self._length(bar.asked), self._length(bar.done)
        return DrawnBar(bar, self._label(bar.label), top, asked, done, end)

    def _length(self, value: int | None) -> str | None:
        if value is None:
            return None
        hundredths = value * self.longest * 100 // self.most  # whole numbers only: the same bytes everywhere
        return f"{hundredths // 100}.{hundredths % 100:02d}%"

    def _label(self, text: str) -> str:
        if _width(text) <= self.indent:
            return text
        while text and _width(text) > self.indent - 12:
            text = text[:-1]
        return text.rstrip() + "…"


def wrapped(text: str) -> tuple[str, ...]:
    """A heading in lines that fit the narrowest screen, broken between words; one word stays whole."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer) > LONGEST_LINE:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(lines)


def _width(text: str) -> int:
    """About how wide a label is, in pixels: Hangul and Han are wider than Latin."""
    return sum(13 if ord(sign) >= 0x1100 else 8 for sign in text)
