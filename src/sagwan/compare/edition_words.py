"""A restatement in a sentence, in English and Korean."""

from collections.abc import Mapping, Sequence

from sagwan.compare.claim import Claim
from sagwan.compare.edition_causes import Cause, Kind
from sagwan.compare.value import Missing
from sagwan.compare.words import LANGUAGES, Language, amount, word
from sagwan.pages.particles import fill

Template = tuple[str, str]

# What a figure may be renamed in, the most telling first.
NAMES = ("jurisdiction_printed", "process", "entity", "requester", "crime", "service", "category", "part")
_NOTHING: Template = ("nothing", "빈칸")
_LINE: Template = (
    "The edition of {earlier_date} says {earlier}, that of {later_date} says {later}: {why}.",
    "{earlier_date} 판은 {earlier}, {later_date} 판은 {later}: {why}.",
)
_WHY: Mapping[Cause, Template] = {
    Cause.CORRECTION: (
        "another number under the same definition, so a correction as far as they tell",
        "정의는 그대로이고 수치가 바뀌었으므로 정정된 것으로 보입니다",
    ),
    Cause.RE_CLASSING: (
        "requests were moved between kinds ({others})",
        "요청이 다른 종류로 옮겨졌습니다({others})",
    ),
    Cause.UN_GAGGING: (
        "the band's lower end rose because letters may now be spoken of",
        "공개 금지가 풀린 건이 있어 구간의 아래 끝이 올라갔습니다",
    ),
    Cause.FORMATTING: (
        "the same in another form; the number did not change",
        "표기만 다르고 수치는 같습니다",
    ),
    Cause.RENAME: (
        "the same number under another name ({names})",
        "이름만 바뀌고 수치는 같습니다({names})",
    ),
    Cause.RE_DEFINITION: (
        "something else is counted, or another rule of rounding or banding applies",
        "세는 대상이나 구간·반올림 규칙이 달라졌습니다",
    ),
    Cause.UNKNOWN: (
        "the editions do not say why",
        "이유는 판에 나와 있지 않습니다",
    ),
}
_NOUGHT: Template = (
    "it held no number but nought, so nothing is lost or won",
    "0이나 빈칸뿐인 줄이므로 달라진 수치는 없습니다",
)
_ALONE: Mapping[Kind, Template] = {
    Kind.ADDED: (
        "The edition of {later_date} adds {later}, of a period that an earlier edition covers: {why}.",
        "{later_date} 판에 {later}이(가) 추가되었습니다. 앞선 판도 다룬 기간입니다: {why}.",
    ),
    Kind.REMOVED: (
        "The edition of {earlier_date} says {earlier}; the next one leaves the figure out: {why}.",
        "{earlier_date} 판의 {earlier}이(가) 다음 판에는 없습니다: {why}.",
    ),
}


def sentence(
    kind: Kind,
    cause: Cause,
    before: Claim | None,
    after: Claim | None,
    others: Sequence[Claim],
    language: Language,
) -> str:
    """What changed between two editions and why, with both numbers as printed."""
    index = LANGUAGES.index(language)
    alone = before is None or after is None
    reason = _NOUGHT if alone and cause is Cause.FORMATTING else _WHY[cause]
    why = reason[index].format(
        others=", ".join(f"{word(claim.category, language)} {_value(claim, language)}" for claim in others),
        names=_names(before, after, language) if before and after else "",
    )
    template = _ALONE[kind] if alone else _LINE
    fields = {
        "earlier": _value(before, language) if before else "",
        "later": _value(after, language) if after else "",
        "earlier_date": before.source_date if before else "",
        "later_date": after.source_date if after else "",
        "why": why,
    }
    return fill(template[index], fields)


def _value(claim: Claim, language: Language) -> str:
    """The value as read; what gives no number as printed, or the word for an empty cell."""
    if isinstance(claim.read, Missing):
        return claim.value.strip() or _NOTHING[LANGUAGES.index(language)]
    return amount(claim.read)


def _names(before: Claim, after: Claim, language: Language) -> str:
    """The old and the new name: of what differs first."""
    for name in NAMES:
        old, new = getattr(before, name), getattr(after, name)
        if old and new and old != new:
            return f"{word(old, language)} → {word(new, language)}"
    return ""
