"""What a look at a document finds: a code for machines, a sentence in two languages for people.

Of the same shape as the findings of `law.finding`, so that one checklist shows both; no rule of law stands
behind these, so `citation` is always None.
"""

from dataclasses import dataclass
from enum import StrEnum

from sagwan.law.citation import Label
from sagwan.law.finding import Severity


class Code(StrEnum):
    """The closed list of what can be found in what came in."""

    DOCUMENT_UNREADABLE = "document-unreadable"
    NO_TEXT = "no-text"
    TEXT_CUT_SHORT = "text-cut-short"
    NOT_SIGNED = "not-signed"
    SIGNATURE_VALID = "signature-valid"
    SIGNER_UNKNOWN = "signer-unknown"
    SIGNER_NOT_TRUSTED = "signer-not-trusted"
    SIGNATURE_BROKEN = "signature-broken"
    SIGNATURE_UNREADABLE = "signature-unreadable"
    SIGNATURES_NOT_CHECKED = "signatures-not-checked"
    CHANGED_AFTER_SIGNING = "changed-after-signing"
    ADDED_TO_AFTER_SIGNING = "added-to-after-signing"
    HOLDS_SCRIPT = "holds-script"
    STARTS_PROGRAM = "starts-program"
    HOLDS_FILES = "holds-files"
    MALWARE = "malware"
    NOT_SCANNED = "not-scanned"
    DOCUMENT_SAYS_OTHERWISE = "document-says-otherwise"
    MAIL_UNREADABLE = "mail-unreadable"
    MAIL_CUT_SHORT = "mail-cut-short"
    MAIL_ILL_FORMED = "mail-ill-formed"


_BLOCKS, _WARNS, _NOTES = Severity.BLOCKS, Severity.WARNS, Severity.NOTES

# Code → severity, Korean, English. Fields in braces are filled by `found`.
_SENTENCES: dict[Code, tuple[Severity, str, str]] = {
    Code.DOCUMENT_UNREADABLE: (
        _WARNS,
        "{name}: 문서를 읽을 수 없습니다({reason}). 원본은 증거로 보관합니다. "
        "기관에 다시 보내 달라고 요청하십시오.",
        "{name} cannot be read ({reason}). It is kept as evidence; ask the authority to send it again.",
    ),
    Code.NO_TEXT: (
        _NOTES,
        "{name}: 글자가 없는 문서입니다(스캔본). 내용을 직접 대조하십시오.",
        "{name} holds no text (a scan): compare it with the form by eye.",
    ),
    Code.TEXT_CUT_SHORT: (
        _WARNS,
        "{name}: 문서의 일부만 읽었습니다({reason}). 나머지는 직접 확인하십시오.",
        "Only a part of {name} was read ({reason}): look at the rest by eye.",
    ),
    Code.NOT_SIGNED: (_NOTES, "{name}: 전자서명이 없습니다.", "{name} bears no electronic signature."),
    Code.SIGNATURE_VALID: (
        _NOTES,
        "{name}: {signer}의 전자서명이 유효하며, 서명 뒤에 바뀐 것이 없습니다({time}).",
        "{name}: the signature of {signer} is valid and nothing changed after it ({time}).",
    ),
    Code.SIGNER_UNKNOWN: (
        _WARNS,
        "{name}: 서명 뒤에 바뀐 것은 없으나, 서명자({signer})를 확인할 인증기관이 설정되어 있지 않습니다.",
        "{name} is as it was signed, but no certificate authority is configured that would know "
        "the signer ({signer}).",
    ),
    Code.SIGNER_NOT_TRUSTED: (
        _WARNS,
        "{name}: 서명자({signer})의 인증서를 신뢰할 수 없습니다({reason}).",
        "{name}: the certificate of the signer ({signer}) is not trusted ({reason}).",
    ),
    Code.SIGNATURE_BROKEN: (
        _BLOCKS,
        "{name}: {signer}의 전자서명이 문서와 맞지 않습니다. 서명한 내용이 바뀌었습니다.",
        "{name}: the signature of {signer} does not fit the document: what was signed has been altered.",
    ),
    Code.SIGNATURE_UNREADABLE: (
        _WARNS,
        "{name}: 전자서명 {field}을(를) 읽을 수 없습니다.",
        "{name}: the signature {field} cannot be read.",
    ),
    Code.SIGNATURES_NOT_CHECKED: (
        _WARNS,
        "{name}: 전자서명을 확인하지 못했습니다({reason}).",
        "{name}: its signatures could not be checked ({reason}).",
    ),
    Code.CHANGED_AFTER_SIGNING: (
        _BLOCKS,
        "{name}: {signer}이(가) 서명한 뒤에 문서의 내용이 바뀌었습니다.",
        "{name} was changed after {signer} signed it.",
    ),
    Code.ADDED_TO_AFTER_SIGNING: (
        _NOTES,
        "{name}: {signer}이(가) 서명한 뒤에 허용된 범위에서 덧붙은 것이 있습니다(다른 서명, 양식 입력 등).",
        "{name} was added to after {signer} signed it, within what is allowed "
        "(another signature, a form field).",
    ),
    Code.HOLDS_SCRIPT: (
        _WARNS,
        "{name}: 스크립트가 들어 있습니다. 원본 파일을 열지 마십시오.",
        "{name} holds a script: do not open the file itself.",
    ),
    Code.STARTS_PROGRAM: (
        _WARNS,
        "{name}: 프로그램을 실행하거나 외부로 보내는 동작이 들어 있습니다. 원본 파일을 열지 마십시오.",
        "{name} would start a program or send something out: do not open the file itself.",
    ),
    Code.HOLDS_FILES: (
        _WARNS,
        "{name}: 다른 파일이 들어 있습니다: {files}.",
        "{name} holds other files: {files}.",
    ),
    Code.MALWARE: (
        _BLOCKS,
        "{name}: 악성코드가 발견되었습니다({malware}).",
        "{name}: malware was found ({malware}).",
    ),
    Code.NOT_SCANNED: (
        _WARNS,
        "{name}: 악성코드 검사를 하지 못했습니다({reason}).",
        "{name} could not be scanned for malware ({reason}).",
    ),
    Code.DOCUMENT_SAYS_OTHERWISE: (
        _WARNS,
        "{item}: 문서에는 {document}, 양식에는 {form}(으)로 적혀 있습니다.",
        "{item}: the document says {document}, the form says {form}.",
    ),
    Code.MAIL_UNREADABLE: (
        _WARNS,
        "메일을 나누어 읽을 수 없습니다({reason}). 원본은 그대로 보관합니다.",
        "The mail cannot be taken apart ({reason}). It is kept whole.",
    ),
    Code.MAIL_CUT_SHORT: (
        _WARNS,
        "메일의 일부만 읽었습니다({reason}). 원본은 그대로 보관합니다.",
        "Only a part of the mail was read ({reason}). It is kept whole.",
    ),
    Code.MAIL_ILL_FORMED: (
        _NOTES,
        "메일의 {header} 머리글이 규격에 맞지 않습니다: {value}",
        "The mail's header {header} is not well formed: {value}",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in what came in."""

    code: Code
    severity: Severity
    message: Label

    @property
    def citation(self) -> None:
        """No rule of law stands behind it."""
        return None

    def sentence(self, lang: str) -> str:
        """The finding in `ko` or `en`."""
        return self.message.text(lang)


def found(code: Code, **fields: Label | str) -> Finding:
    """Make a finding: `fields` fill its sentence, in each language its own."""
    severity, korean, english = _SENTENCES[code]
    return Finding(code, severity, Label(_filled(korean, fields, "ko"), _filled(english, fields, "en")))


def _filled(sentence: str, fields: dict[str, Label | str], lang: str) -> str:
    words = {k: v.text(lang) if isinstance(v, Label) else v for k, v in fields.items()}
    return sentence.format(**words)
