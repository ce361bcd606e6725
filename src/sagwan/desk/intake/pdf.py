"""Look into a PDF: pages, text, signatures, and what it would do to the one who opens it.

The looking is done by a child process under limits of time, memory and CPU (`pdf_child`), since a PDF is a
program in disguise. A PDF that cannot be read gives a reason, and is kept as evidence all the same.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sagwan.desk.intake.findings import Code, Finding, found
from sagwan.desk.intake.pdf_report import (
    MEMORY_EXIT,
    REASON_WORDS,
    TRUST_WORDS,
    Change,
    Reason,
    Signature,
    Structure,
    Trust,
    packed,
    signature_from,
    structure_from,
)
from sagwan.desk.intake.settings import IntakeSettings, Limits

_EXTRA_SECONDS = 10
"""For the child to start, on a busy machine: its CPU time is bounded by itself."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a PDF holds.

    `reason`: why it could not be read at all, else None. `stopped`: why it was not read to its end, else
    None; what was found before then stands. `signatures_checked` False: they were not got at. `pages` are
    the texts of the pages that were read; `structure.pages` counts them all.
    """

    reason: Reason | None = None
    stopped: Reason | None = None
    structure: Structure | None = None
    signatures: tuple[Signature, ...] = ()
    signatures_checked: bool = False
    pages: tuple[str, ...] = field(default=(), repr=False)

    @property
    def text(self) -> str:
        """All pages' text, a form feed between two."""
        return "\f".join(self.pages)


def is_pdf(data: bytes) -> bool:
    """Does it say of itself that it is one? As readers do, within the first KiB."""
    return b"%PDF-" in data[:1024]


def inspect(
    data: bytes, settings: IntakeSettings | None = None, *, now: datetime | None = None
) -> Inspection:
    """Look into the bytes of a PDF. Never raises for what they hold.

    `now` is the instant at which certificates are judged (aware; the clock's without). Raises OSError only
    where no process can be started.
    """
    settings = settings or IntakeSettings()
    limits = settings.limits
    if len(data) > limits.bytes:
        return Inspection(reason=Reason.TOO_LARGE)
    if not is_pdf(data):
        return Inspection(reason=Reason.NOT_A_PDF)
    order = {
        "seconds": limits.seconds,
        "memory_mib": limits.memory_mib,
        "pages": limits.pages,
        "text": limits.text,
        "roots": packed(settings.trust_roots),
        "now": (now or datetime.now(UTC)).isoformat(),
    }
    output, stopped = _run(json.dumps(order).encode() + b"\n" + data, limits)
    return _read(output, stopped)


def _run(told: bytes, limits: Limits) -> tuple[bytes, Reason | None]:
    """The child's output, and why it did not come to its end (None: it did)."""
    process = subprocess.Popen(
        [sys.executable, "-I", "-m", "sagwan.desk.intake.pdf_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LC_ALL": "C.UTF-8"},
    )
    try:
        output, _ = process.communicate(told, timeout=limits.seconds + _EXTRA_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        output, _ = process.communicate()
        return output, Reason.TOO_SLOW
    if process.returncode == 0:
        return output, None
    if process.returncode == MEMORY_EXIT:
        return output, Reason.TOO_MUCH_MEMORY
    if process.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return output, Reason.TOO_SLOW
    return output, Reason.BROKEN


def _read(output: bytes, stopped: Reason | None) -> Inspection:
    made_of: Structure | None = None
    signatures: tuple[Signature, ...] = ()
    checked = False
    pages: list[str] = []
    for line in output.split(b"\n")[:-1]:
        told = json.loads(line)
        if told["stage"] == "structure":
            if "reason" in told:
                return Inspection(reason=Reason(told["reason"]))
            made_of = structure_from(told["structure"])
        elif told["stage"] == "signatures" and "signatures" in told:
            signatures, checked = tuple(signature_from(one) for one in told["signatures"]), True
        elif told["stage"] in ("page", "end"):
            pages += [told["text"]] if "text" in told else []
            stopped = Reason(told["reason"]) if "reason" in told else stopped
    if made_of is None:
        return Inspection(reason=stopped or Reason.BROKEN)
    return Inspection(None, stopped, made_of, signatures, checked, tuple(pages))


def findings(inspection: Inspection, name: str) -> tuple[Finding, ...]:
    """What the inspection of the document `name` means to the one who reads it, most telling first."""
    if inspection.reason is not None:
        return (found(Code.DOCUMENT_UNREADABLE, name=name, reason=REASON_WORDS[inspection.reason]),)
    return (*_of_signatures(inspection, name), *_of_structure(inspection, name), *_of_text(inspection, name))


def _of_signatures(inspection: Inspection, name: str) -> Iterator[Finding]:
    if not inspection.signatures_checked:
        why = REASON_WORDS[inspection.stopped or Reason.BROKEN]
        yield found(Code.SIGNATURES_NOT_CHECKED, name=name, reason=why)
    elif not inspection.signatures:
        yield found(Code.NOT_SIGNED, name=name)
    for signature in inspection.signatures:
        yield from _of_signature(signature, name)


def _of_signature(signature: Signature, name: str) -> Iterator[Finding]:
    signer = signature.signer
    if not signature.readable:
        yield found(Code.SIGNATURE_UNREADABLE, name=name, field=signature.field)
    elif not signature.intact:
        yield found(Code.SIGNATURE_BROKEN, name=name, signer=signer)
    elif signature.changed is Change.OTHER:
        yield found(Code.CHANGED_AFTER_SIGNING, name=name, signer=signer)
    else:
        if signature.changed is Change.ALLOWED:
            yield found(Code.ADDED_TO_AFTER_SIGNING, name=name, signer=signer)
        if signature.trust is Trust.TRUSTED:
            time = signature.stamped_at or signature.claimed_at or "?"
            yield found(Code.SIGNATURE_VALID, name=name, signer=signer, time=time)
        elif signature.trust is Trust.NONE_CONFIGURED:
            yield found(Code.SIGNER_UNKNOWN, name=name, signer=signer)
        else:
            why = TRUST_WORDS[signature.trust]
            yield found(Code.SIGNER_NOT_TRUSTED, name=name, signer=signer, reason=why)


def _of_structure(inspection: Inspection, name: str) -> Iterator[Finding]:
    made_of = inspection.structure
    if made_of and made_of.scripts:
        yield found(Code.HOLDS_SCRIPT, name=name)
    if made_of and made_of.launches:
        yield found(Code.STARTS_PROGRAM, name=name)
    if made_of and made_of.files:
        yield found(Code.HOLDS_FILES, name=name, files=", ".join(made_of.files))


def _of_text(inspection: Inspection, name: str) -> Iterator[Finding]:
    if inspection.stopped:
        yield found(Code.TEXT_CUT_SHORT, name=name, reason=REASON_WORDS[inspection.stopped])
    elif not inspection.text.strip():
        yield found(Code.NO_TEXT, name=name)
