"""PDFs for the tests, made here: sound, signed, tampered with, and hostile."""

import io
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from asn1crypto import keys, x509
from cryptography import x509 as cx509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfReader, PdfWriter

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)

TO_UNICODE = (
    b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
100 beginbfrange
"""
    + b"\n".join(b"<%02X00> <%02XFF> <%02X00>" % (n, n, n) for n in range(256))
    + b"""
endbfrange endcmap CMapName currentdict /CMap defineresource pop end end"""
)


def raw(objects: Sequence[bytes], *, root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF of the given objects, numbered from 1, with a true cross-reference table."""
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(places) + 1, root, trailer, start,
    )  # fmt: skip
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def text_pdf(*pages: str, catalog: bytes = b"", extra: Sequence[bytes] = ()) -> bytes:
    """A PDF with these pages' text, in any script: a font with a map to Unicode and no glyphs of its own.

    `catalog` is added to the catalogue; `extra` objects follow the pages', the first is number
    6 + 2 × the number of pages.
    """
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H "
        b"/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
    )
    child = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>"  # noqa: E501
    kids = b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        font, child, stream(TO_UNICODE),
    ]  # fmt: skip
    for number, text in enumerate(pages):
        lines = b"".join(
            b"<%s> Tj T* " % line.encode("utf-16-be").hex().encode() for line in text.splitlines()
        )
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> >> >>" % (7 + 2 * number),
            stream(b"BT /F 10 Tf 14 TL 40 800 Td %s ET" % lines),
        ]
    return raw([*objects, *extra])


class Authority:
    """A certificate authority of the tests, and the signers that it issues."""

    def __init__(self, name: str = "Test Root") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = cx509.Name([cx509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.certificate = (
            self._builder(self.name, self.key, 3650)
            .add_extension(cx509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(sign_certificates=True), critical=True)
            .sign(self.key, hashes.SHA256())
        )

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def _builder(self, subject: cx509.Name, key: ec.EllipticCurvePrivateKey, days: int):
        return (
            cx509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(cx509.random_serial_number())
            .not_valid_before(NOW - timedelta(days=400))
            .not_valid_after(NOW - timedelta(days=400) + timedelta(days=days))
        )

    def signer(self, name: str, *, days: int = 800, usage: cx509.KeyUsage | None = None) -> signers.Signer:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = cx509.Name([cx509.NameAttribute(NameOID.COMMON_NAME, name)])
        certificate = (
            self._builder(subject, key, days)
            .add_extension(usage or _usage(), critical=True)
            .sign(self.key, hashes.SHA256())
        )
        der = serialization.Encoding.DER
        private = key.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        return signers.SimpleSigner(
            signing_cert=x509.Certificate.load(certificate.public_bytes(der)),
            signing_key=keys.PrivateKeyInfo.load(private),
            cert_registry=SimpleCertificateStore.from_certs(
                [x509.Certificate.load(self.certificate.public_bytes(der))]
            ),
        )


def _usage(*, sign_certificates: bool = False, encipher: bool = False) -> cx509.KeyUsage:
    signs = not sign_certificates and not encipher
    return cx509.KeyUsage(
        digital_signature=signs, content_commitment=signs, key_encipherment=encipher,
        data_encipherment=False, key_agreement=False, key_cert_sign=sign_certificates,
        crl_sign=sign_certificates, encipher_only=False, decipher_only=False,
    )  # fmt: skip


ENCIPHER_ONLY = _usage(encipher=True)


@lru_cache(maxsize=1)
def root() -> Authority:
    return Authority()


def signed(data: bytes, signer: signers.Signer, *, field: str = "Seal") -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    fields.append_signature_field(writer, fields.SigFieldSpec(field))
    signature = signers.PdfSignatureMetadata(field_name=field)
    with ThreadPoolExecutor(1) as elsewhere:  # a browser's driver may have this thread's event loop
        return elsewhere.submit(signers.sign_pdf, writer, signature, signer=signer).result().getvalue()


def changed_later(data: bytes) -> bytes:
    """The same PDF with another page text, written behind the signature as an update."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/MediaBox"][2] = type(page["/MediaBox"][2])(111)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def encrypted(data: bytes, *, user: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user_password=user, owner_password="owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(count))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>"
    return raw(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count 1 >>" % kids]
        + [page] * count
    )


def round_tree() -> bytes:
    """A page tree whose branches hold one another."""
    return raw([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
        b"<< /Type /Pages /Kids [2 0 R 3 0 R 4 0 R] /Parent 2 0 R /Count 9 >>",
        b"<< /Type /Page /Parent 3 0 R /MediaBox [0 0 10 10] >>",
    ])  # fmt: skip


def deep_tree(depth: int) -> bytes:
    nodes = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (3 + n) for n in range(depth)]
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>"
    return raw([b"<< /Type /Catalog /Pages 2 0 R >>", *nodes, page])


def bomb(mib: int, *, rounds: int = 2) -> bytes:
    """A page whose content is `mib` MiB of zeros, packed `rounds` times over."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b"\0" * 2**20) for _ in range(mib)) + packer.flush()
    for _ in range(rounds - 1):
        data = zlib.compress(data, 9)
    filters = b" ".join([b"/FlateDecode"] * rounds)
    return raw([
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] /Contents 4 0 R >>",
        stream(data, b"/Filter [%s]" % filters),
    ])  # fmt: skip


def object_stream_bomb(mib: int) -> bytes:
    """A PDF whose catalogue lies in an object stream of `mib` MiB of blanks."""
    inside = b"1 0 << /Type /Catalog /Pages 2 0 R >>"
    packer = zlib.compressobj(9)
    data = packer.compress(inside) + b"".join(packer.compress(b" " * 2**20) for _ in range(mib))
    packed = stream(data + packer.flush(), b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode")
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in ((2, b"<< /Type /Pages /Kids [] /Count 0 >>"), (3, packed)):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(
        kind.to_bytes(1, "big") + first.to_bytes(4, "big") + second.to_bytes(1, "big")
        for kind, first, second in (
            (0, 0, 0), (2, 3, 0), (1, places[2], 0), (1, places[3], 0), (1, len(out), 0),
        )
    )  # fmt: skip
    start = len(out)
    out += b"4 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
        stream(table, b"/Type /XRef /Size 5 /W [1 4 1] /Root 1 0 R"), start,
    )  # fmt: skip
    return bytes(out)


def endless_page(megabytes: int) -> bytes:
    """A page of very many operators, slow to read in any program."""
    one = b"q 1 0 0 1 1 1 cm BT /F 1 Tf (a) Tj ET Q\n"
    data = zlib.compress(one * (megabytes * 10**6 // len(one)), 9)
    return raw([
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] /Contents 4 0 R /Resources << /Font << /F "
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        stream(data, b"/Filter /FlateDecode"),
    ])  # fmt: skip
