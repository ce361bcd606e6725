"""What letters call slugs, and how they write days and instants, in Korean and English."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sagwan.law.citation import Label
from sagwan.pages import i18n
from sagwan.record.vocabulary import Grant

DATA = {
    "access": Label("접속 기록(로그인 일시, IP 주소)", "access records (log-in times, IP addresses)"),
    "content": Label("통신 내용", "content"),
    "subscriber": Label("가입자 정보", "subscriber information"),
    "traffic": Label("통신 내역(송수신 기록)", "traffic records"),
}
TARGETS = {
    "account": Label("계정", "account"),
    "e-mail": Label("전자우편", "e-mail address"),
    "phone": Label("전화번호", "telephone number"),
    "ip-address": Label("IP 주소", "IP address"),
    "device": Label("기기", "device"),
    "room": Label("대화방", "chat room"),
    "url": Label("URL", "URL"),
    "name": Label("이름", "name"),
    "other": Label("기타", "other"),
}
GRANTS = {
    Grant.DISCLOSE: Label("제공", "provided"),
    Grant.REFUSE: Label("거절", "refused"),
    Grant.NO_DATA: Label("자료 없음", "no data"),
    Grant.ASK: Label("확인 중", "to be clarified"),
}
CHANNELS = {
    "staff": Label("직접 접수", "entered by our staff"),
    "portal": Label("온라인 창구", "the online portal"),
    "file": Label("파일", "a file"),
    "api": Label("API", "the API"),
    "mail": Label("전자우편", "e-mail"),
    "post": Label("우편", "post"),
    "fax": Label("팩스", "fax"),
}


def word(words: dict[str, Label], slug: str, lang: str) -> str:
    """What a slug is called; the slug itself where nobody named it."""
    return words[slug].text(lang) if slug in words else slug


def day(value: date, lang: str) -> str:
    """`2016년 3월 2일`, `2 March 2016`."""
    return i18n.day(value.isoformat(), lang)


def moment(at: datetime, zone: ZoneInfo, lang: str) -> str:
    """An instant on the provider's clock, to the minute, with the name of its time."""
    local = at.astimezone(zone)
    return f"{day(local.date(), lang)} {local:%H:%M} ({local.tzname()})"
