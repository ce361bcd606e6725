"""Errors as people see them: one line, a hint, and an exit code that means something.

0   done, and all is well
1   refused or found false: a step that may not be done, a check that failed
2   unusable: wrong options, a home, key or file that cannot be read
3   verify only: all holds, but nobody but the folder itself names the key
70  a mistake in Sagwan itself
130 stopped with Ctrl-C
"""

import errno
import os
import sys
import traceback
from itertools import pairwise
from typing import Any

import typer

from sagwan.cli.telling import told
from sagwan.record.errors import SagwanError
from sagwan.tlog.errors import TlogError

REFUSED = (
    "sagwan.record.lifecycle:IllegalStep",
    "sagwan.law.errors:ResolutionNotAllowed",
    "sagwan.law.errors:NotInForce",
    "sagwan.desk.people.errors:UnknownPerson",
    "sagwan.desk.people.errors:UnknownAuthority",
    "sagwan.desk.people.errors:PeopleRefused",
    "sagwan.desk.people.errors:InvitationInvalid",
    "sagwan.desk.casework.actions:StepFailed",
    "sagwan.desk.casework.destruction:DestructionRefused",
    "sagwan.desk.casework.reveal:RevealRefused",
    "sagwan.desk.journal.actions:ConcurrentChange",
    "sagwan.desk.web.signin.door:DoorRefused",
    "sagwan.desk.journal.locks:SealerBusy",
    "sagwan.publish.counting:PublishError",
    "sagwan.seal.errors:SealError",
    "sagwan.witness.errors:WitnessError",
    "sagwan.cli.errors:Refused",
)
"""What is a refusal (1); every other SagwanError is something unusable (2). As names, since an error that
happened has its module loaded, and the others need not be."""


_DISK = "make room, or mend the disk, then run it again: it takes up where it stopped"
_DAMAGED = "the file is damaged, or not what it should be"
_UPGRADE = "run sagwan upgrade, then sagwan fsck"
_REPORT = "please report it; SAGWAN_DEBUG=1 prints where it happened"
_DISK_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS)


_UsageError: Any = typer.BadParameter.__base__
"""An option, argument or command that Typer cannot use; Typer gives it no name of its own."""


class Refused(SagwanError):
    """A step that the command line itself refuses: four eyes, a home that must be recovered first."""


class Unusable(SagwanError):
    """An option, file or environment that cannot be used."""


def report(error: Exception) -> int:
    """Print an error on stderr; return the exit code."""
    if isinstance(error, SagwanError):
        _complain(error.message, error.hint)
        return 1 if isinstance(error, _refusals()) else 2
    if isinstance(error, _UsageError):
        return _misused(error)
    if isinstance(error, typer.Abort):
        _complain("stopped: nothing was confirmed", "")
        return 1
    if isinstance(error, TlogError):
        _complain(str(error), _DAMAGED)
        return 2
    if type(error).__module__.startswith("django.db"):
        failed = "disk" in str(error)  # SQLite: "database or disk is full", "disk I/O error"
        _complain(f"the database cannot be used: {_one_line(error)}", _DISK if failed else _UPGRADE)
        return 2
    if isinstance(error, OSError):
        hint = _DISK if error.errno in _DISK_ERRORS else ""
        _complain(f"{error.filename}: {error.strerror}" if error.filename else _one_line(error), hint)
        return 2
    if os.environ.get("SAGWAN_DEBUG"):
        traceback.print_exception(error)
    _complain(f"a mistake in Sagwan itself: {type(error).__name__}: {_one_line(error)}", _REPORT)
    return 70


def _misused(error: Any) -> int:
    """Wrong options; or none where some must be, which is answered with the help itself."""
    message = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":
        print(message, file=sys.stderr)
    else:
        _complain(
            message.rstrip("."), f"{error.ctx.command_path} -h tells how it is used" if error.ctx else ""
        )
    return 2


def _complain(message: str, hint: str) -> None:
    """What is wrong and what to do, in the language that the command was asked in."""
    lang = _language(sys.argv[1:])
    print(f"sagwan: error: {_one_line(told(message, lang))}", file=sys.stderr)
    if hint:
        print(f"  hint: {_one_line(told(hint, lang))}", file=sys.stderr)


def _language(words: list[str]) -> str:
    """What --lang names, or else SAGWAN_LANG. An error may come before the options are read."""
    asked = os.environ.get("SAGWAN_LANG", "")
    for word, following in pairwise([*words, ""]):
        name, _, value = word.partition("=")
        if name == "--lang":
            asked = value or following
    return asked


def _one_line(text: object) -> str:
    return " ".join(str(text).split())


def _refusals() -> tuple[type, ...]:
    found = []
    for name in REFUSED:
        module, _, kind = name.partition(":")
        if module in sys.modules:
            found.append(getattr(sys.modules[module], kind))
    return tuple(found)
