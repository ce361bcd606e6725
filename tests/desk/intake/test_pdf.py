"""PDFs: read where they can be, named by a reason where not, and never trusted."""

import json
import logging
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sagwan.desk.intake import pdf_child
from sagwan.desk.intake.findings import Code
from sagwan.desk.intake.pdf import Inspection, findings, inspect
from sagwan.desk.intake.pdf_report import Change, Reason, Trust
from sagwan.desk.intake.settings import IntakeSettings, Limits
from tests.desk.intake import pdfs

WARRANT = "압수·수색영장\n사건번호 2016-123"


def trusting(*roots: bytes, **limits: int) -> IntakeSettings:
    return IntakeSettings(limits=Limits(**limits), trust_roots=roots)


def codes(inspection: Inspection) -> list[Code]:
    return [finding.code for finding in findings(inspection, "a.pdf")]


def test_pages_and_text_in_any_script_are_read() -> None:
    seen = inspect(pdfs.text_pdf(WARRANT, "second page"))
    assert seen.structure and seen.structure.pages == 2
    assert "압수·수색영장" in seen.pages[0] and "2016-123" in seen.pages[0] and "second" in seen.pages[1]
    assert codes(seen) == [Code.NOT_SIGNED]


def test_a_scan_has_no_text() -> None:
    assert Code.NO_TEXT in codes(inspect(pdfs.text_pdf("")))


def test_a_signature_of_a_known_authority_is_valid() -> None:
    document = pdfs.signed(pdfs.text_pdf(WARRANT), pdfs.root().signer("Judge Example"))
    seen = inspect(document, trusting(pdfs.root().pem), now=pdfs.NOW)
    (signature,) = seen.signatures
    assert (signature.signer, signature.issuer) == ("Judge Example", "Test Root")
    assert signature.intact and signature.whole and signature.trust is Trust.TRUSTED
    assert signature.changed is Change.NONE and signature.claimed_at
    assert codes(seen) == [Code.SIGNATURE_VALID]


def test_without_roots_a_signature_is_intact_and_its_signer_unknown() -> None:
    document = pdfs.signed(pdfs.text_pdf(WARRANT), pdfs.root().signer("Judge Example"))
    seen = inspect(document, now=pdfs.NOW)
    assert seen.signatures[0].intact and codes(seen) == [Code.SIGNER_UNKNOWN]


SIGNERS: dict[str, tuple[Callable[[], object], Trust]] = {
    "of another authority": (lambda: pdfs.Authority("Other").signer("Judge"), Trust.UNKNOWN),
    "self-made authority of the same name": (lambda: pdfs.Authority().signer("Judge"), Trust.UNKNOWN),
    "expired": (lambda: pdfs.root().signer("Judge", days=30), Trust.EXPIRED),
    "for something else": (
        lambda: pdfs.root().signer("Judge", usage=pdfs.ENCIPHER_ONLY),
        Trust.NOT_FOR_SIGNING,
    ),
}


@pytest.mark.parametrize("case", SIGNERS)
def test_a_signer_who_is_not_trusted_is_told_why(case: str) -> None:
    signer, trust = SIGNERS[case]
    document = pdfs.signed(pdfs.text_pdf(WARRANT), signer())
    seen = inspect(document, trusting(pdfs.root().pem), now=pdfs.NOW)
    assert seen.signatures[0].trust is trust and seen.signatures[0].intact
    assert codes(seen) == [Code.SIGNER_NOT_TRUSTED]


def test_an_altered_byte_breaks_the_signature() -> None:
    document = pdfs.signed(pdfs.text_pdf(WARRANT), pdfs.root().signer("Judge"))
    altered = document.replace(b"[0 0 595 842]", b"[0 0 595 843]", 1)
    assert altered != document
    seen = inspect(altered, trusting(pdfs.root().pem), now=pdfs.NOW)
    assert not seen.signatures[0].intact and codes(seen) == [Code.SIGNATURE_BROKEN]


def test_a_change_written_behind_the_signature_is_seen() -> None:
    document = pdfs.changed_later(pdfs.signed(pdfs.text_pdf(WARRANT), pdfs.root().signer("Judge")))
    seen = inspect(document, trusting(pdfs.root().pem), now=pdfs.NOW)
    assert seen.signatures[0].intact and not seen.signatures[0].whole
    assert seen.signatures[0].changed is Change.OTHER and codes(seen) == [Code.CHANGED_AFTER_SIGNING]


def test_a_second_signature_is_no_alteration_of_the_first() -> None:
    first = pdfs.signed(pdfs.text_pdf(WARRANT), pdfs.root().signer("Prosecutor"))
    both = pdfs.signed(first, pdfs.root().signer("Judge"), field="Seal2")
    seen = inspect(both, trusting(pdfs.root().pem), now=pdfs.NOW)
    assert [(s.signer, s.changed) for s in seen.signatures] == [
        ("Prosecutor", Change.ALLOWED),
        ("Judge", Change.NONE),
    ]
    assert codes(seen) == [Code.ADDED_TO_AFTER_SIGNING, Code.SIGNATURE_VALID, Code.SIGNATURE_VALID]


def test_a_signature_that_is_rubbish_is_named() -> None:
    document = pdfs.signed(pdfs.text_pdf(WARRANT), pdfs.root().signer("Judge"))
    start = document.index(b"/Contents <") + len(b"/Contents <")
    rubbish = document[:start] + b"00" * 40 + document[start + 80 :]
    seen = inspect(rubbish, trusting(pdfs.root().pem), now=pdfs.NOW)
    assert codes(seen) == [Code.SIGNATURE_UNREADABLE]


def test_what_a_pdf_would_do_is_found() -> None:
    script = pdfs.text_pdf(
        "x", catalog=b"/OpenAction 8 0 R", extra=[b"<< /S /J#61vaScript /JS (app.alert(1)) >>"]
    )
    assert Code.HOLDS_SCRIPT in codes(inspect(script))
    launch = pdfs.text_pdf("x", catalog=b"/OpenAction << /S /Launch /F (cmd.exe) >>")
    assert Code.STARTS_PROGRAM in codes(inspect(launch))
    names = b"/Names << /EmbeddedFiles << /Names [(a) 8 0 R] >> >>"
    spec = b"<< /Type /Filespec /F (\xea\xb0\x80.exe) /UF <FEFFAC00002E006500780065> /EF << /F 9 0 R >> >>"
    holding = inspect(pdfs.text_pdf("x", catalog=names, extra=[spec, pdfs.stream(b"MZ")]))
    assert holding.structure and holding.structure.files == ("가.exe",)
    assert Code.HOLDS_FILES in codes(holding)


UNREADABLE = {
    "not a pdf": (lambda: b"hello", Reason.NOT_A_PDF),
    "a header alone": (lambda: b"%PDF-1.7\n", Reason.BROKEN),
    "truncated": (lambda: pdfs.text_pdf(WARRANT)[:700], Reason.BROKEN),
    "encrypted": (lambda: pdfs.encrypted(pdfs.text_pdf(WARRANT), user="secret"), Reason.ENCRYPTED),
    "10,000 pages": (lambda: pdfs.many_pages(10_000), Reason.TOO_MANY_PAGES),
    "no page": (lambda: pdfs.raw([b"<< /Type /Catalog >>"]), Reason.BROKEN),
    "too large": (lambda: b"%PDF-1.7\n" + b" " * 20_000_000, Reason.TOO_LARGE),
    "object-stream bomb": (lambda: pdfs.object_stream_bomb(300), Reason.TOO_MUCH_MEMORY),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_a_pdf_that_cannot_be_read_gives_a_reason(case: str) -> None:
    make, reason = UNREADABLE[case]
    seen = inspect(make())
    assert seen.reason is reason, seen
    (finding,) = findings(seen, "a.pdf")
    assert finding.code is Code.DOCUMENT_UNREADABLE and "a.pdf" in finding.sentence("ko")


def test_an_owners_password_alone_hides_nothing() -> None:
    assert WARRANT.split(maxsplit=1)[0] in inspect(pdfs.encrypted(pdfs.text_pdf(WARRANT), user="")).text


@pytest.mark.parametrize(("make", "pages"), [(pdfs.round_tree, 1), (lambda: pdfs.deep_tree(300), 1)])
def test_page_trees_that_run_in_rings_or_deep_end(make: Callable[[], bytes], pages: int) -> None:
    seen = inspect(make())
    assert seen.reason is None and seen.structure and seen.structure.pages == pages


def test_a_bomb_in_a_page_does_no_harm_and_what_was_found_before_stands() -> None:
    seen = inspect(pdfs.bomb(300))
    assert seen.structure and seen.structure.pages == 1 and seen.signatures_checked
    assert seen.stopped is Reason.TOO_MUCH_MEMORY and codes(seen)[-1] is Code.TEXT_CUT_SHORT


@pytest.mark.parametrize(
    ("deed", "ends"),
    [
        ("bytearray(200 * 2**20)", "MemoryError"),
        ("open('/dev/null', 'w'); open('written', 'w').write('x' * 10**6)", "File too large"),
        ("sum(iter(int, 1))", ""),
    ],
)
def test_the_process_that_looks_is_bounded(deed: str, ends: str, tmp_path: Path) -> None:
    program = f"from sagwan.desk.intake.pdf_child import bound; bound(2, 64); {deed}"
    ended = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True)
    assert ended.returncode and ends in ended.stderr
    assert ends or ended.returncode in (-signal.SIGXCPU, -signal.SIGKILL)


def test_a_page_without_end_is_given_up() -> None:
    seen = inspect(pdfs.endless_page(40), trusting(seconds=2, memory_mib=2_000))
    assert seen.stopped in (Reason.TOO_SLOW, Reason.TOO_MUCH_MEMORY)
    assert Code.TEXT_CUT_SHORT in codes(seen)


def test_too_much_text_is_cut() -> None:
    seen = inspect(pdfs.text_pdf("a" * 60, "b" * 60, "c"), trusting(text=100))
    assert seen.stopped is Reason.TOO_MUCH_TEXT and len(seen.text.replace("\f", "")) == 100


BASE = pdfs.signed(pdfs.text_pdf("one page"), pdfs.root().signer("Judge"))
ORDER = {"pages": 5, "text": 1000, "roots": [], "now": pdfs.NOW.isoformat()}


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(BASE) - 1), st.binary(max_size=12)), min_size=1, max_size=8))
def test_no_mangled_pdf_gets_past_the_closed_list(cuts: list[tuple[int, bytes]]) -> None:
    """What runs in the child, run here: whatever the bytes, every stage ends with a value or a reason.

    In a thread of its own: pyHanko starts an event loop, and a browser's driver may run one in this thread.
    """
    data = bytearray(BASE)
    for place, patch in cuts:
        data[place : place + len(patch)] = patch
    logging.disable(logging.CRITICAL)  # as the child does
    told: list[tuple[str, object]] = []
    try:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(
                pdf_child.look, bytes(data), ORDER, lambda stage, value: told.append((stage, value))
            ).result()
    finally:
        logging.disable(logging.NOTSET)
    stages = [stage for stage, _ in told]
    assert stages[0] == "structure" and (
        len(stages) == 1 or (stages[1] == "signatures" and stages[-1] == "end")
    )
    assert json.dumps([pdf_child.to_json(stage, value) for stage, value in told])
