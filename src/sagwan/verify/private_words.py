"""The sentences about revealed items, in English and Korean."""

from sagwan.verify.words import WITHHELD, Text


def private_invalid(why: str) -> Text:
    return {"en": f"proves nothing: {why}", "ko": f"증명하지 못함: {why}"}


def private_proven(items: int, index: int, size: int) -> Text:
    """Revealed items that hold by their own proofs; no folder was given."""
    count = "1 item belongs" if items == 1 else f"{items:,} items belong"
    return {
        "en": f"{count} to the line sealed as entry {index:,} of {size:,}; name the published folder to see "
        "what was published of it",
        "ko": f"항목 {items:,}개가 로그 {size:,}개 항목 가운데 {index:,}번 줄에 속함. 무엇이 공개되었는지는 "
        "공개 폴더를 함께 지정하면 확인함",
    }


def private_published(items: int, index: int, where: str) -> Text:
    """`where`: the half-year that published the line, `-` where none has yet."""
    there = _there(items, index)
    if where == "-":
        return {"en": f"{there['en']}; no report holds it yet", "ko": f"{there['ko']}. 아직 실린 보고서 없음"}
    return {
        "en": f"{there['en']}, published as it was sealed, in {where}",
        "ko": f"{there['ko']}. {where}에 봉인된 그대로 공개됨",
    }


def private_withheld(items: int, index: int, reason: str) -> Text:
    """A report holds the entry, and does not open it."""
    there, why = _there(items, index), WITHHELD[reason]
    return {
        "en": f"{there['en']}; not opened: {why['en']}",
        "ko": f"{there['ko']}. 공개하지 않음: {why['ko']}",
    }


def _there(items: int, index: int) -> Text:
    count = "1 item belongs" if items == 1 else f"{items:,} items belong"
    return {
        "en": f"{count} to the line in the log as entry {index:,}",
        "ko": f"항목 {items:,}개가 로그의 {index:,}번 줄에 속함",
    }
