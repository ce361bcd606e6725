"""The style sheet: nothing from elsewhere, and colours that can be told apart in light and dark."""

import re

import pytest

from sagwan.pages import style_sheet

PATH, DATA = style_sheet()
SHEET = DATA.decode()
BLOCKS = re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL)
LIGHT = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", BLOCKS[0]))
DARK = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", BLOCKS[1]))
READ = (
    ("ink", "paper"),
    ("soft", "paper"),
    ("link", "paper"),
    ("dispute", "paper"),
    ("dispute", "dispute-ground"),
    ("ink", "dispute-ground"),
    ("amber-ink", "amber"),
    ("ink", "code"),
)


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(2 * d for d in digits) if len(digits) == 3 else digits
    shares = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, 'contrast ratio'."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), READ)
def test_text_can_be_read(theme, text, ground):
    assert contrast(theme[text], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_bars_can_be_told_apart_in_grey(theme):
    assert contrast(theme["done"], theme["asked"]) >= 3
    assert contrast(theme["done"], theme["paper"]) >= 3


def test_nothing_is_fetched():
    assert "url(" not in SHEET
    assert "@import" not in SHEET
    assert "http" not in SHEET.replace('[href^="http"]', "")
    assert PATH == "assets/sagwan.css"
    assert len(DATA) < 16_000
