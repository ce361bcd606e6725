"""The process that looks into one PDF: `python -m sagwan.desk.intake.pdf_child`, started by `pdf.inspect`.

It reads one line of JSON (limits, certificates) and then the PDF from its standard input, and writes one line
of JSON after each stage: structure, signatures, text. Whatever stops it, what it had found by then stands.
Before it looks at a byte it gives up memory and CPU past the limits, and the right to write files. It opens
no connection.
"""

import json
import logging
import resource
import sys
import warnings
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sagwan.desk.intake.pdf_reading import opened, structure, texts, why
from sagwan.desk.intake.pdf_report import MEMORY_EXIT, Reason, to_json, unpacked
from sagwan.desk.intake.signatures import certificates, validate


def bound(seconds: int, memory_mib: int) -> None:
    """Set this process's limits; memory counts from what it holds now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0]) if sys.platform == "linux" else 0
    memory = pages * resource.getpagesize() + memory_mib * 2**20
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        hard = resource.getrlimit(what)[1]
        bounded = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bounded, bounded))


def main() -> None:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    order = json.loads(sys.stdin.buffer.readline())
    bound(order["seconds"], order["memory_mib"])
    try:
        look(sys.stdin.buffer.read(), order, say)
    except MemoryError:
        sys.exit(MEMORY_EXIT)


def say(stage: str, value: Any) -> None:
    sys.stdout.write(json.dumps(to_json(stage, value)) + "\n")
    sys.stdout.flush()


def look(data: bytes, order: dict[str, Any], tell: Callable[[str, Any], None]) -> None:
    """All stages, each told as it ends; a stage that fails is told too."""
    try:
        reader = opened(data)
        made_of = structure(reader, order["pages"])
    except Exception as error:  # whatever the bytes make pypdf stumble over
        tell("structure", {"reason": why(error)})
        return
    tell("structure", made_of)
    try:
        roots = certificates(unpacked(order["roots"]))
        tell("signatures", validate(data, roots, datetime.fromisoformat(order["now"])))
    except Exception as error:
        tell("signatures", {"reason": why(error)})
    left = order["text"]
    for text in texts(reader, made_of.pages):
        if isinstance(text, Reason):
            tell("page", {"text": "", "reason": text})
            continue
        tell("page", {"text": text[:left]})
        left -= len(text)
        if left < 0:
            tell("end", {"reason": Reason.TOO_MUCH_TEXT})
            return
    tell("end", {})


if __name__ == "__main__":
    main()
