"""What the check of a request finds: a code for machines, a sentence in two languages for people."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sagwan.law.citation import Citation, Label


class Severity(StrEnum):
    """`blocks`: not to be complied with as it is. `warns`: a person must look. `notes`: worth knowing."""

    BLOCKS = "blocks"
    WARNS = "warns"
    NOTES = "notes"


class Code(StrEnum):
    """The closed list of what can be found."""

    OTHER_JURISDICTION = "other-jurisdiction"
    UNKNOWN_INSTRUMENT = "unknown-instrument"
    NOT_IN_FORCE = "not-in-force"
    DATA_NOT_COVERED = "data-not-covered"
    NO_TARGETS = "no-targets"
    NO_ACCOUNTS = "no-accounts"
    VOLUNTARY = "voluntary"
    NO_EMERGENCY_VARIANT = "no-emergency-variant"
    PAPER_MUST_FOLLOW = "paper-must-follow"
    ITEM_MISSING = "item-missing"
    ITEM_ILL_FORMED = "item-ill-formed"
    ITEM_UNKNOWN = "item-unknown"
    DATED_LATER = "dated-later"
    EXPIRED = "expired"
    PERIOD_TOO_LONG = "period-too-long"
    ISSUER_MAY_NOT = "issuer-may-not"
    APPROVER_MAY_NOT = "approver-may-not"
    ON_CONDITION = "on-condition"
    CITED_LAW_UNREADABLE = "cited-law-unreadable"
    CITED_LAW_OF_ANOTHER_DAY = "cited-law-of-another-day"
    CITED_LAW_WRONG = "cited-law-wrong"


_BLOCKS, _WARNS, _NOTES = Severity.BLOCKS, Severity.WARNS, Severity.NOTES

# Code → severity, Korean, English. Fields in braces are filled by `found`.
_SENTENCES: dict[Code, tuple[Severity, str, str]] = {
    Code.OTHER_JURISDICTION: (
        _BLOCKS,
        "요청의 관할({given})이 이 법령 자료의 관할({pack})과 다릅니다.",
        "The request is under the law of {given}; this law pack holds that of {pack}.",
    ),
    Code.UNKNOWN_INSTRUMENT: (
        _BLOCKS,
        "법령 자료에 없는 절차입니다: {slug}.",
        "The law pack knows no instrument {slug}.",
    ),
    Code.NOT_IN_FORCE: (
        _BLOCKS,
        "{name}: {day}에는 시행 중인 절차가 아닙니다(시행: {span}).",
        "{name} was not law on {day} (in force: {span}).",
    ),
    Code.DATA_NOT_COVERED: (
        _BLOCKS,
        "{name}: 이 절차로는 {data} 자료를 요청할 수 없습니다. 가능한 자료: {allowed}.",
        "{name} does not cover {data} data; it covers {allowed}.",
    ),
    Code.NO_TARGETS: (_BLOCKS, "대상이 하나도 적혀 있지 않습니다.", "No target is named."),
    Code.NO_ACCOUNTS: (
        _WARNS,
        "요청된 계정 수가 0입니다.",
        "The number of accounts asked for is 0.",
    ),
    Code.VOLUNTARY: (
        _NOTES,
        "{name}: 따를 법적 의무가 없습니다. 거절하더라도 불이익이 없습니다.",
        "{name}: the law does not oblige the provider to comply.",
    ),
    Code.NO_EMERGENCY_VARIANT: (
        _WARNS,
        "{name}: 법에 긴급 절차가 없습니다. 일반 요청으로 검토합니다.",
        "The law knows no emergency form of {name}; the request is judged as an ordinary one.",
    ),
    Code.PAPER_MUST_FOLLOW: (
        _WARNS,
        "{variant}: 나중에 받아야 할 문서가 아직 없습니다: {item}. 기한을 두고 확인하십시오.",
        "{variant}: a paper must follow and is not there yet: {item}. Keep the clock running.",
    ),
    Code.ITEM_MISSING: (_BLOCKS, "문서에 없는 항목: {item}.", "Missing from the document: {item}."),
    Code.ITEM_ILL_FORMED: (
        _BLOCKS,
        "항목의 형식이 맞지 않습니다: {item} (적힌 값: {value}, 형식: {form}).",
        "Not of the right form: {item} is {value}; it must be {form}.",
    ),
    Code.ITEM_UNKNOWN: (
        _WARNS,
        "이 날의 법에 없는 문서 항목입니다: {slug}.",
        "The law of that day asks for no document item {slug}.",
    ),
    Code.DATED_LATER: (
        _BLOCKS,
        "{item}: {value}. 접수일({day})보다 뒤의 날짜입니다.",
        "{item} is {value}, later than the day of receipt, {day}.",
    ),
    Code.EXPIRED: (
        _BLOCKS,
        "{item}: {value}. 접수일({day}) 전에 지났습니다.",
        "{item} is {value}, past on the day of receipt, {day}.",
    ),
    Code.PERIOD_TOO_LONG: (
        _BLOCKS,
        "{item}: {value}. 법이 정한 최장 기간({longest})을 넘습니다.",
        "{item} is {value}, longer than the law allows ({longest}).",
    ),
    Code.ISSUER_MAY_NOT: (
        _BLOCKS,
        "{name}: {role}은(는) 이 날의 법에서 요청할 수 있는 자가 아닙니다. 가능: {allowed}.",
        "{name}: {role} may not ask for it under the law of that day; these may: {allowed}.",
    ),
    Code.APPROVER_MAY_NOT: (
        _BLOCKS,
        "{name}: {role}은(는) 이 날의 법에서 허가·승인할 수 있는 자가 아닙니다. 가능: {allowed}.",
        "{name}: {role} may not allow it under the law of that day; these may: {allowed}.",
    ),
    Code.ON_CONDITION: (
        _NOTES,
        "{role}: 다음 경우에만 가능합니다: {condition}.",
        "{role}: only where {condition}.",
    ),
    Code.CITED_LAW_UNREADABLE: (
        _WARNS,
        "인용한 조문을 읽을 수 없습니다: {value}. 이 날의 근거: {today}.",
        "The article that the document quotes cannot be read: {value}. Of that day is: {today}.",
    ),
    Code.CITED_LAW_OF_ANOTHER_DAY: (
        _WARNS,
        "인용한 조문은 이 날의 근거가 아닙니다: {value} (시행: {span}). 이 날의 근거: {today}.",
        "The document quotes an article of another day: {value} (the basis {span}). Of that day is: {today}.",
    ),
    Code.CITED_LAW_WRONG: (
        _BLOCKS,
        "인용한 조문은 이 절차의 근거가 아닙니다: {value}. 이 날의 근거: {today}.",
        "The article that the document quotes is no basis of it: {value}. Of that day is: {today}.",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `citation` is None only where no rule of the pack is in question.

    `subject` is the slug of what it is about (a document item, a data category, a role), '' for the request.
    """

    code: Code
    severity: Severity
    citation: Citation | None
    message: Label
    subject: str = ""

    @property
    def key(self) -> str:
        """What tells it from the request's other findings: `item-missing:valid-until`."""
        return f"{self.code}:{self.subject}" if self.subject else str(self.code)

    def sentence(self, lang: str) -> str:
        """The finding in `ko` or `en`, with its citation."""
        words = self.message.text(lang)
        return f"{words} [{self.citation.text(lang)}]" if self.citation else words


def found(code: Code, citation: Citation | None, subject: str = "", **fields: Label | str) -> Finding:
    """Make a finding about `subject`: `fields` fill its sentence, in each language its own."""
    severity, korean, english = _SENTENCES[code]
    return Finding(
        code,
        severity,
        citation,
        Label(ko=korean.format(**_in(fields, "ko")), en=english.format(**_in(fields, "en"))),
        subject,
    )


def blocking(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The keys of those that stand against a disclosure until a person has answered them, each once."""
    return tuple(dict.fromkeys(each.key for each in findings if each.severity is Severity.BLOCKS))


def codes(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The codes found, each once, in order."""
    return tuple(dict.fromkeys(str(each.code) for each in findings))


def _in(fields: dict[str, Label | str], lang: str) -> dict[str, str]:
    return {key: value.text(lang) if isinstance(value, Label) else value for key, value in fields.items()}


def listed(labels: list[Label]) -> Label:
    """Labels, one after another, in each language."""
    return Label(ko=", ".join(label.ko for label in labels), en=", ".join(label.en for label in labels))


def span_words(since: str, until: str) -> Label:
    """From … until …, in words; `until` "" is to this day."""
    if not until:
        return Label(ko=f"{since}부터", en=f"from {since} on")
    return Label(ko=f"{since}부터 {until}까지", en=f"from {since} to {until}")
