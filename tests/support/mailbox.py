"""A mail server of the tests' own: it speaks SMTP on this machine, keeps what it takes, and can refuse."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


@dataclass(slots=True)
class Mailbox:
    """What came in. `answers` are replies that the server gives once each, to the next such command, instead
    of taking it: `{"RCPT": ["451 later"]}`; the reply `hang up` closes the line without a word."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)

    def config(self, **more: object) -> dict[str, Any]:
        """`[mail]` of a home whose mail comes here."""
        return {
            "host": "127.0.0.1", "port": self.port, "security": "none", "sender": "desk@example.kr", **more
        }  # fmt: skip

    def letters(self) -> list[tuple[str, str]]:
        """(address, text) of each mail."""
        return [(str(mail["To"]), mail.get_content()) for mail in self.mails]


class _Session(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        box: Mailbox = self.server.box  # type: ignore[attr-defined]
        self._say("220 mailbox")
        while line := self.rfile.readline():
            word = line.decode("ascii").strip()[:4].upper()
            box.commands.append(word)
            scripted = box.answers.get(word, [])
            reply = scripted.pop(0) if scripted else ""
            if reply == "hang up":
                return
            if reply:
                self._say(reply)
            elif word == "DATA":
                self._say("354 go on")
                if not self._take(box):
                    return
            else:
                self._say("221 bye" if word == "QUIT" else "250 ok")
            if word == "QUIT":
                return

    def _take(self, box: Mailbox) -> bool:
        """Read a mail to its dot; whether the line stays open. What answers `.` may refuse it even then."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        scripted = box.answers.get(".", [])
        reply = scripted.pop(0) if scripted else ""
        if reply == "hang up":
            return False
        if not reply:
            mail = message_from_bytes(b"".join(lines), policy=policy.default)
            box.mails.append(mail)  # type: ignore[arg-type]
        self._say(reply or "250 taken")
        return True

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode("ascii") + b"\r\n")


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A mail server that runs until the end."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        box = server.box = Mailbox(server.server_address[1])  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
