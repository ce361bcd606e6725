"""The sentences about a receipt, in English and Korean."""

from collections.abc import Callable, Mapping

from sagwan.formats import paths
from sagwan.verify.receipt_verdict import ReceiptState
from sagwan.verify.words import WITHHELD, Text

Proven = Callable[[int, int], Text]
"""A sentence about an entry's index and the size of the log that holds it."""


HEADS: Mapping[ReceiptState, Text] = {
    ReceiptState.INCLUDED: {"en": "included: ", "ko": "포함됨: "},
    ReceiptState.PROMISED: {"en": "promised: ", "ko": "약속됨: "},
    ReceiptState.DOUBTFUL: {"en": "promise doubtful: ", "ko": "약속 불확실: "},
    ReceiptState.NOT_LOOKED_UP: {"en": "not looked up: ", "ko": "찾아보지 않음: "},
}
"""What goes before the sentence; the sentences of the other states begin with it."""

KINDS: Mapping[str, Text] = {
    "received": {"en": "received", "ko": "접수됨"},
    "resolved": {"en": "resolved", "ko": "종결"},
    "follow-up": {"en": "follow-up", "ko": "후속 요청"},
    "corrected": {"en": "corrected", "ko": "정정"},
}

OUTCOMES: Mapping[str, Text] = {
    "complied": {"en": "complied", "ko": "전부 제공"},
    "partial": {"en": "partial", "ko": "일부 제공"},
    "refused": {"en": "refused", "ko": "거부"},
    "no-data": {"en": "no-data", "ko": "자료 없음"},
    "withdrawn": {"en": "withdrawn", "ko": "요청 철회"},
}


def since(checkpoint: str, size: int) -> Text:
    """Under which checkpoint the line is in the log; `checkpoint` is empty where only the receipt has it."""
    if not checkpoint:
        return {
            "en": f"under the checkpoint of {size:,} entries that the receipt carries",
            "ko": f"접수증에 담긴 체크포인트(항목 {size:,}개)에 포함됨",
        }
    if checkpoint == paths.CHECKPOINT:
        return {
            "en": f"under {checkpoint} ({size:,} entries)",
            "ko": f"{checkpoint}(항목 {size:,}개)에 포함됨",
        }
    return {
        "en": f"in the log since {checkpoint} ({size:,} entries)",
        "ko": f"{checkpoint}(항목 {size:,}개)부터 로그에 있음",
    }


def receipt_genuine() -> Text:
    return {
        "en": "genuine: signed by the provider's receipts key, for this line and these items",
        "ko": "진본: 사업자의 접수증 키가 이 줄과 이 항목에 대해 서명함",
    }


def receipt_invalid(why: str) -> Text:
    return {"en": f"proves nothing: {why}", "ko": f"증명하지 못함: {why}"}


def receipt_included(index: int, outcome: str, withheld: str) -> Text:
    """`outcome` as published, empty where none is; `withheld` the reason, empty where the entry is opened."""
    there = {"en": f"in the log as entry {index:,}", "ko": f"로그의 {index:,}번 항목에 있음"}
    if withheld:
        return {
            "en": f"{there['en']}; not opened: {WITHHELD[withheld]['en']}",
            "ko": f"{there['ko']}. 공개하지 않음: {WITHHELD[withheld]['ko']}",
        }
    if outcome:
        return {
            "en": f"{there['en']}; its request ended as {outcome}",
            "ko": f"{there['ko']}. 처리 결과: {OUTCOMES.get(outcome, {}).get('ko', outcome)}",
        }
    return {
        "en": f"{there['en']}; no outcome is published yet",
        "ko": f"{there['ko']}. 공개된 처리 결과 없음",
    }


def receipt_proven(index: int, size: int) -> Text:
    """Included by the receipt's own proof; no folder was looked into."""
    return {
        "en": f"in the log as entry {index:,}, by its own proof under a checkpoint of {size:,} entries; "
        "name the published folder to see what became of it",
        "ko": f"자체 증명에 따라 로그의 {index:,}번 항목에 있음(항목 {size:,}개의 체크포인트). "
        "처리 결과는 공개 폴더를 함께 지정하면 확인함",
    }


def receipt_older_folder(index: int, size: int) -> Text:
    """Included by its own proof, in a log that the folder does not show so far."""
    return {
        "en": f"in the log as entry {index:,}, by its own proof under a checkpoint of {size:,} entries; "
        "this folder is older: fetch a newer one",
        "ko": f"자체 증명에 따라 로그의 {index:,}번 항목에 있음(항목 {size:,}개의 체크포인트). "
        "이 폴더는 그보다 오래되었으니 새 폴더를 받으십시오",
    }


def receipt_promised(due: str) -> Text:
    return {
        "en": f"not in the log yet; promised by {due}",
        "ko": f"아직 로그에 없음. {due}까지 올리기로 약속됨",
    }


def receipt_broken(due: str) -> Text:
    """Due and not there."""
    return {
        "en": f"promise broken: due {due}, and not in this log. Fetch the newest log and ask again; "
        "if it is still not there, this receipt proves it",
        "ko": f"약속 위반: {due}까지였으나 이 로그에 없음. 최신 로그로 다시 확인하고, 그래도 없으면 "
        "이 접수증이 그 증거임",
    }


def receipt_rewritten(index: int, size: int) -> Text:
    """Once proven to be in the log, and now another entry stands in its place."""
    return {
        "en": f"promise broken: a signed checkpoint of {size:,} entries holds the line as entry "
        f"{index:,}, and this log has another entry there: the log was rewritten, or you are shown another "
        "one. This receipt and this folder together prove it",
        "ko": f"약속 위반: 서명된 체크포인트(항목 {size:,}개)에는 {index:,}번 항목으로 있으나 이 로그의 "
        "그 자리에는 다른 항목이 있음. 로그를 고쳐 썼거나 다른 로그를 보여 주는 것이며, "
        "이 접수증과 이 폴더가 그 증거임",
    }


def receipt_doubtful(due: str) -> Text:
    """Due and not there, but signed by a key that is not believed for it."""
    return {
        "en": f"due {due} and not in this log, but nobody can hold the provider to it: ",
        "ko": f"{due}까지였으나 이 로그에 없음. 다만 사업자의 약속이라고 단정할 수 없음: ",
    }


def tell(witnesses: list[str]) -> Text:
    """Whom a holder tells of a broken promise."""
    names = f" ({', '.join(witnesses)})" if witnesses else ""
    return {
        "en": "Tell the provider; your own superiors, or the authority's supervisor; the regulator of data "
        f"protection or of telecommunications; and the log's witnesses{names}. Keep the receipt and a copy "
        "of the folder: whoever has the provider's key can check them.",
        "ko": "사업자, 소속 기관의 상급자 또는 감독기관, 개인정보 보호 또는 통신 규제기관, 그리고 로그의 "
        f"증인{names}에게 알리십시오. 접수증과 공개 폴더의 사본을 보관하십시오. "
        "사업자의 키를 가진 누구나 확인할 수 있습니다.",
    }


def handed_over(old: str, new: str, since: str, stolen: bool) -> Text:
    """Why a promise is doubtful: its key had given way. `old` and `new` are key IDs in hex."""
    if stolen:
        return {
            "en": f"the key +{old} that signed it is declared stolen (since {since}; now +{new}), and a "
            "thief can write any date: a copy of the receipt that others saw before that day, or "
            "the provider's own records, must decide",
            "ko": f"서명한 키 +{old}는 도난 신고됨({since}부터. 현재 키 +{new}). "
            "훔친 사람은 어떤 날짜든 적을 수 있으므로 "
            "그날 이전에 다른 사람이 본 사본이나 사업자의 기록으로 가려야 함",
        }
    return {
        "en": f"the key +{old} that signed it had given way to +{new} on {since}, before the promise is "
        "dated",
        "ko": f"서명한 키 +{old}는 약속 날짜보다 앞선 {since}에 +{new} 키로 교체됨",
    }
