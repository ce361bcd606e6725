"""Handing one mail to the server, step by step, so that it is known how far it came."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from sagwan.desk.mail.config import MailConfig

TIMEOUT = 20
"""Seconds that the server may take for one answer."""
TAKEN = (250, 251)


class Refused(smtplib.SMTPException):
    """The server does not take this mail; `forever`: it says that it never will."""

    def __init__(self, code: int) -> None:
        super().__init__(f"the server said {code}")
        self.forever = code >= 500


@contextmanager
def connected(config: MailConfig, password: str) -> Iterator[smtplib.SMTP]:
    """A connection, encrypted and signed in as `[mail]` says; raise OSError or SMTPException."""
    context = ssl.create_default_context()
    ours = config.sender.rpartition("@")[2]  # else the machine's name is asked of the network, and told
    if config.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            config.host, config.port, ours, timeout=TIMEOUT, context=context
        )
    else:
        server = smtplib.SMTP(config.host, config.port, ours, timeout=TIMEOUT)
    try:
        if config.security == "starttls":
            server.starttls(context=context)
        server.ehlo_or_helo_if_needed()
        if config.user:
            server.login(config.user, password)
        yield server
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()


def deliver(server: smtplib.SMTP, sender: str, to: str, mail: bytes, handing: Callable[[], None]) -> None:
    """Hand a mail over; `handing` is called right before the server may have it.

    Raise Refused where it does not take it, OSError or SMTPException where the line broke.
    """
    for code, _ in (server.mail(sender), server.rcpt(to)):
        if code not in TAKEN:
            server.rset()
            raise Refused(code)
    handing()
    code, _ = server.data(mail)
    if code not in TAKEN:
        server.rset()
        raise Refused(code)
