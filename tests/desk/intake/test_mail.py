"""Mail taken apart: what it says, what it holds, and nothing that its bytes could break."""

import hashlib
from datetime import UTC, datetime
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sagwan.desk.intake.findings import Code
from sagwan.desk.intake.mail import MAX_PARTS, Address, Mail, documents, read_mail
from sagwan.desk.intake.mail_text import plain_of_html, safe_name
from sagwan.desk.people.mailcheck import mail_check

INNER = EmailMessage()
INNER["From"] = "inner@example.org"
INNER["Subject"] = "the one before"
INNER.set_content("inner text")


def letter() -> bytes:
    mail = EmailMessage()
    mail["Return-Path"] = "<bounce@police.example>"
    mail["Received"] = "from mx.police.example by mx.provider.example; Tue, 24 Nov 2026 10:00:00 +0900"
    mail["Received"] = "from desk.police.example by mx.police.example; Tue, 24 Nov 2026 09:59:00 +0900"
    mail["Authentication-Results"] = "mx.provider.example; spf=pass smtp.mailfrom=police.example; dkim=fail"
    mail["From"] = "가상 경찰서 <desk@Police.Example>"
    mail["Reply-To"] = "other@elsewhere.example"
    mail["To"] = "legal@provider.example"
    mail["Subject"] = "압수수색영장 협조 요청"
    mail["Date"] = "Tue, 24 Nov 2026 09:58:00 +0900"
    mail["Message-ID"] = "<1@police.example>"
    mail.set_content("영장을 보냅니다.\n")
    mail.add_alternative("<p>영장을 보냅니다.</p>", subtype="html")
    mail.add_attachment(b"%PDF-1.7 x", maintype="application", subtype="pdf", filename="../영장 1.pdf")
    mail.add_attachment(
        b"\x78\x9f\x3e\x22", maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )
    mail.add_attachment(INNER)
    return bytes(mail)


def test_a_mail_is_taken_apart_and_kept_whole() -> None:
    data = letter()
    mail = read_mail(data, "a.eml")
    assert mail.senders == (Address("가상 경찰서", "desk@Police.Example"),)
    assert mail.senders[0].domain == "police.example"
    assert (
        mail.reply_to[0].address == "other@elsewhere.example" and mail.return_path == "bounce@police.example"
    )
    assert mail.subject == "압수수색영장 협조 요청" and mail.message_id == "<1@police.example>"
    assert mail.date == datetime(2026, 11, 24, 0, 58, tzinfo=UTC)
    assert len(mail.received) == 2 and mail.received[0].startswith("from mx.police.example")
    assert mail.text == "영장을 보냅니다." and mail.findings == ()
    assert [(a.document.name, a.content_type) for a in mail.attachments] == [
        ("영장 1.pdf", "application/pdf"),
        ("winmail.dat", "application/ms-tnef"),
        ("message.eml", "message/rfc822"),
    ]
    pdf = mail.attachments[0]
    assert pdf.data == b"%PDF-1.7 x" and pdf.document.digest == hashlib.sha256(pdf.data).hexdigest()
    assert read_mail(mail.attachments[2].data).subject == "the one before"
    kept = documents(mail, data)
    assert kept[0] == (mail.raw, data) and len(kept) == 4


def test_what_the_own_server_found_can_be_asked() -> None:
    check = mail_check(read_mail(letter()).authentication, "mx.provider.example")
    assert check is not None and mail_check(read_mail(letter()).authentication, "mx.police.example") is None


def test_headers_in_raw_cp949_and_named_charsets_are_read() -> None:
    raw = b"From: \xb0\xa1\xbb\xf3 <a@b.example>\r\nSubject: \xbf\xb5\xc0\xe5\r\n" + (
        b"Content-Type: text/plain; charset=ks_c_5601-1987\r\n\r\n\xbf\xb5\xc0\xe5"
    )
    mail = read_mail(raw)
    assert (mail.senders, mail.subject, mail.text) == ((Address("가상", "a@b.example"),), "영장", "영장")


def test_a_page_alone_is_read_as_text() -> None:
    page = MIMEText("<style>p{}</style><p>one</p><script>x()</script><p>two&nbsp;&lt;</p>", "html")
    page["From"] = "a@b.example"
    assert read_mail(bytes(page)).text == "one\n\ntwo <" or read_mail(bytes(page)).text == "one\ntwo <"


def many(count: int) -> bytes:
    outer = MIMEMultipart()
    outer["From"] = "a@b.example"
    for number in range(count):
        outer.attach(MIMEApplication(str(number).encode(), Name=f"{number}.bin"))
    return bytes(outer)


def nested(depth: int) -> bytes:
    head = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(depth)
    )
    return b"From: a@b.example\r\n" + head + b"Content-Type: text/plain\r\n\r\nx"


def only(mail: Mail) -> Code:
    (finding,) = mail.findings
    return finding.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (many(MAX_PARTS + 1), Code.MAIL_CUT_SHORT),
        (nested(25), Code.MAIL_CUT_SHORT),
        (nested(5_000), Code.MAIL_UNREADABLE),
        (b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\n" * 30_000,
         Code.MAIL_UNREADABLE),
        (b"", Code.MAIL_UNREADABLE),
        (b"no header at all", Code.MAIL_UNREADABLE),
    ],
)  # fmt: skip
def test_mail_past_the_bounds_is_kept_and_told(data: bytes, code: Code) -> None:
    mail = read_mail(data)
    assert only(mail) is code and mail.raw.digest == hashlib.sha256(data).hexdigest()
    assert len(documents(mail, data)) <= 20


@pytest.mark.parametrize("header", ["From: x@a.example\r\nFrom: y@b.example", "From: nobody", "Date: soon"])
def test_headers_that_are_not_as_they_must_be_are_findings(header: str) -> None:
    mail = read_mail(f"{header}\r\nTo: c@d.example\r\n\r\nx".encode())
    assert {finding.code for finding in mail.findings} == {Code.MAIL_ILL_FORMED}


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\영장.pdf", "영장.pdf"),
        ("fdp.\u202eexe.pdf", "fdp.exe.pdf"),
        ("a\r\nb\x00.pdf", "a b .pdf"),
        ("..", "part"),
        ("", "part"),
        ("CON.pdf", "_CON.pdf"),
        ("a:b|c?.pdf", "a_b_c_.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_names_of_files_do_no_harm(name: str, safe: str) -> None:
    assert safe_name(name, "part") == safe


@given(st.text())
def test_any_name_and_page_can_be_handled(text: str) -> None:
    name = safe_name(text, "part")
    assert name and name.isprintable() and not set(name) & set('/\\:*?"<>|') and len(name) <= 150
    plain_of_html(text)


PIECES = [
    b"From: a@b.example\r\n", b"Subject: =?utf-8?B?4pyT?=\r\n", b"Subject: =?x?Q?=GG?=\r\n", b"\r\n",
    b"--b\r\n", b"--b--\r\n",
    b"Content-Type: multipart/mixed; boundary=b\r\n", b"Content-Type: message/rfc822\r\n", b"\xff\xfe",
    b"Content-Type: text/plain; charset=idna\r\n", b"Content-Type: text/html; charset*0*=a'b'%zz\r\n",
    b"Content-Transfer-Encoding: base64\r\n", b"Content-Transfer-Encoding: uuencode\r\n", b"=",
    b"begin 644 x\n",
    b"Content-Disposition: attachment; filename*=utf-8''%ff%00.pdf\r\n", b"Date: 99 Foo 0000 99:99 +9999\r\n",
    b"To: <<a>,(\r\n", b"From: \"\\", b" folded\r\n",
    b"Content-Type: message/delivery-status\r\n", b"Reply-To: []:;<@>\r\n",
]  # fmt: skip


@settings(max_examples=400)
@given(st.binary(max_size=400) | st.lists(st.sampled_from(PIECES) | st.binary(max_size=8)).map(b"".join))
def test_no_bytes_make_the_reading_fail(data: bytes) -> None:
    mail = read_mail(data)
    assert (mail.raw.size, mail.raw.digest) == (len(data), hashlib.sha256(data).hexdigest())
    assert documents(mail, data)[0][1] == data
