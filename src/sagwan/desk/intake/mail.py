"""A mail (.eml) taken apart: who it says it is from, how it travelled, what is attached.

The raw bytes are the evidence and are kept whole; what is read from them here is for people and for checks.
Every header is the sender's word, but for those that the provider's own server put on top. Sizes, parts and
depth are bounded, and no bytes make it fail: what cannot be read is a finding.
"""

import email
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime

from sagwan.desk.intake.findings import Code, Finding, found
from sagwan.desk.intake.mail_text import decoded_text, header_text, plain_of_html, safe_name
from sagwan.law.citation import Label
from sagwan.record.request import MAX_DOCUMENT_BYTES, MAX_DOCUMENTS, Document
from sagwan.record.request import MAX_TEXT as MAX_BODY

MAX_PARTS = 200
MAX_DEPTH = 20
MAX_BOUNDARIES = 20_000
MAX_TRACE = 50

TOO_LARGE = Label("메일이 너무 큼", "it is too large")
TOO_DEEP = Label("메일이 너무 깊이 겹쳐 있음", "it is nested too deeply")
TOO_MANY = Label("메일의 부분이 너무 많음", "it has too many parts")
BROKEN = Label("형식을 알아볼 수 없음", "its form cannot be made out")


@dataclass(frozen=True, slots=True)
class Address:
    """`name` as it is shown, `address` as it is written; both the sender's word."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2].lower().rstrip(".")


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of the mail. `path` tells where in it: (2, 1) is the first part of its second part."""

    document: Document
    content_type: str
    path: tuple[int, ...]
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail, read. `raw` describes its bytes as they came. `authentication` holds each
    Authentication-Results header (RFC 8601), newest first: only those under the name of the provider's own
    server mean anything (`people.mailcheck` reads them). `received` is newest first too."""

    raw: Document
    senders: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    return_path: str = ""
    to: tuple[Address, ...] = ()
    subject: str = ""
    date: datetime | None = None
    message_id: str = ""
    received: tuple[str, ...] = ()
    authentication: tuple[str, ...] = ()
    text: str = field(default="", repr=False)
    attachments: tuple[Attachment, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_mail(data: bytes, name: str = "mail.eml") -> Mail:
    """Take a mail apart. Never raises for what the bytes hold; raises InvalidValue where they are more than
    can be kept (MAX_DOCUMENT_BYTES)."""
    raw = Document(safe_name(name, "mail.eml"), _digest(data), len(data))
    too_much = _too_much(data)
    if too_much:
        return Mail(raw, findings=(found(Code.MAIL_UNREADABLE, reason=too_much),))
    try:
        message = email.message_from_bytes(data, policy=compat32)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, IndexError):
        return Mail(raw, findings=(found(Code.MAIL_UNREADABLE, reason=BROKEN),))
    if not message.keys():
        return Mail(raw, findings=(found(Code.MAIL_UNREADABLE, reason=BROKEN),))
    return _Reading(message, raw).mail()


def documents(mail: Mail, data: bytes) -> tuple[tuple[Document, bytes], ...]:
    """What a filing keeps of it: the mail whole, then its attachments, each content once, as many as fit one
    request. What is left out is still in the mail."""
    kept = {mail.raw.digest: (mail.raw, data)}
    for attachment in mail.attachments:
        kept.setdefault(attachment.document.digest, (attachment.document, attachment.data))
    return tuple(kept.values())[:MAX_DOCUMENTS]


def _too_much(data: bytes) -> Label | None:
    """Look before parsing: the parser keeps an object for each part, and reads nested ones in recursion."""
    if len(data) > MAX_DOCUMENT_BYTES:
        return TOO_LARGE
    nested = len(re.findall(rb"multipart/|message/rfc822", data, re.I))
    if nested > MAX_DEPTH * 3:
        return TOO_DEEP
    return TOO_MANY if data.count(b"\n--") > MAX_BOUNDARIES else None


class _Reading:
    """One look over a parsed mail; what is wrong on the way becomes a finding."""

    def __init__(self, message: Message, raw: Document) -> None:
        self._message, self._raw = message, raw
        self._findings: list[Finding] = []
        self._texts: list[str] = []
        self._pages: list[str] = []
        self._attachments: list[Attachment] = []

    def mail(self) -> Mail:
        self._take_parts()
        text = "\n\n".join(self._texts) or "\n\n".join(map(plain_of_html, self._pages))
        return Mail(
            raw=self._raw,
            senders=self._addresses("From"),
            reply_to=self._addresses("Reply-To"),
            return_path=self._path(),
            to=self._addresses("To"),
            subject=self._header("Subject"),
            date=self._date(),
            message_id=self._header("Message-ID"),
            received=self._all("Received"),
            authentication=self._all("Authentication-Results"),
            text=text[:MAX_BODY],
            attachments=tuple(self._attachments),
            findings=tuple(self._findings),
        )

    def _header(self, name: str) -> str:
        values = self._all(name)
        if len(values) > 1:
            self._ill(name, f"{len(values)} ×")
        return values[0] if values else ""

    def _all(self, name: str) -> tuple[str, ...]:
        wanted = name.lower()
        found_here = [value for key, value in self._message._headers if key.lower() == wanted]  # type: ignore[attr-defined]
        return tuple(header_text(value) for value in found_here[:MAX_TRACE])

    def _addresses(self, name: str) -> tuple[Address, ...]:
        values = self._all(name)
        if len(values) > 1:
            self._ill(name, f"{len(values)} ×")
        raw = [str(v) for k, v in self._message._headers if k.lower() == name.lower()]  # type: ignore[attr-defined]
        try:
            pairs = getaddresses([text[:10_000] for text in raw[:5]])
        except (ValueError, IndexError, TypeError, AttributeError, RecursionError):
            pairs = []
        read = tuple(
            Address(header_text(shown)[:200], header_text(at)[:320]) for shown, at in pairs if "@" in at
        )
        if values and not read:
            self._ill(name, values[0])
        return read[:100]

    def _path(self) -> str:
        value = self._header("Return-Path").strip()
        return value[1:-1].strip() if value.startswith("<") and value.endswith(">") else value

    def _date(self) -> datetime | None:
        value = self._header("Date")
        if not value:
            return None
        try:
            moment = parsedate_to_datetime(value)
            return moment if moment.tzinfo and moment.utcoffset() is not None else None
        except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
            self._ill("Date", value)
            return None

    def _ill(self, name: str, value: str) -> None:
        self._findings.append(found(Code.MAIL_ILL_FORMED, header=name, value=value[:80]))

    def _take_parts(self) -> None:
        for number, (part, path) in enumerate(_parts(self._message)):
            if number >= MAX_PARTS or len(path) > MAX_DEPTH:
                reason = TOO_MANY if number >= MAX_PARTS else TOO_DEEP
                self._findings.append(found(Code.MAIL_CUT_SHORT, reason=reason))
                return
            self._take(part, path)

    def _take(self, part: Message, path: tuple[int, ...]) -> None:
        kind = _kind(part)
        named = _file_name(part)
        if kind == "message/rfc822":
            data, otherwise = _whole(part), "message.eml"
        else:
            data, otherwise = _payload(part), f"part-{'.'.join(map(str, path)) or '1'}"
            attached = str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")
            if not named and not attached and kind in ("text/plain", "text/html"):
                (self._texts if kind == "text/plain" else self._pages).append(decoded_text(data, part))
                return
        if data:
            document = Document(safe_name(named, otherwise), _digest(data), len(data))
            self._attachments.append(Attachment(document, kind, path, data))


def _parts(message: Message) -> Iterator[tuple[Message, tuple[int, ...]]]:
    """The leaves, in order, with their paths; a nested mail is a leaf."""
    waiting: list[tuple[Message, tuple[int, ...]]] = [(message, ())]
    while waiting:
        part, path = waiting.pop()
        if part.is_multipart() and _kind(part) != "message/rfc822":
            inner = [(child, (*path, number)) for number, child in enumerate(_children(part), 1)]
            waiting += reversed(inner)
        else:
            yield part, path


def _children(part: Message) -> list[Message]:
    """A part's parts; asked only of one that has them, since the payload of another would be decoded."""
    inner = part.get_payload() if part.is_multipart() else []
    return [child for child in inner if isinstance(child, Message)] if isinstance(inner, list) else []


def _kind(part: Message) -> str:
    try:
        return part.get_content_type()
    except (ValueError, TypeError, AttributeError, IndexError):
        return "application/octet-stream"


def _file_name(part: Message) -> str:
    try:
        return header_text(part.get_filename() or "")
    except (ValueError, TypeError, AttributeError, IndexError, LookupError):
        return ""


def _payload(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, TypeError, AttributeError, LookupError):
        data = None
    return data if isinstance(data, bytes) else b""


def _whole(part: Message) -> bytes:
    """A nested mail as bytes again; '' where it cannot be written."""
    children = _children(part)
    try:
        return children[0].as_bytes(policy=compat32) if children else _payload(part)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return b""


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
