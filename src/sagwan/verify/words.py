"""The sentences of a verdict, in English and Korean."""

from collections.abc import Mapping, Sequence

from sagwan.formats.banded import BandedFigure
from sagwan.formats.handover import Handover, Reason
from sagwan.verify.verdict import Anchor

Text = dict[str, str]

NAMES: Mapping[int, Text] = {
    1: {"en": "Signed and witnessed", "ko": "서명과 증인"},
    2: {"en": "Every checkpoint holds", "ko": "모든 체크포인트"},
    3: {"en": "Nothing rewritten", "ko": "고쳐 쓰지 않음"},
    4: {"en": "The report is sealed", "ko": "보고서 봉인"},
    5: {"en": "Every line is the one sealed", "ko": "봉인된 그대로의 줄"},
    6: {"en": "Every request follows the rules", "ko": "요청의 앞뒤"},
    7: {"en": "The table, recounted", "ko": "다시 센 표"},
}

LIMITS: Text = {
    "en": "No log can force a provider to enter a request, stop it from inventing one, or stop it from "
    "misstating an outcome for which nobody holds a receipt. What a report merely states is not recounted.",
    "ko": "어떤 로그도 사업자가 요청을 빠짐없이 올리게 하거나, 없는 요청을 지어내지 못하게 하거나, "
    "아무도 접수증을 갖고 있지 않은 처리 결과를 잘못 적지 못하게 할 수는 없습니다. "
    "보고서가 말로만 밝힌 값은 다시 세지 않았습니다.",
}

_ANCHORS: Mapping[Anchor, Text] = {
    Anchor.READER: {"en": "a key that you named", "ko": "직접 지정한 키"},
    Anchor.MEMORY: {"en": "the key remembered from an earlier visit", "ko": "이전 방문에서 기억한 키"},
    Anchor.FOLDER: {"en": "the key that the folder itself names", "ko": "폴더가 스스로 내세운 키"},
}


def failed(count: int, first: str) -> Text:
    """How many failures there are, and the first one's message (in English, as messages are)."""
    failures = "1 failure" if count == 1 else f"{count:,} failures"
    return {"en": f"{failures}: {first}", "ko": f"실패 {count:,}건: {first}"}


def not_checked(why: str) -> Text:
    return {"en": f"not checked: {why}", "ko": f"확인하지 못함: {why}"}


def signed(anchor: Anchor, quorum: str, followed: Sequence[Handover] = ()) -> Text:
    """Check 1, signatures: who named the key, what witnesses were asked for (`none` for none), and which
    handovers were followed."""
    text = _signed(anchor, quorum)
    for one in followed:
        text = _handed_over(text, one)
    return text


def _handed_over(text: Text, one: Handover) -> Text:
    old, new = one.old.key_id.hex(), one.new.key_id.hex()
    en, ko = (
        ("gave way", "교체되어")
        if one.reason is Reason.ROTATED
        else ("was stolen and gave way", "도난당하여")
    )
    where = f"{one.size:,}"
    return {
        "en": f"{text['en']}; key +{old} {en} to +{new} at {where} entries (handover {one.number})",
        "ko": f"{text['ko']}. 키 +{old}: 항목 {where}개에서 {ko} +{new} 키로 승계됨(승계 문서 {one.number})",
    }


def _signed(anchor: Anchor, quorum: str) -> Text:
    by = _ANCHORS[anchor]
    if anchor is Anchor.FOLDER:
        self_declared = {
            "en": f"self-declared: signed by {by['en']}; name a key that you have from elsewhere",
            "ko": f"자기 선언: {by['ko']}로 서명됨. 다른 경로로 얻은 키를 지정하십시오",
        }
        if quorum != "none":
            return self_declared
        return {"en": f"{self_declared['en']}; not witnessed", "ko": f"{self_declared['ko']}. 증인 없음"}
    if quorum == "none":
        return {"en": f"signed by {by['en']}; not witnessed", "ko": f"{by['ko']}로 서명됨. 증인 없음"}
    return {
        "en": f"signed by {by['en']}, and cosigned as your quorum {quorum} asks",
        "ko": f"{by['ko']}로 서명되고, 정족수 {quorum}대로 증인이 함께 서명함",
    }


def hashed(entries: int, checkpoints: int, dated: bool) -> Text:
    """Check 2, the tree."""
    roots = {
        "en": f"{entries:,} entries hash to the roots of {checkpoints:,} checkpoints",
        "ko": f"항목 {entries:,}개의 해시가 체크포인트 {checkpoints:,}개의 루트와 일치함",
    }
    if dated:
        return {
            "en": f"{roots['en']}; no gap is longer than announced",
            "ko": f"{roots['ko']}. 알린 주기를 넘는 공백 없음",
        }
    return {
        "en": f"{roots['en']}; undated: no witness that you name vouches for the times",
        "ko": f"{roots['ko']}. 시각 미확인: 시각을 보증하는 지정 증인이 없음",
    }


def consistent(remembered: int | None) -> Text:
    """Check 3, history; `remembered` is the size of the tree that the reader kept, None on a first visit."""
    if remembered is None:
        return {
            "en": "each report begins where the last one ended; nothing remembered from an earlier visit",
            "ko": "각 보고서는 앞 보고서가 끝난 곳에서 시작함. 이전 방문의 기억 없음",
        }
    return {
        "en": "each report begins where the last one ended; "
        f"the {remembered:,} entries seen before are unchanged",
        "ko": f"각 보고서는 앞 보고서가 끝난 곳에서 시작함. 전에 본 항목 {remembered:,}개도 그대로임",
    }


def bound(reports: int) -> Text:
    """Check 4, files."""
    count = "1 report is" if reports == 1 else f"{reports} reports are"
    return {
        "en": f"{count} sealed in the log, file by file",
        "ko": f"보고서 {reports}건이 파일마다 로그에 봉인되어 있음",
    }


def opened(lines: int) -> Text:
    """Check 5, lines."""
    return {
        "en": f"{lines:,} published lines are what was sealed",
        "ko": f"공개된 {lines:,}줄이 봉인된 그대로임",
    }


def followed(opened_lines: int, withheld: int) -> Text:
    """Check 6, requests."""
    total = opened_lines + withheld
    if not withheld:
        return {
            "en": f"all {total:,} entries are opened; each request in its order, none twice",
            "ko": f"항목 {total:,}개가 모두 공개됨. 요청마다 앞뒤가 맞고 두 번 센 것이 없음",
        }
    share = f"{100 * withheld / total:.1f} %"
    return {
        "en": f"{opened_lines:,} opened + {withheld:,} withheld = {total:,} entries; {share} withheld: "
        "totals are floors",
        "ko": f"공개 {opened_lines:,} + 비공개 {withheld:,} = 항목 {total:,}개. "
        f"{share} 비공개: 합계는 하한값임",
    }


def recounted(rows: int) -> Text:
    """Check 7, the table."""
    count = "1 row" if rows == 1 else f"{rows:,} rows"
    return {
        "en": f"{count} recounted from the opened lines, the same in JSON and CSV",
        "ko": f"공개된 줄에서 {rows:,}행을 다시 세었고 JSON과 CSV 모두 같음",
    }


WITHHELD: Mapping[str, Text] = {
    "non-disclosure-order": {
        "en": "a non-disclosure order stands, or the law keeps it closed",
        "ko": "비공개 명령이 있거나 법률이 공개를 막음",
    },
    "banded": {"en": "the law allows only bands", "ko": "법률이 구간만 허용함"},
    "lost": {"en": "the line was lost", "ko": "줄을 잃어버림"},
}
"""Why an entry is not opened."""

_COVER: Text = {
    "en": "; cover that is never opened is among them",
    "ko": ". 공개하지 않는 위장 항목이 섞여 있음",
}


def withheld(reason: str, count: int) -> Text:
    """How many entries of a half-year are not opened for one reason."""
    why = {
        lang: text + (_COVER[lang] if reason == "banded" else "") for lang, text in WITHHELD[reason].items()
    }
    entries = "1 entry" if count == 1 else f"{count:,} entries"
    return {"en": f"withheld: {entries}: {why['en']}", "ko": f"비공개: 항목 {count:,}개: {why['ko']}"}


def banded(one: BandedFigure) -> Text:
    """A figure that the law allows only in bands; no check recounts it."""
    measure = {"requested": ("requested", "요청"), "accounts-asked": ("accounts asked for", "요청된 계정")}
    en, ko = measure[one.measure]
    band = f"{one.low:,}-{one.high:,}"
    return {
        "en": f"stated, not recounted: {one.names['en']} ({one.jurisdiction}), {one.about}, {en}: {band}; "
        f"{one.citation['en']} allows bands of {one.width:,}",
        "ko": f"말로 밝힌 값(다시 세지 않음): {one.names['ko']}({one.jurisdiction}), {one.about}, "
        f"{ko}: {band}. "
        f"{one.citation['ko']}가 {one.width:,} 단위의 구간만 허용함",
    }


def per_batch(count: int) -> Text:
    """How many entries of each batch are banded, whatever came."""
    return {
        "en": f"stated in bands: {count:,} entries of each batch are banded, whatever came, so that their "
        "number tells no more",
        "ko": f"구간으로 밝힘: 무엇이 접수되었든 배치마다 항목 {count:,}개가 구간 항목이므로 "
        "그 수는 더 말해 주지 않음",
    }


def promises(made: float, kept: float, late: float) -> Text:
    """What a report states of its promises; no check recounts it."""
    return {
        "en": f"stated, not recounted: {made:,} promises made, {kept:,} kept in time, {late:,} late; only a "
        "receipt can contradict that: check yours with --receipt",
        "ko": f"말로 밝힌 값(다시 세지 않음): 약속 {made:,}건, 기한 안에 지킴 {kept:,}건, 늦게 지킴 "
        f"{late:,}건. "
        "이를 반박할 수 있는 것은 접수증뿐이니 --receipt로 확인하십시오",
    }
