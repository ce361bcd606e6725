"""What can be found about a sender: code, weight, a sentence that names what was seen, and what to do.

Of the same shape as the findings of `law.finding`, so that one checklist shows both; no rule of law stands
behind these, so `citation` is always None.
"""

from dataclasses import dataclass
from enum import StrEnum

from sagwan.law.citation import Label
from sagwan.law.finding import Severity


class Code(StrEnum):
    """The closed list. docs/reference/sender-findings.md tells each."""

    AUTHORITY_SUSPENDED = "authority-suspended"
    OFFICIAL_SUSPENDED = "official-suspended"
    LOOK_ALIKE_DOMAIN = "look-alike-domain"
    MAIL_CHECK_FAILED = "mail-check-failed"
    REPLY_ELSEWHERE = "reply-elsewhere"
    AUTHORITY_UNKNOWN = "authority-unknown"
    AUTHORITY_NOT_VETTED = "authority-not-vetted"
    VETTING_OVERDUE = "vetting-overdue"
    OFFICIAL_UNKNOWN = "official-unknown"
    OFFICIAL_NOT_CONFIRMED = "official-not-confirmed"
    DETAILS_CHANGED = "details-changed"
    CHANGED_PHONE = "changed-phone"
    OTHER_ADDRESS = "other-address"
    OTHER_DOMAIN = "other-domain"
    FREE_MAIL = "free-mail"
    NEW_DOMAIN = "new-domain"
    RETURN_ELSEWHERE = "return-elsewhere"
    REPLY_TO_ANOTHER = "reply-to-another"
    MAIL_NOT_CHECKED = "mail-not-checked"
    MAIL_CHECK_BROKEN = "mail-check-broken"
    MAIL_UNVOUCHED = "mail-unvouched"
    EMERGENCY = "emergency"
    WRONG_LAW = "wrong-law"
    FIRST_OF_AUTHORITY = "first-of-authority"
    FIRST_OF_OFFICIAL = "first-of-official"
    ODD_HOURS = "odd-hours"


_BLOCKS, _WARNS, _NOTES = Severity.BLOCKS, Severity.WARNS, Severity.NOTES
_GRAVITY = {Severity.BLOCKS: 0, Severity.WARNS: 1, Severity.NOTES: 2}

_CALL_KO, _CALL = (
    "기관의 독립 연락처로 전화해 확인하고 기록하십시오.",
    "Call the authority's independent contact and record the call.",
)
_VET_KO, _VET = (
    "요청서에 없는 출처에서 연락처를 찾아 기관을 검증하십시오.",
    "Vet the authority, with a contact found outside anything the sender sent.",
)

# Code → weight, what was seen (Korean, English), what to do (Korean, English).
_SENTENCES: dict[Code, tuple[Severity, str, str, str, str]] = {
    Code.AUTHORITY_SUSPENDED: (
        _BLOCKS,
        "기관 {slug}은(는) {day}부터 {by}이(가) 정지했습니다.",
        "The authority {slug} has been suspended since {day}, by {by}.",
        "아무것도 내보내지 마십시오. 정지 해제는 정지한 사람이 아닌 관리자가 합니다.",
        "Let nothing go out. Only an administrator other than who suspended it can lift that.",
    ),
    Code.OFFICIAL_SUSPENDED: (
        _BLOCKS,
        "담당자 {name}은(는) {day}부터 {by}이(가) 정지했습니다.",
        "The official {name} has been suspended since {day}, by {by}.",
        "아무것도 내보내지 마십시오. 기관의 독립 연락처에 알리십시오.",
        "Let nothing go out. Tell the authority's independent contact.",
    ),
    Code.LOOK_ALIKE_DOMAIN: (
        _BLOCKS,
        "보낸 도메인 {domain}은(는) 검증된 기관 {slug}의 {of}와(과) 비슷하지만 다릅니다({how_ko}).",
        "The sender's domain {domain} is not {of} of the vetted authority {slug}, but looks like it ({how}).",
        "위조를 의심하십시오. 답장하지 말고, 기관의 독립 연락처로 확인하십시오.",
        "Suspect a forgery: do not reply; ask the authority's independent contact.",
    ),
    Code.MAIL_CHECK_FAILED: (
        _BLOCKS,
        "수신 서버의 검사에서 실패했습니다: {methods}.",
        "Our receiving server says that this failed: {methods}.",
        "보낸 사람이 주소의 주인이 아닐 수 있습니다. " + _CALL_KO,
        "Who sent it may not own the address. " + _CALL,
    ),
    Code.REPLY_ELSEWHERE: (
        _BLOCKS,
        "답장 주소 {given}이(가) 보낸 도메인 {domain}에 속하지 않습니다.",
        "Replies would go to {given}, not to the sender's domain {domain}.",
        "그 주소로 답하지 마십시오. " + _CALL_KO,
        "Do not answer there. " + _CALL,
    ),
    Code.AUTHORITY_UNKNOWN: (
        _WARNS,
        "등록된 기관이 아닙니다.",
        "The authority is not on record here.",
        _VET_KO,
        _VET,
    ),
    Code.AUTHORITY_NOT_VETTED: (
        _WARNS,
        "기관 {slug}은(는) 아직 검증되지 않았습니다.",
        "The authority {slug} has not been vetted.",
        _VET_KO,
        _VET,
    ),
    Code.VETTING_OVERDUE: (
        _WARNS,
        "기관 {slug}의 재검증 기한이 {day}에 지났습니다.",
        "The authority {slug} was due for re-vetting on {day}.",
        "다시 검증하기 전에는 이 기관이 담당자를 보증하지 못합니다.",
        "Vet it again: until then it vouches for nobody.",
    ),
    Code.OFFICIAL_UNKNOWN: (
        _WARNS,
        "등록된 담당자가 아닙니다.",
        "The official is not on record here.",
        _CALL_KO,
        _CALL,
    ),
    Code.OFFICIAL_NOT_CONFIRMED: (
        _WARNS,
        "담당자 {name}은(는) 아직 기관의 확인을 받지 않았습니다.",
        "The official {name} has not been confirmed by the authority's contact.",
        _CALL_KO,
        _CALL,
    ),
    Code.DETAILS_CHANGED: (
        _WARNS,
        "담당자 {name}의 메일이나 전화가 {day}에 바뀌었고, 그 뒤 확인되지 않았습니다.",
        "Mail or phone of the official {name} changed on {day} and has not been confirmed since.",
        _CALL_KO,
        _CALL,
    ),
    Code.CHANGED_PHONE: (
        _WARNS,
        "요청서의 전화번호({given})가 등록된 번호({recorded})와 다릅니다.",
        "The phone number given ({given}) is not the one on record ({recorded}).",
        "새 번호로 전화하지 마십시오. " + _CALL_KO,
        "Do not call the new number. " + _CALL,
    ),
    Code.OTHER_ADDRESS: (
        _WARNS,
        "보낸 주소({given})가 담당자의 등록된 주소({recorded})와 다릅니다.",
        "The sender's address ({given}) is not the official's on record ({recorded}).",
        _CALL_KO,
        _CALL,
    ),
    Code.OTHER_DOMAIN: (
        _WARNS,
        "보낸 도메인 {domain}은(는) 기관 {slug}의 도메인({own})이 아닙니다.",
        "The sender's domain {domain} is not one of the authority {slug} ({own}).",
        _CALL_KO,
        _CALL,
    ),
    Code.FREE_MAIL: (
        _WARNS,
        "{domain}은(는) 누구나 만들 수 있는 메일입니다({provider}).",
        "Anyone can have an address at {domain} ({provider}).",
        "기관의 주소로 다시 보내 달라고 하거나, " + _CALL_KO,
        "Ask for an address of the authority. " + _CALL,
    ),
    Code.NEW_DOMAIN: (
        _WARNS,
        "{domain}에서 온 것은 {when_ko}입니다.",
        "Mail from {domain} came here {when}.",
        "도메인이 누구의 것인지 확인하고, " + _CALL_KO,
        "Find out whose domain it is. " + _CALL,
    ),
    Code.RETURN_ELSEWHERE: (
        _WARNS,
        "반송 주소 {given}이(가) 보낸 도메인 {domain}에 속하지 않습니다.",
        "Bounces would go to {given}, not to the sender's domain {domain}.",
        "메일링 서비스일 수도 있습니다. 다른 소견과 함께 보십시오.",
        "It may be a mailing service; weigh it with what else was found.",
    ),
    Code.REPLY_TO_ANOTHER: (
        _WARNS,
        "답장은 보낸 주소({address})가 아니라 {given}(으)로 갑니다.",
        "Replies would go to {given}, not to the sender ({address}).",
        "같은 도메인의 다른 사람입니다. 누구인지 확인하십시오.",
        "It is someone else of the same domain: find out who.",
    ),
    Code.MAIL_NOT_CHECKED: (
        _WARNS,
        "수신 서버가 이 메일의 SPF·DKIM·DMARC를 검사했다는 기록이 없습니다.",
        "There is no word of our own receiving server on SPF, DKIM and DMARC of this mail.",
        "설정의 mail_authserv_id가 수신 서버의 이름인지 보십시오. " + _CALL_KO,
        "See whether mail_authserv_id in the config names that server. " + _CALL,
    ),
    Code.MAIL_CHECK_BROKEN: (
        _WARNS,
        "수신 서버가 검사를 끝내지 못했습니다: {methods}.",
        "Our receiving server could not finish checking: {methods}.",
        _CALL_KO,
        _CALL,
    ),
    Code.MAIL_UNVOUCHED: (
        _WARNS,
        "SPF·DKIM·DMARC 가운데 {domain}을(를) 보증하는 것이 없습니다.",
        "None of SPF, DKIM and DMARC vouches for {domain}.",
        _CALL_KO,
        _CALL,
    ),
    Code.EMERGENCY: (
        _WARNS,
        "긴급이라고 적혀 있습니다. 위조된 요청도 흔히 그렇게 적습니다.",
        "It says that it is an emergency; forged requests often do.",
        "긴급이어도 두 사람이 보고, 법이 긴급에 허용하는 것만 내보냅니다. " + _CALL_KO,
        "Two people look even so, and only what the law allows in an emergency goes out. " + _CALL,
    ),
    Code.WRONG_LAW: (
        _WARNS,
        "문서가 법을 잘못 인용합니다: {what_ko}.",
        "The document quotes the law wrongly: {what}.",
        "위조된 문서에서 흔합니다. " + _CALL_KO,
        "Forged papers often do. " + _CALL,
    ),
    Code.FIRST_OF_AUTHORITY: (
        _NOTES,
        "기관 {slug}의 첫 요청입니다.",
        "It is the first request of the authority {slug}.",
        "검증 기록을 한 번 더 보십시오.",
        "Look at how it was vetted once more.",
    ),
    Code.FIRST_OF_OFFICIAL: (
        _NOTES,
        "담당자 {name}의 첫 요청입니다.",
        "It is the first request of the official {name}.",
        "확인 통화의 기록을 한 번 더 보십시오.",
        "Look at the record of the call-back once more.",
    ),
    Code.ODD_HOURS: (
        _NOTES,
        "기관의 근무 시간이 아닌 때에 왔습니다({time}, {zone}).",
        "It came outside the authority's office hours ({time}, {zone}).",
        "당직 여부를 독립 연락처에 물어보십시오.",
        "Ask the independent contact who is on duty.",
    ),
}

_HOW_KO = {
    "look-alike-signs": "비슷하게 보이는 글자",
    "a-slip-away": "글자 하나 차이",
    "other-ending": "다른 최상위 도메인",
    "words-added": "덧붙인 낱말",
    "name-inside": "이름을 안에 품음",
}
_HOW = {
    "look-alike-signs": "signs that look alike",
    "a-slip-away": "a slip away",
    "other-ending": "another ending",
    "words-added": "words added",
    "name-inside": "the name inside another",
}


@dataclass(frozen=True, slots=True)
class SenderFinding:
    """One thing seen. `advice` says what to do about it."""

    code: Code
    severity: Severity
    message: Label
    advice: Label
    citation: None = None

    def sentence(self, lang: str) -> str:
        """What was seen, in `ko` or `en`."""
        return self.message.text(lang)

    @property
    def gravity(self) -> int:
        return _GRAVITY[self.severity]


def found(code: Code, **fields: str) -> SenderFinding:
    """Make a finding; `fields` fill its sentence, with `…_ko` for the Korean one where the two differ."""
    severity, ko, en, advice_ko, advice = _SENTENCES[code]
    if "how" in fields:
        fields |= {"how_ko": _HOW_KO[fields["how"]], "how": _HOW[fields["how"]]}
    message = Label(ko=ko.format(**fields), en=en.format(**fields))
    return SenderFinding(code, severity, message, Label(ko=advice_ko, en=advice))


def severity_of(code: str) -> Severity:
    """The weight of a code, as it is stored with a request; raise ValueError for one that is none."""
    return _SENTENCES[Code(code)][0]
