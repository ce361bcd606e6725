"""How numbers are written: full-width digits, groups of three by many signs, dashes, decimal commas, marks.

What is made here is only what a cell is read by; the cell itself stays as printed.
"""

import re

from sagwan.compare.value import AVERAGE, PERCENT, Missing, MissingState, read_value

_WIDE = {0xFF10 + digit: str(digit) for digit in range(10)} | {
    ord(wide): narrow for wide, narrow in zip("，．％＜－＊＋～", ",.%<-*+~", strict=True)
}
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u2501\u30fc\u3161\ufe58\ufe63"
_BLANKS = "\t\n\r\x0b\x0c\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_APOSTROPHES = "\u2018\u2019\u02bc\u00b4\u2032\uff07"
_NOTHING = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_SAME = str.maketrans(
    _WIDE
    | dict.fromkeys(map(ord, _DASHES), "-")
    | dict.fromkeys(map(ord, _BLANKS), " ")
    | dict.fromkeys(map(ord, _APOSTROPHES), "'")
    | dict.fromkeys(map(ord, _NOTHING), None)
    | {ord("\u301c"): "~"}
)
# One sign throughout, and every group of three: 1 809, 1'809'000; never 1 80.
_GROUPED = re.compile(r"(?<![0-9.,'])[1-9][0-9]{0,2}([ '])[0-9]{3}(?:\1[0-9]{3})*(?![0-9'])")
# A comma before one, two, or more than three digits, or behind a lone 0, can part no thousands.
_COMMA = re.compile(r"(0|[1-9][0-9]{0,17}),([0-9]{1,2}|[0-9]{4,18})(?P<rest> ?%)?|0,([0-9]{3})(?P<tail> ?%)?")
_DOTTED = re.compile(r"([1-9][0-9]{0,2}(?:\.[0-9]{3})+),([0-9]{1,18})( ?%)?")
_EITHER = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}(?: ?%)?")
_MARK = r"[*\u2020\u2021\u00a7\u00b6\u2016\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+|\[[0-9a-z]{1,2}\]|\([a-z]\)"
_MARKED = re.compile(rf"(?P<number>.*?[0-9%]) ?(?P<mark>(?:{_MARK})+)", re.DOTALL)
# What Korea's tables print behind a count: cases, items, persons.
_COUNTER = re.compile(r"(?P<number>[0-9][0-9,]*) ?(?:건|개|명)")
_FEWER = re.compile(r"(?:less|fewer) than ([0-9][0-9,]*)|([0-9][0-9,]*) ?(?:건|개|명)? ?미만", re.IGNORECASE)


def plain(text: str) -> str:
    """A text with one kind of digit, dash, blank and apostrophe, and nothing that cannot be seen."""
    return text.translate(_SAME).strip()


def is_dash(text: str) -> bool:
    own = plain(text)
    return bool(own) and not own.strip("-")


def split_mark(text: str) -> tuple[str, str]:
    """A number and the footnote mark behind it, which may be empty."""
    found = _MARKED.fullmatch(text)
    return (found["number"], found["mark"]) if found else (text, "")


def canonical(cell: str, unit: str) -> str:
    """The text by which a cell is read: itself where it speaks for itself, or where nothing else would."""
    if _speaks(cell, unit):
        return cell
    text, _ = split_mark(plain(cell))
    text = _GROUPED.sub(lambda found: re.sub("[ ']", "", found[0]), text)
    if unit in (PERCENT, AVERAGE):
        text = _with_point(text)
    elif counted := _COUNTER.fullmatch(text):
        text = counted["number"]
    elif fewer := _FEWER.fullmatch(text):
        text = f"<{fewer[1] or fewer[2]}"
    return text if _speaks(text, unit) else cell


def has_decimal_comma(cell: str) -> bool:
    """True where a comma can only part decimals: `1,5`, `0,250`, `1.234,5`."""
    text = plain(cell)
    return bool(_COMMA.fullmatch(text) or _DOTTED.fullmatch(text))


def may_be_decimal(cell: str) -> bool:
    """True where a comma may part thousands or decimals: `1,500` beside `1,5`."""
    return _EITHER.fullmatch(plain(cell)) is not None


def _with_point(text: str) -> str:
    if dotted := _DOTTED.fullmatch(text):
        return f"{dotted[1].replace('.', '')}.{dotted[2]}{dotted[3] or ''}"
    return text.replace(",", ".") if _COMMA.fullmatch(text) else text


def _speaks(text: str, unit: str) -> bool:
    read = read_value(text, unit)
    return not (isinstance(read, Missing) and read.state is MissingState.UNREADABLE)
