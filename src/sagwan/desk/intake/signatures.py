"""Validate the signatures of a PDF with pyHanko. Runs only in the child process that `pdf.inspect` bounds.

Nothing is fetched: revocation is judged only by what the document itself brings (an embedded CRL or OCSP
answer), so that a look at a hostile file tells nobody that it was looked at.
"""

import io
from datetime import datetime
from typing import Any

from asn1crypto import pem, x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from sagwan.desk.intake.pdf_report import Change, Signature, Trust

MAX_SIGNATURES = 50


def certificates(files: list[bytes]) -> list[x509.Certificate]:
    """The certificates of PEM or DER files; raise ValueError where one holds none."""
    found = []
    for data in files:
        if pem.detect(data):
            found += [x509.Certificate.load(der) for _, _, der in pem.unarmor(data, multiple=True)]
        else:
            found.append(x509.Certificate.load(data))
    for certificate in found:
        _ = certificate.subject.native  # parsed lazily: a file that is none fails here
    return found


def validate(data: bytes, roots: list[x509.Certificate], now: datetime) -> tuple[Signature, ...]:
    """Every signature of the document, in the order in which they were made; at most MAX_SIGNATURES."""
    reader = PdfFileReader(io.BytesIO(data), strict=False)
    if reader.encrypted:
        reader.decrypt("")
    filled = [
        (name, field)
        for name, value, field in enumerate_sig_fields(reader, filled_status=True)
        if value.get_object().get("/Type", "/Sig") != "/DocTimeStamp"
    ]
    found = [_one(reader, name, field, roots, now) for name, field in filled[:MAX_SIGNATURES]]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _one(
    reader: PdfFileReader, name: str, field_object: Any, roots: list[x509.Certificate], now: datetime
) -> tuple[int, Signature]:
    """(how far into the file it reaches, the signature)."""
    field = _shown(name)
    try:
        embedded = EmbeddedPdfSignature(reader, field_object.get_object(), name)
        status = validate_pdf_signature(
            embedded,
            signer_validation_context=_context(roots, now),
            ts_validation_context=_context(roots, now),
            key_usage_settings=KeyUsageConstraints(
                key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
            ),
        )
        reach = int(embedded.byte_range[2]) + int(embedded.byte_range[3])
        return reach, _told(field, status, known=bool(roots))
    except MemoryError:
        raise
    except Exception:  # pyHanko and asn1crypto raise whatever the bytes make them stumble over
        return 0, Signature(field, readable=False)


def _context(roots: list[x509.Certificate], now: datetime) -> ValidationContext:
    return ValidationContext(trust_roots=roots, allow_fetching=False, moment=now, revocation_mode="soft-fail")


def _told(field: str, status: PdfSignatureStatus, *, known: bool) -> Signature:
    certificate = status.signing_cert
    whole = status.coverage in (
        SignatureCoverageLevel.ENTIRE_FILE,
        SignatureCoverageLevel.ENTIRE_REVISION,
    )
    stamp = status.timestamp_validity
    trusted_stamp = stamp is not None and stamp.intact and stamp.valid and stamp.trusted
    return Signature(
        field=field,
        signer=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        serial=f"{certificate.serial_number:x}",
        intact=bool(status.intact and status.valid),
        whole=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        changed=_change(status, whole),
        trust=_trust(status, known),
        claimed_at=status.signer_reported_dt.isoformat() if status.signer_reported_dt else "",
        stamped_at=stamp.timestamp.isoformat() if stamp is not None and trusted_stamp else "",
    )


def _change(status: PdfSignatureStatus, whole: bool) -> Change:
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return Change.NONE
    level = status.modification_level
    if not whole or level is None or level is ModificationLevel.OTHER or not status.docmdp_ok:
        return Change.OTHER
    return Change.ALLOWED


def _trust(status: PdfSignatureStatus, known: bool) -> Trust:
    if not known:
        return Trust.NONE_CONFIGURED
    if status.revoked:
        return Trust.REVOKED
    if status.trusted:
        return Trust.TRUSTED
    problem = status.trust_problem_indic
    name = getattr(problem, "name", "")
    if "OUT_OF_BOUNDS" in name or "EXPIRED" in name or "NOT_YET_VALID" in name:
        return Trust.EXPIRED
    if "CHAIN_CONSTRAINTS" in name or "KEY_USAGE" in name:
        return Trust.NOT_FOR_SIGNING
    return Trust.UNKNOWN


def _name(name: x509.Name) -> str:
    """The common name, and the organisation where there is one."""
    parts = name.native
    common = parts.get("common_name") or parts.get("organization_name") or name.human_friendly
    organisation = parts.get("organization_name")
    words = [common if isinstance(common, str) else ", ".join(common)]
    if isinstance(organisation, str) and organisation != words[0]:
        words.append(organisation)
    return _shown(", ".join(words))


def _shown(text: str) -> str:
    return "".join(c for c in text if c.isprintable()).strip()[:200] or "?"
