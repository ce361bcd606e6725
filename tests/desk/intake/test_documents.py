"""One look at a document: the file, its paper, the form."""

from pathlib import Path

import pytest

from sagwan.desk.intake.documents import look
from sagwan.desk.intake.errors import Refused
from sagwan.desk.intake.findings import Code
from sagwan.desk.intake.scan import Clamd
from sagwan.desk.intake.settings import IntakeSettings
from sagwan.law.library import builtin_pack
from tests.desk.intake import pdfs
from tests.desk.intake.test_paper import WARRANT, filing

PACK = builtin_pack("kr")


def test_a_signed_warrant_is_looked_at_in_one_call() -> None:
    document = pdfs.signed(pdfs.text_pdf(WARRANT), pdfs.root().signer("Judge Example"))
    seen = look("w.pdf", document, IntakeSettings(trust_roots=(pdfs.root().pem,)), PACK, now=pdfs.NOW)
    assert [finding.code for finding in seen.findings] == [Code.SIGNATURE_VALID]
    assert seen.against(filing(), PACK) == ()
    (other,) = seen.against(filing(instrument="communication-confirmation"), PACK)
    assert "통신사실" in other.sentence("ko") and other.code is Code.DOCUMENT_SAYS_OTHERWISE


def test_what_is_no_pdf_is_not_opened() -> None:
    seen = look("a.hwp", b"\xd0\xcf\x11\xe0", IntakeSettings(), PACK)
    assert (seen.inspection, seen.paper, seen.findings, seen.against(filing(), PACK)) == (None, None, (), ())


def test_a_home_that_wants_a_scan_takes_nothing_in_without(tmp_path: Path) -> None:
    settings = IntakeSettings(clamd=Clamd(path=str(tmp_path / "none")), clamd_required=True)
    with pytest.raises(Refused, match=r"w\.pdf"):
        look("w.pdf", b"%PDF-1.7", settings, PACK)
