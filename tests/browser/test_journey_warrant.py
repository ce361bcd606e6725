"""A warrant from its filing to the log: an official files it for 145 accounts with a signed paper, counsel
narrows it, another person approves, files are put in and released, the official fetches and decrypts them,
and the receipt verifies once it is sealed. On both databases."""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest
from playwright.sync_api import Browser, Page

from sagwan.formats.opening import commitment, parse
from sagwan.formats.receipt import decode_receipt
from sagwan.tlog import KeyType, SigningKey, parse_signing_key
from sagwan.tlog.policy import Policy, PolicyLog
from sagwan.tlog.proof import parse_proof, verify_proof
from sagwan.verify import verify_receipt
from sagwan.verify.receipts import ReceiptState
from sagwan.verify.trust import Trust
from tests.browser.journeys import play
from tests.browser.journeys.busy import warrant_pdf
from tests.browser.journeys.play import Cast
from tests.support.home import log_key, sealer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REFUSED = [f"raven-{number:03}" for number in range(140, 145)]
LOGINS = "account,at,ip\n" + "".join(
    f"raven-{number:03},2026-01-{1 + number % 20:02}T10:00:00+09:00,192.0.2.{number}\n"
    for number in range(140)
)
STRAY = "account,at,ip\nraven-144,2026-01-05T10:00:00+09:00,192.0.2.9\n"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def cast(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Cast]:
    database = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else ""
    with play.staged(browser, tmp_path, database=database) as found:
        yield found


def test_a_warrant_from_the_filing_to_the_log(cast: Cast) -> None:
    official = cast.enter("park-official")
    key = registered_key(official, cast)
    number = filed(official, cast)
    narrowed(cast.request("seo", number))
    approved(cast.at("lee", f"/request/{number}/approve/"))
    put_in(cast.request("moon", number))
    released(cast.request("lee", number))
    fetched(cast.at("park-official", f"/portal/requests/{number}/"), key)
    play.step(cast.request("seo", number), "Resolve the request", "Resolve it")
    sealer(cast.site.desk).run(datetime.now(UTC))
    receipt_verifies(cast, number)


def registered_key(page: Page, cast: Cast) -> pyrage.x25519.Identity:
    """The official's key, after the trial: what is encrypted to it is read and typed back."""
    identity = pyrage.x25519.Identity.generate()
    cast.at("park-official", "/portal/key/")
    play.press(page, "Register a key")
    play.fill(page, recipient=str(identity.to_public()))
    play.press(page, "Next")
    armour = page.locator("pre.armour").inner_text()
    play.fill(page, phrase=pyrage.decrypt(armour.encode(), [identity]).decode())
    play.press(page, "Register this key")
    assert "registered" in play.said(page)
    return identity


def filed(page: Page, cast: Cast) -> str:
    """The official files; the paper is signed, and its text is compared with the form."""
    cast.at("park-official", "/portal/")
    play.begin_filing(page, play.WARRANT)
    play.fill(page, case_number="2026형제 4821", data="content", **play.warrant_paper())
    play.fill(page, targets="\n".join(f"account:raven-{number:03}" for number in range(145)))
    pdf = warrant_pdf(datetime.now(UTC).date())
    play.upload(page, "documents", ("영장.pdf", "application/pdf", pdf))
    number = play.send_filing(page)
    assert "receipt of the request" in page.locator("main").inner_text()
    return number


def narrowed(page: Page) -> None:
    """Counsel grants 140 accounts, and refuses five of a pasted list, with a reason of the law pack."""
    play.step(page, "Begin the review", "Begin the review")
    play.answer_findings(page)
    play.press(page, "Decide")
    play.fill(page, which="all", answer="disclose")
    play.press(page, "Keep this answer")
    play.fill(page, which="list", listed="\n".join(REFUSED), answer="refuse:scope-narrowed", why="not in it")
    play.press(page, "Keep this answer")
    assert play.wrong(page) == ""
    play.press(page, "Look at it as a whole, and propose it")
    assert "140 of 145" in page.locator("main").inner_text()
    play.press(page, "Propose it")
    assert play.wrong(page) == ""


def approved(page: Page) -> None:
    """The approver sees what will go out and what differs, and says yes."""
    shown = page.locator("main").inner_text()
    assert "140 of 145" in shown and "not in it" in shown
    play.press(page, "Approve")
    assert play.wrong(page) == ""


def put_in(page: Page) -> None:
    """A table that fits is put in; one that holds a refused account is refused, and nothing of it kept."""
    play.press(page, "Files and packages")
    play.press(page, "Put files in")
    files = [("log-ins.csv", "text/csv", LOGINS.encode()), ("stray.csv", "text/csv", STRAY.encode())]
    play.upload(page, "files", *files)
    page.locator("summary").filter(has_text="Columns").first.click()
    play.fill(page, data="content", whose="all", kind="table", target="account", time="at")
    play.press(page, "Check and put in")
    tried = page.locator(".tried > li")
    assert "put in" in tried.nth(0).inner_text() and "140 rows" in tried.nth(0).inner_text()
    assert "refused" in tried.nth(1).inner_text() and "raven-144" in tried.nth(1).inner_text()
    assert page.locator("#files ~ table tbody tr").count() == 1


def released(page: Page) -> None:
    """The approver looks at the files and releases them to the official's key."""
    play.press(page, "Files and packages")
    play.press(page, "Check and release")
    play.fill(page, to="park-official")
    play.press(page, "Release")
    assert "encrypted to the key" in page.locator("main").inner_text()


def fetched(page: Page, identity: pyrage.x25519.Identity) -> None:
    """The official fetches the package; their key alone opens it, and its files are those of the manifest."""
    page.get_by_role("link", name="data, part 1").click()
    digest = page.locator("dt:text-is('SHA-256 of the manifest') + dd").inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Fetch").click()
    sealed = download.value.path().read_bytes()
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [pyrage.x25519.Identity.generate()])
    with zipfile.ZipFile(io.BytesIO(pyrage.decrypt(sealed, [identity]))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert hashlib.sha256(files["manifest.txt"]).hexdigest() == digest
    (name,) = (name for name in files if name.endswith("log-ins.csv"))
    text = files[name].decode("utf-8")
    assert "raven-139" in text and not any(one in text for one in REFUSED)


def receipt_verifies(cast: Cast, number: str) -> None:
    """The receipt and the log's proof hold for a reader who has nothing but them and the keys."""
    page = cast.at("park-official", f"/portal/requests/{number}/")
    assert len(re.findall(r"in the log, entry \d", page.locator("#receipts ~ ul").inner_text())) == 2
    downloaded = {}
    for path, name in (("file", "filed.receipt"), ("proof", "filed.tlog-proof")):
        with page.expect_download() as download:
            page.evaluate(f"location.href = '/portal/requests/{number}/receipts/0/{path}/'")
        downloaded[name] = download.value.path().read_bytes()
    receipt = decode_receipt(downloaded["filed.receipt"])
    line = parse(receipt.line)
    assert (line.request, line.accounts, line.instrument) == (number, 145, play.WARRANT)

    desk = cast.site.desk
    proof = parse_proof(downloaded["filed.tlog-proof"])
    log = log_key(desk).verifier
    verify_proof(proof, commitment(receipt.line), Policy(logs=(PolicyLog(log),)))
    keys = f"{log}\n{receipts_key(desk.home.keys).verifier}\n"
    verdict = verify_receipt(downloaded["filed.receipt"], trust=Trust(key=keys))
    assert verdict.state is ReceiptState.INCLUDED, "by the proof that it carries"


def receipts_key(keys: Path) -> SigningKey:
    key = parse_signing_key((keys / "receipts.key").read_text().strip())
    assert key.type is KeyType.ED25519
    return key
