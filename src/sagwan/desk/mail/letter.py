"""A mail as bytes: plain text in every language of the pages, made by a machine and saying so."""

from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from sagwan.desk.mail.outbox import Addressed
from sagwan.pages.i18n import LANGUAGES, N_, translator

LINES = 40
"""So many lines are told; of the rest only how many there are."""
_MORE = N_("And {count} more.")


def message(group: Sequence[Addressed], *, home: str, sender: str, name: str, at: datetime) -> bytes:
    """One mail that tells all notes of a group, which have one address and one subject.

    `home` is what the provider is called; `name` tells this mail from every other, again at every attempt.
    """
    first = group[0]
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(home, addr_spec=sender)
    mail["To"] = Address(addr_spec=first.to)
    mail["Subject"] = f"[{home}] " + " / ".join(first.note.subject[lang] for lang in LANGUAGES)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{sha256(name.encode()).hexdigest()[:32]}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = ", ".join(LANGUAGES)
    mail.set_content("\n".join(_part(group, lang) for lang in LANGUAGES), cte="base64")
    return mail.as_bytes()


def _part(group: Sequence[Addressed], lang: str) -> str:
    lines = [each.note.line[lang] for each in group]
    if len(lines) > LINES:
        more = translator(lang).gettext(_MORE).format(count=len(lines) - LINES)
        lines = [*lines[:LINES], more]
    return "\n".join([*lines, "", group[0].note.closing[lang], ""])
