"""Korean particles after names and numbers: `{value}은(는)` in a template becomes `1,809는` or `687은`.

Which form follows depends on how the word before is read aloud: on the last consonant of a Hangul syllable,
on the last digit's name (with the ten thousands' names after noughts), and of a Latin word on how it is
commonly written in Hangul. Where that is not known, both forms stay.
"""

import re
from collections.abc import Mapping

# After a final consonant, after a vowel.
_FORMS: Mapping[str, tuple[str, str]] = {
    "은(는)": ("은", "는"),
    "을(를)": ("을", "를"),
    "이(가)": ("이", "가"),
    "과(와)": ("과", "와"),
    "(으)로": ("으로", "로"),
}
_TOWARDS = "(으)로"
_FIELD = re.compile(rf"\{{(\w+)\}}([^\s\w{{}}]*)({'|'.join(map(re.escape, _FORMS))})")
_LAST = re.compile(
    r"(?:([\uac00-\ud7a3])|(?<![0-9,.])([0-9][0-9,]*(?:\.[0-9]+)?)|(?<![A-Za-z])([A-Za-z]+))\Z"
)
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_NO_FINAL, _RIEUL = 0, 8
# 영 일 이 삼 사 오 육 칠 팔 구: the final consonant of each, numbered as in Unicode's syllables.
_DIGITS = (21, 8, 0, 16, 0, 0, 1, 8, 8, 0)
# 10 to the 12th is 조, to the 16th 경; all below end in 십, 백, 천, 만 or 억, which have a final consonant.
_TRILLION, _QUADRILLIONS = 12, 16
_CONSONANT = 1
# Letters whose Korean names end in a consonant: 엘, 엠, 엔, 알.
_LETTERS = {"L": _RIEUL, "R": _RIEUL, "M": _CONSONANT, "N": _CONSONANT}
_VOWELS = "aeiou"


def fill(template: str, fields: Mapping[str, str]) -> str:
    """The template with its fields filled in, each particle that follows one in the form that fits it."""

    def chosen(found: re.Match[str]) -> str:
        return f"{{{found[1]}}}{found[2]}{particle(fields[found[1]], found[3])}"

    return _FIELD.sub(chosen, template).format_map(fields)


def particle(word: str, both: str) -> str:
    """The form of a particle (`은(는)`, `을(를)`, `이(가)`, `과(와)`, `(으)로`) that follows a word."""
    end = final(word)
    if end is None:
        return both
    closed, open_ = _FORMS[both]
    return open_ if end == _NO_FINAL or (both == _TOWARDS and end == _RIEUL) else closed


def final(word: str) -> int | None:
    """The final consonant with which a word is read: 0 for none, 8 for ㄹ; None where it is not known.
    What stands in brackets at the end is not read: `요청(2016)` ends in ㅇ."""
    read = _BRACKETS.sub("", word).rstrip(" \u2019\u201d'\".,!?") or word
    if read.endswith("%"):  # 퍼센트
        return _NO_FINAL
    found = _LAST.search(read)
    if not found:
        return None
    if found[1]:
        return (ord(found[1]) - 0xAC00) % 28
    return _of_number(found[2].replace(",", "")) if found[2] else _of_latin(found[3])


def _of_number(digits: str) -> int:
    noughts = 0 if "." in digits else len(digits) - len(digits.rstrip("0"))
    if _TRILLION <= noughts < _QUADRILLIONS:
        return _NO_FINAL
    return _DIGITS[int(digits[-1])]


def _of_latin(word: str) -> int:
    """KT is read by its letters, Apple as 애플, LINE as 라인, Facebook as 페이스북, Microsoft as
    마이크로소프트."""
    text = word.lower()
    if len(text) == 1 or (word.isupper() and not any(vowel in text for vowel in _VOWELS)):
        return _LETTERS.get(word[-1].upper(), _NO_FINAL)
    if text.endswith(("l", "ble", "cle", "dle", "gle", "ple", "tle")):
        return _RIEUL
    if text.endswith(("m", "n", "ng", "me", "ne")):
        return _CONSONANT
    return _CONSONANT if text[-1] in "kptc" and text[-2] in _VOWELS else _NO_FINAL
