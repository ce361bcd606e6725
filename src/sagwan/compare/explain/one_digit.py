"""A slip of one digit: changed, dropped, doubled, or two neighbours swapped."""

from collections.abc import Iterator

from sagwan.compare.book import Book
from sagwan.compare.explain.model import Code, Doubt, Explanation, explanation, whole
from sagwan.compare.forms import same_number
from sagwan.compare.reading import restates

# Of two counts of two digits every fifth pair differs in one digit only; of three digits, one in thirty.
LEAST_DIGITS = 3
LEAST_DIGITS_DROPPED = 4
_DIFFERENCES = {
    "changed": ("One digit differs", "숫자 한 자리가 다릅니다"),
    "swapped": ("Two neighbouring digits are swapped", "이웃한 숫자 두 자리의 순서가 바뀌었습니다"),
    "dropped": ("One digit is missing", "숫자 한 자리가 빠졌습니다"),
    "doubled": ("One digit is printed twice", "숫자 한 자리가 두 번 쓰였습니다"),
    "added": ("There is one digit more", "숫자 한 자리가 더 있습니다"),
}
_TEMPLATE = (
    "{source}: {value}; {others}: {other}. {difference}.",
    "{source}: {value}, {others}: {other}. {difference}.",
)


def explain(doubt: Doubt, book: Book) -> Iterator[Explanation]:
    """Yield one where the two counts are a slip apart and neither is merely the other made round."""
    value, other = doubt.count, whole(doubt.standing.value)
    if value is None or other is None:
        return
    if same_number(doubt.doubted.value, doubt.standing.value):
        return
    slip = find_slip(value, other)
    if slip == "changed" and corrected(doubt):
        return
    if slip:
        english, korean = _DIFFERENCES[slip]
        yield explanation(
            Code.ONE_DIGIT,
            slip,
            doubt,
            doubt.standing.claims,
            _TEMPLATE,
            lambda language: {"difference": korean if language == "ko" else english},
        )


def corrected(doubt: Doubt) -> bool:
    """True where a source restated its own figure: a count that is corrected by a few differs in its last
    digit more often than not, and no one slipped."""
    return bool(doubt.standing.voices & doubt.doubted.voices) and restates(doubt.standing, doubt.doubted)


def find_slip(value: int, other: int) -> str:
    """How `value` can have come from `other` by one slip, or the empty text.

    `changed` and `swapped` need three digits, noughts at the end of both aside (100 and 600 are a digit
    each), the others four in the longer count: shorter ones are a slip apart by chance too often.
    """
    wrong, right = str(value), str(other)
    if len(wrong) == len(right):
        noughts = min(len(number) - len(number.rstrip("0")) for number in (wrong, right))
        return _same_length(wrong, right) if len(wrong) - noughts >= LEAST_DIGITS else ""
    longer, shorter = (wrong, right) if len(wrong) > len(right) else (right, wrong)
    if len(longer) != len(shorter) + 1 or len(longer) < LEAST_DIGITS_DROPPED:
        return ""
    places = [n for n in range(len(longer)) if longer[:n] + longer[n + 1 :] == shorter]
    if not places:
        return ""
    if longer is right:
        return "dropped"
    return "doubled" if len(places) > 1 else "added"


def _same_length(wrong: str, right: str) -> str:
    places = [n for n in range(len(wrong)) if wrong[n] != right[n]]
    if len(places) == 1:
        return "changed"
    if len(places) == 2 and places[1] == places[0] + 1:
        first, second = places
        if wrong[first] == right[second] and wrong[second] == right[first]:
            return "swapped"
    return ""
