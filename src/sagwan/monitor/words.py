"""What a monitor may find, each with the sentence that says it in English and Korean."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    NOTE = "note"
    """News, as it should be."""
    UNREACHABLE = "unreachable"
    """Nothing can be said today."""
    ALARM = "alarm"
    """Something does not hold; evidence is kept where there is any."""


class Code(StrEnum):
    FIRST = "first-seen"
    REPORT = "report-appeared"
    KEY_CHANGED = "key-changed"
    OVER = "over"
    UNREACHABLE = "unreachable"
    NO_LOG = "no-log"
    SIGNATURE = "signature"
    FORKED = "forked"
    REWRITTEN = "rewritten"
    SHRUNK = "shrunk"
    STALLED = "stalled"
    OVERDUE = "overdue"
    REPORT_CHANGED = "report-changed"
    REPORT_GONE = "report-gone"
    VERIFY_FAILED = "verify-failed"


LEVELS = {
    Code.FIRST: Level.NOTE,
    Code.REPORT: Level.NOTE,
    Code.KEY_CHANGED: Level.NOTE,
    Code.OVER: Level.NOTE,
    Code.UNREACHABLE: Level.UNREACHABLE,
}
"""All others are alarms."""

SENTENCES: dict[Code, dict[str, str]] = {
    Code.FIRST: {
        "en": "seen for the first time, with {0} entries; the key is taken from {1}",
        "ko": "처음 보았습니다. 항목 {0}개, 키의 출처: {1}",
    },
    Code.REPORT: {
        "en": "the report of {0} has appeared; {1}",
        "ko": "{0} 보고서가 나왔습니다. {1}",
    },
    Code.KEY_CHANGED: {
        "en": "the log's key gave way to {0}, as its handovers say",
        "ko": "인계 기록대로 로그의 키가 {0}(으)로 바뀌었습니다",
    },
    Code.OVER: {"en": "no longer so: {0}", "ko": "이제 그렇지 않습니다: {0}"},
    Code.UNREACHABLE: {"en": "cannot be read: {0}", "ko": "읽을 수 없습니다: {0}"},
    Code.NO_LOG: {
        "en": "there is no log checkpoint: {0}",
        "ko": "로그의 체크포인트가 없습니다: {0}",
    },
    Code.SIGNATURE: {
        "en": "the log's checkpoint is not signed as it must be: {0}",
        "ko": "로그의 체크포인트가 제대로 서명되지 않았습니다: {0}",
    },
    Code.FORKED: {
        "en": "two views of one log: at {0} entries {1} shows the root {2}, and {3} was seen",
        "ko": "한 로그의 두 모습: 항목 {0}개에서 {1}의 루트는 {2}인데 {3}도 보았습니다",
    },
    Code.REWRITTEN: {
        "en": "the log of {0} entries does not begin with the {1} entries that {2} shows: {3}",
        "ko": "항목 {0}개의 로그가 {2}의 항목 {1}개로 시작하지 않습니다: {3}",
    },
    Code.SHRUNK: {
        "en": "the log has {0} entries now and had {1}",
        "ko": "로그의 항목이 {1}개에서 {0}개로 줄었습니다",
    },
    Code.STALLED: {
        "en": "no new checkpoint since {0}; the report announces one every {1} hours",
        "ko": "{0} 이후 새 체크포인트가 없습니다. 보고서가 알린 주기는 {1}시간입니다",
    },
    Code.OVERDUE: {
        "en": "the report of {0} was due by {1}",
        "ko": "{0} 보고서의 기한은 {1}이었습니다",
    },
    Code.REPORT_CHANGED: {
        "en": "the report of {0} is not the one published before: {1}",
        "ko": "{0} 보고서가 앞서 공개된 것과 다릅니다: {1}",
    },
    Code.REPORT_GONE: {
        "en": "the report of {0} was published and is not there any more",
        "ko": "공개되었던 {0} 보고서가 이제 없습니다",
    },
    Code.VERIFY_FAILED: {
        "en": "the report of {0} does not verify: {1}",
        "ko": "{0} 보고서의 검증이 실패했습니다: {1}",
    },
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found out about a log. `about` tells apart what has one code, as a half-year."""

    code: Code
    about: str
    text: dict[str, str]

    @property
    def level(self) -> Level:
        return LEVELS.get(self.code, Level.ALARM)

    @property
    def name(self) -> str:
        """The same for the same thing, from visit to visit."""
        return f"{self.code}:{self.about}" if self.about else str(self.code)


def say(code: Code, *values: object, about: object = "") -> Finding:
    """A finding, with its values put into the sentences."""
    return Finding(code, str(about), {lang: text.format(*values) for lang, text in SENTENCES[code].items()})
