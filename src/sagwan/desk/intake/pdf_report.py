"""What a look into a PDF yields; how the process that looked tells it to the one that asked (JSON lines)."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from sagwan.law.citation import Label

MEMORY_EXIT = 86
"""The child's exit status where its memory did not suffice."""


class Reason(StrEnum):
    """Why a PDF could not be read, or not to its end; a closed list."""

    NOT_A_PDF = "not-a-pdf"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too-large"
    TOO_MANY_PAGES = "too-many-pages"
    TOO_SLOW = "too-slow"
    TOO_MUCH_MEMORY = "too-much-memory"
    TOO_MUCH_TEXT = "too-much-text"


REASON_WORDS: Mapping[Reason, Label] = {
    Reason.NOT_A_PDF: Label("PDF가 아님", "it is no PDF"),
    Reason.BROKEN: Label("파일이 손상됨", "the file is damaged"),
    Reason.ENCRYPTED: Label("암호가 걸려 있음", "it asks for a password"),
    Reason.TOO_LARGE: Label("파일이 너무 큼", "the file is too large"),
    Reason.TOO_MANY_PAGES: Label("쪽수가 너무 많음", "it has too many pages"),
    Reason.TOO_SLOW: Label("읽는 데 너무 오래 걸림", "reading it takes too long"),
    Reason.TOO_MUCH_MEMORY: Label("읽는 데 메모리가 너무 많이 듦", "reading it takes too much memory"),
    Reason.TOO_MUCH_TEXT: Label("글자가 너무 많음", "it holds too much text"),
}


class Trust(StrEnum):
    """`none-configured`: the home names no root, so that nobody can be known."""

    TRUSTED = "trusted"
    NONE_CONFIGURED = "none-configured"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"
    NOT_FOR_SIGNING = "not-for-signing"


TRUST_WORDS: Mapping[Trust, Label] = {
    Trust.TRUSTED: Label("신뢰함", "trusted"),
    Trust.NONE_CONFIGURED: Label("인증기관이 설정되지 않음", "no authority is configured"),
    Trust.UNKNOWN: Label("설정된 인증기관이 발급하지 않음", "no configured authority issued it"),
    Trust.EXPIRED: Label("유효기간이 지났거나 아직 시작되지 않음", "it has expired or is not valid yet"),
    Trust.REVOKED: Label("폐지됨", "it was revoked"),
    Trust.NOT_FOR_SIGNING: Label("서명용 인증서가 아님", "it is not meant for signing"),
}


class Change(StrEnum):
    """What happened to the file after a signature: nothing, what signing allows (a further signature, a form
    field, validation data), or something else."""

    NONE = "none"
    ALLOWED = "allowed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature. `intact`: what it covers has the digest that was signed, and the signature is sound.
    `whole`: it covers the whole file as it lies. `claimed_at` is the signer's own word, `stamped_at` that of
    a time-stamping authority that is trusted; both ISO 8601, or ''. `readable` False: nothing else is known.
    """

    field: str
    readable: bool = True
    signer: str = ""
    issuer: str = ""
    serial: str = ""
    intact: bool = False
    whole: bool = False
    changed: Change = Change.NONE
    trust: Trust = Trust.UNKNOWN
    claimed_at: str = ""
    stamped_at: str = ""


@dataclass(frozen=True, slots=True)
class Structure:
    """What the file is made of. `scripts`: it holds JavaScript; `launches`: an action that starts a program,
    imports or sends data; `files`: names of embedded files."""

    pages: int
    scripts: bool = False
    launches: bool = False
    files: tuple[str, ...] = ()


def to_json(stage: str, value: Any) -> dict[str, Any]:
    """A stage's result as it is sent."""
    if isinstance(value, Structure):
        return {"stage": stage, "structure": asdict(value)}
    if isinstance(value, tuple):
        return {"stage": stage, "signatures": [asdict(signature) for signature in value]}
    return {"stage": stage, **value}


def structure_from(values: Mapping[str, Any]) -> Structure:
    return Structure(**{**values, "files": tuple(values["files"])})


def signature_from(values: Mapping[str, Any]) -> Signature:
    return Signature(**{**values, "changed": Change(values["changed"]), "trust": Trust(values["trust"])})


def packed(files: Iterable[bytes]) -> list[str]:
    """Certificate files as JSON can hold them."""
    return [base64.b64encode(data).decode("ascii") for data in files]


def unpacked(texts: Iterable[str]) -> list[bytes]:
    """What `packed` packed."""
    return [base64.b64decode(text) for text in texts]
