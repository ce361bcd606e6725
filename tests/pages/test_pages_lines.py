"""The lines' geometry: true to scale, within the drawing, broken at gaps, and no point within a band."""

from hypothesis import given
from hypothesis import strategies as st

from sagwan.pages.lines import MOST_TICKS, PLOT, TOP, Dot, Line, draw_lines

PERIODS = ("2015H1", "2015H2", "2016H1", "2016H2")
values = st.integers(0, 10**15)
dots = st.none() | st.tuples(values, values, st.booleans()).map(
    lambda v: Dot(min(v[0], v[1]), max(v[0], v[1]), v[2])
)
charts = st.lists(
    st.builds(Line, st.just("a"), st.sampled_from(["asked", "done"]), st.lists(dots, min_size=4, max_size=4)),
    max_size=3,
)


def line(*numbers: int | None) -> Line:
    return Line("a", "asked", [None if n is None else Dot(n, n) for n in numbers])


def share(text: str) -> float:
    return float(text.removesuffix("%"))


def test_a_line_breaks_at_a_gap() -> None:
    drawing = draw_lines(PERIODS, [line(10, None, 20, 30)])
    assert len(drawing.points) == 3
    assert [(one.x1, one.x2) for one in drawing.segments] == [(drawing.points[1].x, drawing.points[2].x)]


def test_points_stand_on_one_scale_that_begins_at_0() -> None:
    drawing = draw_lines(PERIODS, [line(0, 50, 100, 25)])
    assert [one.y for one in drawing.points] == [TOP + PLOT, TOP + PLOT // 2, TOP, TOP + PLOT - PLOT // 4]
    assert drawing.values[0].label == "0"


def test_a_band_is_an_upright_and_no_line_leads_to_it() -> None:
    drawing = draw_lines(PERIODS, [Line("a", "asked", [Dot(5, 5), Dot(0, 499), Dot(7, 7), None])])
    assert not drawing.segments
    assert [one.top is not None for one in drawing.points] == [False, True, False]
    assert drawing.points[1].y == TOP + PLOT and drawing.points[1].top == TOP


def test_years_stand_under_their_first_half_and_marks_at_their_half() -> None:
    drawing = draw_lines(PERIODS, [line(1, 2, 3, 4)], [("2016H1", 1), ("1999H1", 2)])
    assert [tick.label for tick in drawing.years] == ["’15", "’16"]
    assert [(mark.label, mark.at) for mark in drawing.marks] == [("1", drawing.points[2].x)]


def test_a_single_half_year_and_nothing_at_all_can_be_drawn() -> None:
    assert len(draw_lines(["2016H1"], [Line("a", "asked", [Dot(3, 3)])]).points) == 1
    assert draw_lines([], []).points == ()


@given(charts)
def test_nothing_leaves_the_drawing(given_lines: list[Line]) -> None:
    drawing = draw_lines(PERIODS, given_lines)
    known = [dot for one in given_lines for dot in one.dots if dot]
    assert len(drawing.points) == len(known)
    assert len(drawing.values) <= MOST_TICKS + 1
    for point in drawing.points:
        assert 0 <= share(point.x) <= 100
        assert TOP <= (point.top if point.top is not None else point.y) <= point.y <= TOP + PLOT
