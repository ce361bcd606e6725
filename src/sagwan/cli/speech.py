"""What the commands that compare say in words of their own, in English and Korean.

The English stands in the commands; a text without a translation is said in English. Codes in CSV, JSON and
Parquet are never translated.
"""

from collections.abc import Mapping
from typing import Protocol

from sagwan.compare.words import Language

_KOREAN: Mapping[str, str] = {
    # heads of tables
    "answer": "답",
    "after": "나중",
    "before": "처음",
    "cause": "까닭",
    "claim": "주장",
    "claims": "주장 수",
    "column": "항목",
    "date": "날짜",
    "editions": "판",
    "evidence": "근거",
    "figure": "수치",
    "figures": "수치",
    "point": "항목",
    "policies": "방침",
    "provider": "사업자",
    "printed": "실린 값",
    "source": "출처",
    "state": "읽은 상태",
    "status": "상태",
    "value": "값",
    # how figures and claims stand
    "agreed": "일치",
    "banded": "구간",
    "derived": "계산값",
    "disputed": "불일치",
    "missing": "미공개",
    "single-source": "단일 출처",
    "preferred": "택한 값",
    "same": "같은 값",
    "rival": "다른 값",
    "other": "그 밖의 값",
    # states of values
    "exact": "수",
    "not-applicable": "해당 없음",
    "not-reported": "적지 않음",
    "not-yet-due": "아직 나오지 않음",
    "range": "범위",
    "rounded": "반올림",
    "suppressed": "가림",
    "threshold": "문턱값",
    "unreadable": "읽지 못함",
    "withdrawn": "거두어들임",
    "zero": "0으로 적음",
    # what decided
    "company-report": "회사 보고서",
    "in-place": "제자리에 있는 값",
    "kind": "출처의 종류",
    "later-edition": "나중 판",
    "latest": "가장 나중 값",
    "only": "유일한 값",
    "order": "순서",
    "possible": "곁의 수치와 맞는 값",
    "track-record": "곁의 수치가 맞는 출처",
    "voices": "독립된 출처의 수",
    # causes of restatements
    "correction": "정정",
    "formatting": "표기",
    "re-classing": "재분류",
    "re-definition": "정의 변경",
    "rename": "이름 변경",
    "un-gagging": "공개 금지 해제",
    "unknown": "알 수 없음",
    # sentences
    "Where sources disagree": "출처가 서로 다른 곳",
    "all periods": "모든 기간",
    "no number": "수 없음",
    "decided by": "정한 기준",
    "conflict": "맞지 않음",
    "{rows} rows, {claims} claims, {new} of them new": "행 {rows}개, 주장 {claims}개, 새것 {new}개",
    "this file was imported before": "전에 가져온 파일입니다",
    "periods": "기간",
    "countries": "국가",
    "states": "상태",
    "beside what is stored": "보관된 판과 견주어",
    "edition": "판",
    "source date": "출처의 날짜",
    "as you gave it": "직접 준 날짜",
    "the last day that the file speaks of; --date sets another": "파일이 말하는 마지막 날, --date로 바꿈",
    "as each row says": "행마다 적힌 날짜",
    "could not read": "읽지 못한 곳",
    "warning": "주의",
    "none": "없음",
    "(none named)": "(적지 않음)",
    "{count}, from {first} to {last}": "{count}개, {first}부터 {last}까지",
    "and {count} more (--json names all)": "그 밖에 {count}건(--json은 모두 적음)",
    "stored {count} claims in {file}": "{file}에 주장 {count}개를 보관했습니다",
    "nothing new: every claim is in the store already": "새것 없음: 모든 주장이 이미 보관되어 있습니다",
    "Store {count} new claims in {store}?": "새 주장 {count}개를 {store}에 보관할까요?",
    "another import is writing to {store}; waiting for it": (
        "다른 가져오기가 {store}에 쓰고 있어 기다립니다"
    ),
    "{count} claims, {rows} rows": "주장 {count}개, {rows}행",
    "{shown} changes of numbers; {form} more of form or name only (--all shows them)": (
        "수가 바뀐 곳 {shown}개, 표기나 이름만 바뀐 곳 {form}개(--all로 봄)"
    ),
    "{shown} changes": "바뀐 곳 {shown}개",
    "{count} {name}": "{name} {count}",
    "added": "추가됨",
    "removed": "빠짐",
}


class Speech(Protocol):
    """Says a text in one language, with its fields filled."""

    def __call__(self, text: str, **fields: object) -> str: ...


def speech(language: Language) -> Speech:
    """The commands' words in a language."""

    def told(text: str, **fields: object) -> str:
        template = _KOREAN.get(text, text) if language == "ko" else text
        return template.format(**fields) if fields else template

    return told
