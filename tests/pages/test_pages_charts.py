"""The bars' geometry: true to scale, within the drawing, and never a bar for what is not published."""

from hypothesis import given
from hypothesis import strategies as st

from sagwan.pages.charts import HEAD, INDENT, LONGEST, ROW, WIDEST_INDENT, Bar, Group, draw

counts = st.none() | st.integers(0, 10**15)
bars = st.builds(Bar, st.text(max_size=30), counts, counts, st.booleans())
groups = st.lists(st.builds(Group, st.text(max_size=9), st.lists(bars, max_size=4)), max_size=4)


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


def test_lengths_share_one_scale():
    drawing = draw([Group("a", [Bar("x", 4000, 1000)]), Group("b", [Bar("y", 2000, None)])])
    first, second = drawing.groups[0].bars[0], drawing.groups[1].bars[0]
    assert (first.asked, first.done, first.end) == ("50.00%", "12.50%", "50.00%")
    assert (second.asked, second.done, second.end) == ("25.00%", None, "25.00%")
    assert drawing.groups[1].top == HEAD + ROW


def test_a_long_label_is_cut_and_gets_more_room():
    short, long = (
        draw([Group("", [Bar("카카오", 1, 1)])]),
        draw([Group("", [Bar("Facebook, Instagram", 1, 1)])]),
    )
    assert (short.indent, short.groups[0].bars[0].label) == (INDENT, "카카오")
    assert (long.indent, long.groups[0].bars[0].label) == (WIDEST_INDENT, "Facebook, I…")


@given(groups)
def test_nothing_leaves_the_drawing(given_groups):
    drawing = draw(given_groups)
    drawn = [bar for group in drawing.groups for bar in group.bars]
    for bar in drawn:
        for length, value in ((bar.asked, bar.bar.asked), (bar.done, bar.bar.done)):
            assert (length is None) == (value is None)
            assert length is None or 0 <= percent(length) <= LONGEST
        assert percent(bar.end) == max(percent(length or "0%") for length in (bar.asked, bar.done))
        assert bar.top + drawing.bar <= drawing.height
    tops = [bar.top for bar in drawn]
    assert tops == sorted(set(tops))


def test_a_long_heading_takes_more_lines_and_moves_what_is_below_it():
    words = "Subscriber information (communication user information)"
    short, long = (draw([Group(title, [Bar("Kakao", 3, 1)])]) for title in ("Warrants", words))
    assert long.groups[0].title == ("Subscriber information (communication", "user information)")
    assert len(short.groups[0].title) == 1
    moved = long.groups[0].bars[0].top - short.groups[0].bars[0].top
    assert moved == long.line == long.height - short.height
    assert draw([Group("x" * 90, [Bar("Kakao", 3, 1)])]).groups[0].title == ("x" * 90,)
