"""The published site's receipt page, as the holder of a receipt meets it."""

import json
import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from sagwan.formats.items import items_root, prove, salted
from sagwan.formats.opening import commitment
from sagwan.formats.receipt import Promise, Receipt, encode_receipt
from sagwan.formats.report import decode_json
from sagwan.publish.pages import report_pages
from sagwan.tlog import sign_note
from tests.pages.make import LABELS
from tests.support.folder import H1, Half, Keys, Publisher, first_half, received, resolved
from tests.verify.test_private import proof_of

from .conftest import served
from .test_verify_page import opened

pytestmark = pytest.mark.browser
KEYS = Keys()
BOTH = f"{KEYS.vkey}\n{KEYS.receipts.verifier}"
ITEMS = salted(
    b"seed", [("authority", "서울중앙지방검찰청"), ("case-number", "2016형제1"), ("target", "alice")]
)
ROOT = items_root(ITEMS).hex()
LONG_AGO, FAR = datetime(2016, 3, 1, tzinfo=UTC), datetime(2099, 3, 1, tzinfo=UTC)
MINE = 12
"""The place of the receipt's line."""
WIDTHS = [360, 1280]


def receipt(line, keys=KEYS, made=LONG_AGO, proof="") -> bytes:
    promise = Promise(keys.origin, commitment(line.line()), made, made + timedelta(hours=48))
    note = bytes(sign_note(promise.text(), keys.receipts)).decode()
    return encode_receipt(Receipt(line.line(), prove(ITEMS, [0, 1]), note, True, {}, proof))


def publish(root: Path, *lines) -> Publisher:
    half = first_half()
    half.lines += lines
    return site(root, half)


def site(root: Path, half: Half) -> Publisher:
    publisher = Publisher(root, KEYS)
    publisher.publish(half)
    publisher.write("datapackage.json", b'{"resources": [{"path": "report/2016H1.csv"}]}\n')
    report = decode_json((root / "report/2016H1.json").read_bytes())
    for path, data in report_pages(report, labels=LABELS):
        publisher.write(path, data)
    return publisher


@pytest.fixture(scope="module")
def mine():
    return received("mine", private=ROOT, period=str(H1))


@pytest.fixture(scope="module")
def log(tmp_path_factory, mine):
    """(publisher, address) of a half-year in which the receipt's request came in and was answered."""
    publisher = publish(tmp_path_factory.mktemp("log"), mine, resolved("mine", accounts=5))
    with served(publisher.root) as address:
        yield publisher, address


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    """The address of a log that lacks the line."""
    publisher = publish(tmp_path_factory.mktemp("without"), received("another"))
    with served(publisher.root) as address:
        yield address


def check(page, data: bytes, key: str = BOTH) -> None:
    page.set_input_files("#file", {"name": "my.receipt", "mimeType": "application/json", "buffer": data})
    page.fill("#key", key)
    page.click("#check button")


def answer(page, data: bytes, key: str = BOTH) -> str:
    """The answer's title, once it is there."""
    check(page, data, key)
    page.wait_for_selector("#answer:not([hidden])")
    return page.inner_text("#answer-title")


@contextmanager
def kept(page):
    """What the link gives, as a document."""
    with page.expect_download() as download:
        page.click("#download")
    yield json.loads(Path(download.value.path()).read_text("utf-8"))


@pytest.mark.parametrize(
    ("lang", "title"), [("en", "Included: the line is in the log"), ("ko", "포함됨: 줄이 로그에 있음")]
)
@pytest.mark.parametrize("width", WIDTHS)
def test_included_with_outcome_report_and_row(browser, log, mine, lang, title, width):
    _, address = log
    with opened(browser, f"{address}{lang}/receipt.html", width) as page:
        assert answer(page, receipt(mine)) == title
        assert page.evaluate("document.activeElement.id") == "answer-title", "a screen reader goes on here"
        facts = page.inner_text("#facts")
        assert "12" in facts and "report/2016H1/checkpoints/001" in facts
        assert "서울중앙지방검찰청" in page.inner_text("#items") and "alice" not in page.content()
        lines, counted = page.locator("#lines table").all()
        assert {"en": "complied in full", "ko": "전부 제공"}[lang] in lines.inner_text()
        assert ("2016H1" in lines.inner_text() and "카카오" in page.inner_text("#lines")) or lang == "en"
        assert lines.locator("tbody tr").count() == 2 and counted.locator("tbody tr").count() == 1
        assert counted.locator("tbody td").nth(1).inner_text() == "4", "requests in the row"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        with kept(page) as document:
            assert (document["state"], document["index"], document["exit-code"]) == ("included", MINE, 0)
            assert document["opened"][1]["outcome"] == "complied"


def test_a_receipt_newer_than_the_site_is_included_by_its_own_proof(browser, log, tmp_path, without):
    publisher = publish(tmp_path, received("another"))
    last = received("last", private=ROOT, period="2016H2")
    publisher.seal([last.line()])
    data = receipt(last, proof=bytes(proof_of(publisher.root, 14)).decode())
    with opened(browser, f"{without}ko/receipt.html") as page:
        assert answer(page, data) == "포함됨: 접수증 자체의 증명에 따름"
        assert "오래되었으니" in page.inner_text("#says")


def test_a_proof_in_the_file_and_the_line_in_the_log(browser, log, mine):
    publisher, address = log
    data = receipt(mine, proof=bytes(proof_of(publisher.root, MINE)).decode())
    with opened(browser, f"{address}en/receipt.html") as page:
        assert answer(page, data) == "Included: the line is in the log"


def test_not_due_yet(browser, without, mine):
    with opened(browser, f"{without}en/receipt.html") as page:
        assert answer(page, receipt(mine, made=FAR)) == "Promised, and not due yet"
        assert "2099-03-03" in page.inner_text("#says") and page.is_hidden("#tell")


@pytest.mark.parametrize(("lang", "tells"), [("en", "Tell the provider"), ("ko", "감독기관")])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_broken_promise_says_whom_to_tell(browser, without, mine, lang, tells, width):
    with opened(browser, f"{without}{lang}/receipt.html", width) as page:
        assert answer(page, receipt(mine)) in ("Promise broken", "약속 위반")
        assert tells in page.inner_text("#tell") and "witness-1.invalid" in page.inner_text("#tell")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        with kept(page) as document:
            assert (document["state"], document["exit-code"]) == ("promise-broken", 1)


def test_a_log_that_was_rewritten_breaks_the_promise_before_it_is_due(browser, log, without, mine):
    publisher, _ = log
    data = receipt(mine, made=FAR, proof=bytes(proof_of(publisher.root, MINE)).decode())
    with opened(browser, f"{without}en/receipt.html") as page:
        assert answer(page, data) == "Promise broken"
        assert "the log was rewritten, or you are shown another one" in page.inner_text("#says")


def test_without_a_key_the_site_vouches_for_itself(browser, log, mine):
    _, address = log
    with opened(browser, f"{address}en/receipt.html") as page:
        assert answer(page, receipt(mine), key="") == "Included: the line is in the log"
        assert "only this site vouches" in page.inner_text("#facts")
        assert "by the site's own word for its key" in page.inner_text("#log")


def test_a_forged_signature_proves_nothing(browser, log, mine):
    _, address = log
    with opened(browser, f"{address}en/receipt.html") as page:
        assert answer(page, receipt(mine, Keys("thief"))) == "This proves nothing"
        assert page.is_hidden("#ties"), "what it says of a request is not shown"


def test_a_receipt_of_another_log(browser, log, mine):
    _, address = log
    naver = Keys(origin="demo.invalid/naver")
    with opened(browser, f"{address}en/receipt.html") as page:
        data = receipt(mine, naver)
        assert answer(page, data, str(naver.receipts.verifier)) == "This proves nothing"
        assert "demo.invalid/naver" in page.inner_text("#says")
        check(page, data)
        expect(page.locator("#status")).to_contain_text("no key of demo.invalid/naver/receipts is known")
        assert page.is_hidden("#answer")


def test_a_changed_case_number(browser, log, mine):
    _, address = log
    with opened(browser, f"{address}ko/receipt.html") as page:
        forged = receipt(mine).decode().replace("2016형제1", "2016형제2").encode()
        assert answer(page, forged) == "아무것도 증명하지 못함"


def test_what_is_wrong_is_said_in_korean_and_kept_in_english(browser, log, mine):
    _, address = log
    with opened(browser, f"{address}ko/receipt.html") as page:
        forged = receipt(mine).decode().replace("2016형제1", "2016형제2").encode()
        answer(page, forged)
        says = "항목 case-number가 줄의 비공개 루트 아래에 있지 않습니다"
        assert page.inner_text("#says") == f"증명하지 못함: {says}"
        assert page.inner_text("#failures") == says
        with kept(page) as document:
            assert document["failures"] == ["item case-number is not under the line's private root"]
        answer(page, receipt(mine, Keys("thief")))
        assert "약속이 진본이 아닙니다: 신뢰하는 " in page.inner_text("#says")
        check(page, receipt(mine), "nonsense")
        expect(page.locator("#status")).to_contain_text("검증 키(이름+id+base64)가 아닙니다: nonsense")


def _without(name):
    return lambda document: json.dumps({key: value for key, value in document.items() if key != name})


BAD = (
    (lambda document: "", "not JSON"),
    (lambda document: "hello", "not JSON"),
    (lambda document: "[1]", "not a JSON object"),
    (lambda document: "\udcff", "not UTF-8"),
    (_without("promise"), "it lacks 'promise'"),
    (_without("items"), "it lacks 'items'"),
    (lambda document: json.dumps(document | {"format": "sagwan-receipt/9"}), "its format is not"),
    (lambda document: json.dumps(document | {"items": 1}), "its items are no list"),
    (lambda document: json.dumps(document | {"items": [{"salt": 1}]}), "item 1 has no salt"),
    (lambda document: json.dumps(document | {"proof": None}), "proof is not a text"),
    (lambda document: json.dumps(document | {"line": "줄"}), "its line is not ASCII"),
)


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_a_bad_file_gives_a_clear_sentence(browser, log, mine, lang):
    """One after the other on one page: what the last one said goes."""
    _, address = log
    document = json.loads(receipt(mine))
    with opened(browser, f"{address}{lang}/receipt.html") as page:
        for spoil, says in BAD:
            check(page, spoil(document).encode("utf-8", "surrogateescape"))
            expect(page.locator("#status")).to_contain_text(says if lang == "en" else "접수증이 아닙니다")
            assert page.is_hidden("#answer") and page.is_enabled("#check button")
            left = lang == "ko" and re.search("[a-z]+ [a-z]+", page.inner_text("#status"))
            assert not left, "no English is left"
            check(page, receipt(mine))
            expect(page.locator("#answer")).to_be_visible()


@pytest.mark.parametrize("name", ["promise", "line"])
def test_a_promise_or_line_that_is_none_proves_nothing(browser, log, mine, name):
    _, address = log
    spoiled = json.dumps(json.loads(receipt(mine)) | {name: "hello"})
    with opened(browser, f"{address}en/receipt.html") as page:
        assert answer(page, spoiled.encode()) == "This proves nothing"


def test_nothing_chosen_is_said_and_the_key_that_is_none(browser, log, mine):
    _, address = log
    with opened(browser, f"{address}en/receipt.html") as page:
        page.click("#check button")
        expect(page.locator("#status")).to_have_text("Choose a receipt first.")
        assert page.evaluate("document.activeElement.id") == "file"
        check(page, receipt(mine), "nonsense")
        expect(page.locator("#status")).to_contain_text("not a verifier key")


def test_a_site_that_cannot_be_recounted_leaves_the_receipts_own_answer(browser, tmp_path, log, mine):
    publisher = publish(tmp_path, mine)
    proof = bytes(proof_of(publisher.root, MINE)).decode()
    for file in ("datapackage.json", "report/2016H1.manifest"):
        (tmp_path / file).unlink()
    with served(tmp_path) as address, opened(browser, f"{address}en/receipt.html") as page:
        assert answer(page, receipt(mine, proof=proof)) == "Included, by the receipt's own proof"
        assert "could not be recounted" in page.inner_text("#status")
        assert "not recounted" in page.inner_text("#log")
        assert answer(page, receipt(mine)) == "Genuine, and not looked up"


def test_a_site_that_fails_is_said_beside_the_answer(browser, tmp_path, mine):
    publisher = publish(tmp_path, mine)
    publisher.write("report/2016H1.csv", b"nonsense\n")
    with served(tmp_path) as address, opened(browser, f"{address}en/receipt.html") as page:
        assert answer(page, receipt(mine)) == "Included: the line is in the log"
        assert "does not hold" in page.inner_text("#log")
        with kept(page) as document:
            assert (document["exit-code"], document["log-exit-code"]) == (1, 1)


DROP = """([text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], "my.receipt"));
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def test_a_file_may_be_dropped_anywhere(browser, log, mine):
    _, address = log
    with opened(browser, f"{address}en/receipt.html") as page:
        page.fill("#key", BOTH)
        page.evaluate(DROP, [receipt(mine).decode()])
        page.wait_for_selector("#answer.included")


def test_by_keyboard_alone(browser, log, mine):
    _, address = log
    with opened(browser, f"{address}en/receipt.html") as page:
        page.set_input_files("#file", {"name": "r", "mimeType": "", "buffer": receipt(mine)})
        page.focus("#file")
        for wanted in ("key", "", ""):
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.id") == wanted
        page.keyboard.press("Enter")
        page.wait_for_selector("#answer:not([hidden])")


def test_without_scripts_it_names_the_command(browser, log):
    _, address = log
    with opened(browser, f"{address}ko/receipt.html", java_script_enabled=False) as page:
        assert "--receipt 파일" in page.inner_text("#unable") and page.is_hidden("#check")


@pytest.mark.parametrize("from_page", ["index.html", "2016H1.html", "verify.html"])
def test_other_pages_lead_to_it(browser, log, from_page):
    _, address = log
    with opened(browser, f"{address}en/{from_page}") as page:
        page.click("text=Check a receipt")
        assert page.inner_text("h1") == "Check a receipt"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("broken", [False, True])
def test_axe_finds_nothing(browser, log, without, mine, scheme, broken):
    address = without if broken else log[1]
    with opened(browser, f"{address}ko/receipt.html", 360, color_scheme=scheme, bypass_csp=True) as page:
        answer(page, receipt(mine))
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
