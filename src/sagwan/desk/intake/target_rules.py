"""The kinds of target: how each is written, and the one form in which it is kept.

The names and forms follow ETSI TS 103 280 (InternationalE164, IMEI, IMSI, IPv4Address, IPv6Address,
IPAddressPort, MACAddress, EmailAddress, UUID), with what Korean papers write beside them. Each rule takes a
text without blanks around it and gives its normal form, or raises InvalidValue with what to do.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from urllib.parse import urlsplit

from sagwan.record.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class Setting:
    """What a list leaves unsaid: the calling code of phone numbers written as at home (Korea: 82), and the
    time zone of times without one; None where nothing may be assumed."""

    calling_code: str | None = "82"
    zone: tzinfo | None = None


Rule = Callable[[str, Setting], str]

_EMAIL = re.compile(r"[^\s@\"(),:;<>\[\\\]]{1,64}@(?P<host>[^\s@/:?#]+\.[^\s@/:?#.]{2,63})\Z")
_UUID = re.compile(r"(?:urn:uuid:)?\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?\Z", re.I)
_MAC = re.compile(
    r"[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}\Z|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2}\Z", re.I
)
_HOME_PHONE = re.compile(r"0[0-9][0-9 ().-]{6,18}\Z")
_SERVICE_PHONE = re.compile(r"1[5-8][0-9]{2}-?[0-9]{4}\Z")
_E164 = re.compile(r"\+[1-9][0-9 ().-]{5,24}\Z")
_ENDPOINT = re.compile(
    r"(?:\[(?P<bracketed>[^\]]+)\]|(?P<plain>[^\s\[\]]+?))"
    r"(?:(?:(?<=\]):|(?<=[0-9]):(?=[0-9]{1,5}(?:[\s,@]|\Z))|[\s,]+(?:port|포트)[\s:=]*)(?P<port>[0-9]{1,5}))?"
    r"(?:[\s,@]+(?P<time>.+))?\Z",
    re.I,
)


def text(value: str, setting: Setting) -> str:
    """A name, room or account as it is written, in Unicode's composed form, blanks in it made one."""
    return " ".join(unicodedata.normalize("NFC", value).split())


def email(value: str, setting: Setting) -> str:
    """The host in lower case; the local part as written, since only its own host may know better."""
    found = _EMAIL.match(value)
    host = found["host"] if found else ""
    if not found or ".." in value or value.startswith(".") or ".@" in value or not _is_host(host):
        raise InvalidValue(f"{value!r} is not an e-mail address", hint="such as name@example.org")
    return f"{value[: -len(host)]}{host.lower()}"


def phone(value: str, setting: Setting) -> str:
    """E.164: + and at most 15 digits; a number as at home takes the setting's calling code."""
    compact = re.sub(r"[ ().-]", "", value)
    if _E164.match(value):
        digits = compact[1:].replace("820", "82", 1) if compact.startswith("+820") else compact[1:]
    elif setting.calling_code and _HOME_PHONE.match(value):
        digits = setting.calling_code + compact[1:]
    elif setting.calling_code and _SERVICE_PHONE.match(value):
        digits = setting.calling_code + compact
    else:
        raise InvalidValue(f"{value!r} is not a phone number", hint="such as +821012345678")
    if not 7 <= len(digits) <= 15:
        raise InvalidValue(f"{value!r} has {len(digits)} digits", hint="E.164 has 7 to 15 with its country")
    return f"+{digits}"


def ip_address(value: str, setting: Setting) -> str:
    """`203.0.113.7:443 2016-03-02T01:00:00Z`: port and time (or times, with / between) where they are given.

    One address served many people at once (carrier NAT), so that port and time belong to it; times are kept
    in UTC.
    """
    parts = _ENDPOINT.match(value)
    written = (parts["bracketed"] or parts["plain"]) if parts else value
    try:
        address = ipaddress.ip_network(written) if "/" in written else ipaddress.ip_address(written)
    except ValueError:
        raise InvalidValue(
            f"{value!r:.80} is not an IP address", hint="such as 203.0.113.7:443 2016-03-02T10:00:00+09:00"
        ) from None
    port, time = (parts["port"], parts["time"]) if parts else (None, None)
    shown = str(address)
    if port:
        if not 1 <= int(port) <= 65535:
            raise InvalidValue(f"{port} is not a port", hint="from 1 to 65535")
        shown = f"[{shown}]:{int(port)}" if address.version == 6 else f"{shown}:{int(port)}"
    return f"{shown} {_times(time.strip(), setting)}" if time else shown


def _times(value: str, setting: Setting) -> str:
    first, slash, last = value.partition("/")
    start = _instant(first.strip(), setting)
    if not slash:
        return start
    end = _instant(last.strip(), setting)
    if end < start:
        raise InvalidValue(f"{value!r:.80} ends before it begins", hint="write the earlier time first")
    return f"{start}/{end}"


def _instant(value: str, setting: Setting) -> str:
    zoned = re.sub(r"\s*(?:KST|한국시간)\Z", "+09:00", value)
    zoned = re.sub(r"\s*(?:UTC|GMT)\Z", "+00:00", zoned)
    try:
        moment = datetime.fromisoformat(zoned)
    except ValueError:
        raise InvalidValue(f"{value!r:.80} is not a time", hint="such as 2016-03-02T10:00:00+09:00") from None
    if not re.search(r"[T ][0-9]{2}:?[0-9]{2}", zoned):
        hint = "such as 2016-03-02T10:00:00+09:00"
        raise InvalidValue(f"{value!r:.80} names no time of the day", hint=hint)
    if moment.tzinfo is None:
        if setting.zone is None:
            raise InvalidValue(f"{value!r:.80} has no time zone", hint="add it: +09:00, Z or KST")
        moment = moment.replace(tzinfo=setting.zone)
    try:
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    except OverflowError:
        raise InvalidValue(f"{value!r:.80} is out of reach", hint="check the year") from None


def imei(value: str, setting: Setting) -> str:
    """15 digits, the last the check digit (3GPP TS 23.003), or the 16 of an IMEISV, which has none."""
    digits = re.sub(r"[ ./-]", "", value)
    if not digits.isascii() or not digits.isdigit() or len(digits) not in (15, 16):
        raise InvalidValue(f"{value!r:.80} is not an IMEI", hint="15 digits, the last the check digit")
    if len(digits) == 15 and not luhn(digits):
        raise InvalidValue(f"IMEI {digits} has a wrong check digit", hint="read the number again")
    return digits


def luhn(digits: str) -> bool:
    """Do the digits, the last the check digit, pass Luhn's test?"""
    doubled = (sum(divmod(2 * int(d), 10)) for d in digits[-2::-2])
    return (sum(doubled) + sum(int(d) for d in digits[-1::-2])) % 10 == 0


def imsi(value: str, setting: Setting) -> str:
    digits = re.sub(r"[ -]", "", value)
    if not digits.isascii() or not digits.isdigit() or not 6 <= len(digits) <= 15:
        raise InvalidValue(f"{value!r:.80} is not an IMSI", hint="6 to 15 digits, the country's code first")
    return f"imsi:{digits}"


def mac(value: str, setting: Setting) -> str:
    """Six pairs of hex digits in lower case with colons."""
    if not _MAC.match(value):
        raise InvalidValue(f"{value!r:.80} is not a MAC address", hint="such as 02:00:5e:10:00:01")
    digits = re.sub(r"[:.-]", "", value).lower()
    return ":".join(digits[place : place + 2] for place in range(0, 12, 2))


def uuid(value: str, setting: Setting) -> str:
    found = _UUID.match(value)
    if not found:
        raise InvalidValue(f"{value!r:.80} is not a UUID", hint="8-4-4-4-12 hex digits")
    return found[1].lower()


def device(value: str, setting: Setting) -> str:
    """An IMEI, a MAC address or a UUID where it is one; else a device's number as it is written."""
    for rule, looks in ((mac, _MAC), (uuid, _UUID)):
        if looks.match(value):
            return rule(value, setting)
    if re.fullmatch(r"[0-9 ./-]{15,20}", value):
        return imei(value, setting)
    return text(value, setting)


def url(value: str, setting: Setting) -> str:
    """Scheme and host in lower case, the default port left out; path, query and fragment as written."""
    hint = "such as https://example.org/page"
    try:
        parts = urlsplit(value)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise InvalidValue(f"{value!r:.80} is not a URL", hint=hint) from None
    plain = host is not None and (_is_host(host) or _is_address(host))
    if parts.scheme.lower() not in ("http", "https", "ftp", "ftps") or not plain or re.search(r"\s", value):
        raise InvalidValue(f"{value!r:.80} is not a URL", hint=hint)
    shown = f"[{host}]" if ":" in (host or "") else host
    if port is not None and (parts.scheme.lower(), port) not in (("http", 80), ("https", 443), ("ftp", 21)):
        shown = f"{shown}:{port}"
    user = parts.netloc.rpartition("@")[0]
    place = parts._replace(scheme=parts.scheme.lower(), netloc=f"{user}@{shown}" if user else str(shown))
    return place.geturl()


def _is_host(name: str) -> bool:
    labels = name.rstrip(".").split(".")
    if len(name) > 253 or not all(0 < len(label) <= 63 for label in labels):
        return False
    return all(re.fullmatch(r"[\w-]+", label) and label[0] != "-" != label[-1] for label in labels)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def recognised(value: str, setting: Setting) -> tuple[str, str] | None:
    """(kind, normal form) of a value whose writing tells what it is; None where it might be anything.

    What looks like a kind and breaks its rule is left to the reader: a number may be an account's.
    """
    for kind, rule, looks in _TELLING:
        if looks.match(value):
            try:
                return kind, rule(value, setting)
            except InvalidValue:
                continue
    return None


_TELLING: tuple[tuple[str, Rule, re.Pattern[str]], ...] = (
    ("url", url, re.compile(r"(?:https?|ftps?)://", re.I)),
    ("e-mail", email, re.compile(r"[^@]+@[^@]+\Z")),
    ("device", mac, _MAC),
    ("other", uuid, _UUID),
    ("ip-address", ip_address, re.compile(r"\[?[0-9a-f]{0,4}[.:][0-9a-f.:]+", re.I)),
    ("ip-address", ip_address, re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")),
    ("phone", phone, _E164),
    ("device", imei, re.compile(r"[0-9]{15}\Z")),
    ("phone", phone, re.compile(r"0(?:1[016789]|2|[3-6][1-5]|70|50[2-8]?)[ -]?[0-9]{3,4}[ -]?[0-9]{4}\Z")),
)

WORDS: dict[str, tuple[str, Rule]] = {
    "account": ("account", text), "id": ("account", text), "user": ("account", text),
    "계정": ("account", text), "아이디": ("account", text),
    "e-mail": ("e-mail", email), "email": ("e-mail", email), "mail": ("e-mail", email),
    "메일": ("e-mail", email), "이메일": ("e-mail", email), "전자우편": ("e-mail", email),
    "phone": ("phone", phone), "tel": ("phone", phone), "e164": ("phone", phone),
    "전화": ("phone", phone), "전화번호": ("phone", phone), "휴대전화": ("phone", phone),
    "imsi": ("other", imsi),
    "ip-address": ("ip-address", ip_address), "ip": ("ip-address", ip_address),
    "ipv4": ("ip-address", ip_address), "ipv6": ("ip-address", ip_address),
    "아이피": ("ip-address", ip_address), "접속ip": ("ip-address", ip_address),
    "device": ("device", device), "기기": ("device", device),
    "imei": ("device", imei), "mac": ("device", mac),
    "room": ("room", text), "chat": ("room", text), "대화방": ("room", text), "채팅방": ("room", text),
    "url": ("url", url), "link": ("url", url),
    "name": ("name", text), "이름": ("name", text), "성명": ("name", text), "닉네임": ("name", text),
    "uuid": ("other", uuid), "other": ("other", text), "기타": ("other", text),
}  # fmt: skip
"""What a list may call a kind (in lower case) → the record's kind, and its rule."""
