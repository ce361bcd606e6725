"""The published site's recount, as a journalist meets it: a key pasted, a verdict read, a lie found."""

import json
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from sagwan.formats.report import decode_json
from sagwan.pages.site import verifier
from sagwan.publish.pages import report_pages
from sagwan.tlog import KeyType, SigningKey, parse_note
from sagwan.verify import Trust, verify
from tests.pages.make import LABELS
from tests.support.folder import H1, Half, Keys, Publisher, received, resolved
from tests.verify import test_cheats_bands as bands

from .conftest import served

pytestmark = pytest.mark.browser
KEYS = Keys()


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A half-year of 600 lines in four batches, with its pages."""
    publisher = Publisher(tmp_path_factory.mktemp("recount"), KEYS)
    lines = [make(f"r{number}") for number in range(300) for make in (received, resolved)]
    publisher.publish(Half(H1, lines, batches=4))
    publisher.write("datapackage.json", b'{"resources": [{"path": "report/2016H1.csv"}]}\n')
    report = decode_json((publisher.root / "report/2016H1.json").read_bytes())
    for path, data in report_pages(report, labels=LABELS):
        publisher.write(path, data)
    with served(publisher.root) as address:
        yield publisher, address


@contextmanager
def opened(browser, address, width=1280, **options):
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)
    page = context.new_page()
    asked, wrong = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address)
    yield page
    context.close()
    host = "/".join(address.split("/")[:3]) + "/"
    assert all(url.startswith(("blob:", host)) for url in asked), "no other site is asked for anything"
    assert not wrong


def recount(page, key="", policy=""):
    page.fill("#key", key)
    if policy:
        page.click("summary")
        page.fill("#policy", policy)
    page.press("#key", "Tab")
    page.click("#recount button")
    page.wait_for_selector("#verdict:not([hidden])")


def statuses(page):
    return page.eval_on_selector_all("#checks > li", "items => items.map(item => item.className)")


@pytest.mark.parametrize(("lang", "title"), [("en", "Everything holds"), ("ko", "모두 맞습니다")])
@pytest.mark.parametrize("width", [360, 1280])
def test_all_holds_by_a_key_and_a_policy_from_elsewhere(browser, published, lang, title, width):
    _, address = published
    with opened(browser, f"{address}{lang}/verify.html", width) as page:
        recount(page, KEYS.vkey, KEYS.policy())
        assert page.inner_text("#verdict-title") == title
        assert statuses(page) == ["check holds"] * 7
        assert page.evaluate("document.activeElement.id") == "verdict-title", "a screen reader goes on here"
        row = page.inner_text("#tables tbody tr")
        assert "300" in row
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        with page.expect_download() as download:
            page.click("#download")
        assert '"exit-code": 0' in Path(download.value.path()).read_text()


def test_without_a_key_it_is_self_declared(browser, published):
    _, address = published
    with opened(browser, f"{address}en/verify.html") as page:
        recount(page)
        assert page.inner_text("#verdict-title") == "Everything holds, by the site's own word for its key"
        assert statuses(page)[:2] == ["check self-declared", "check undated"]


def test_another_key_fails_and_the_page_says_what_that_means(browser, published):
    _, address = published
    with opened(browser, f"{address}en/verify.html") as page:
        recount(page, Keys("another").vkey)
        assert page.inner_text("#verdict-title") == "Something does not hold"
        assert "It may be another log than the one others see" in page.inner_text("#checks > li:first-child")


@pytest.mark.parametrize(
    ("file", "check", "says"),
    [
        ("openings/2016H1/0.tsv", 5, "봉인한 것과 다르거나"),
        ("report/2016H1.csv", 7, "공개된 표가"),
        ("log/tile/0/000", 2, "서로 맞지 않습니다"),
    ],
)
def test_a_lie_is_found(browser, published, file, check, says):
    publisher, address = published
    path = publisher.root / file
    before = path.read_bytes()
    place = len(before) // 2
    while not chr(before[place]).isdigit() and file.endswith("v"):
        place += 1
    path.write_bytes(before[:place] + bytes([before[place] ^ 1]) + before[place + 1 :])
    try:
        with opened(browser, f"{address}ko/verify.html") as page:
            recount(page, KEYS.vkey)
            assert page.inner_text("#verdict-title") == "맞지 않는 것이 있습니다"
            assert "failed" in statuses(page)[check - 1]
            assert says in page.inner_text(f"#checks > li:nth-child({check})")
    finally:
        path.write_bytes(before)


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        (
            "ko",
            [
                "실패 1건: report/2016H1.manifest 목록에 적힌 그 파일이 아닙니다",
                "기대한 값",
                "발견한 값",
                "그런 파일 없음",
            ],
        ),
        (
            "en",
            [
                "1 failure: not the file that report/2016H1.manifest lists",
                "expected",
                "found",
                "no such file",
            ],
        ),
    ],
)
def test_what_does_not_hold_is_said_in_the_pages_language(browser, published, lang, says):
    publisher, address = published
    path = publisher.root / "report/2016H1.restated.csv"
    before = path.read_bytes()
    path.unlink()
    try:
        with opened(browser, f"{address}{lang}/verify.html") as page:
            loaded = []
            page.on("request", lambda request: loaded.append(request.url.rpartition("/")[2]))
            page.reload()
            recount(page, KEYS.vkey)
            text = page.inner_text("#checks > li:nth-child(4)")
            assert [part for part in says if part not in text] == []
            assert ("ko.js" in loaded) is ("told.js" in loaded) is (lang == "ko")
            with page.expect_download() as download:
                page.click("#download")
            kept = json.loads(Path(download.value.path()).read_text("utf-8"))
            failure = kept["checks"][3]["failures"][0]
            assert failure["message"] == "not the file that report/2016H1.manifest lists"
            assert failure["found"] == "no such file"
    finally:
        path.write_bytes(before)


@pytest.fixture(scope="module")
def post_quantum(tmp_path_factory):
    """(keys, folder, address) of a half-year that an Ed25519 witness and one of ML-DSA-44 cosign."""
    keys = Keys("post-quantum", witnesses=1)
    keys.witnesses.append(SigningKey("witness-pq.invalid", KeyType.ML_DSA_44, b"\1" * 32))
    publisher = Publisher(tmp_path_factory.mktemp("post-quantum"), keys)
    publisher.publish(Half(H1, [received("r"), resolved("r")], batches=1))
    publisher.write("datapackage.json", b'{"resources": [{"path": "report/2016H1.csv"}]}\n')
    report = decode_json((publisher.root / "report/2016H1.json").read_bytes())
    for path, data in report_pages(report, labels=LABELS):
        publisher.write(path, data)
    with served(publisher.root) as address:
        yield keys, publisher.root, address


@pytest.mark.parametrize(
    ("lang", "title", "says"),
    [
        ("en", "Something could not be checked here", "was not verified: no browser can yet"),
        ("ko", "여기서 확인하지 못한 것이 있습니다", "아직 브라우저로는 확인할 수 없으므로"),
    ],
)
def test_a_quorum_that_rests_on_ml_dsa_is_neither_met_nor_missed(browser, post_quantum, lang, title, says):
    keys, folder, address = post_quantum
    trust = Trust(key=keys.vkey, policy=keys.policy("all"))
    assert verify(folder, trust=trust).checks[0].status == "holds", "the command verifies it"
    with opened(browser, f"{address}{lang}/verify.html", 360) as page:
        recount(page, keys.vkey, keys.policy("all"))
        assert page.inner_text("#verdict-title") == title
        assert statuses(page) == ["check not-checked"] * 2 + ["check holds"] * 5
        check = page.inner_text("#checks > li:first-child")
        assert says in check and "witness-pq.invalid+" in check and "witness-1.invalid" not in check
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_quorum_that_is_met_without_ml_dsa_holds_and_says_what_was_not_verified(browser, post_quantum):
    keys, _, address = post_quantum
    with opened(browser, f"{address}en/verify.html") as page:
        recount(page, keys.vkey, keys.policy("1"))
        assert page.inner_text("#verdict-title") == "Everything holds"
        assert "witness-pq.invalid+" in page.inner_text("#checks > li:first-child")


def test_a_key_file_with_a_key_of_ml_dsa_is_read(browser, post_quantum):
    with opened(browser, f"{post_quantum[2]}en/verify.html") as page:
        recount(page)
        assert statuses(page)[0] == "check self-declared"


def test_a_cosignature_of_ml_dsa_that_is_not_there_is_missing(browser, post_quantum):
    keys, folder, address = post_quantum
    file = folder / "log/checkpoint"
    before = file.read_bytes()
    note = parse_note(before)
    file.write_bytes(bytes(replace(note, signatures=note.signatures[:-1])))
    try:
        with opened(browser, f"{address}en/verify.html") as page:
            recount(page, keys.vkey, keys.policy("all"))
            assert statuses(page)[0] == "check failed"
            assert "fewer witnesses cosigned than you ask for" in page.inner_text("#checks > li:first-child")
    finally:
        file.write_bytes(before)


POOL = """async ([module, entries]) => {
  const { Pool } = await import(module);
  const pool = new Pool(2);
  pool.expect(entries);
  const bytes = new TextEncoder().encode("one\\ntwo\\n");
  const [lines, run] = await Promise.all([pool.do("lines", bytes), pool.do("run", new Uint8Array(96))]);
  const found = [pool.broken ? 0 : pool.workers.length, Array.from(lines), run.map((one) => one.length)];
  pool.close();
  return found;
}"""


@pytest.mark.parametrize(("entries", "workers"), [(1_000, 0), (1_000_000, 2)])
def test_a_large_log_is_hashed_in_workers_as_a_small_one_is_without(browser, published, entries, workers):
    _, address = published
    with opened(browser, f"{address}en/verify.html") as page:
        used, lines, heights = page.evaluate(POOL, [f"{address}assets/verify/pool.js", entries])
    assert used == workers
    assert bytes(lines) == sha256(b"one").digest() + sha256(b"two").digest()
    assert heights == [96, 32], "three leaves, and one node above the first two"


def test_a_key_that_is_none_is_said_so(browser, published):
    _, address = published
    with opened(browser, f"{address}en/verify.html") as page:
        page.fill("#key", "nonsense")
        page.click("#recount button")
        expect(page.locator("#status")).to_contain_text("could not be made")
        assert page.is_hidden("#verdict") and page.is_enabled("#recount button")


def test_without_scripts_it_names_the_command(browser, published):
    _, address = published
    with opened(browser, f"{address}en/verify.html", java_script_enabled=False) as page:
        assert page.is_visible("#unable") and "sagwan verify" in page.inner_text("#unable")
        assert page.is_hidden("#recount")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, published, scheme):
    _, address = published
    with opened(browser, f"{address}ko/verify.html", 360, color_scheme=scheme, bypass_csp=True) as page:
        recount(page, Keys("another").vkey)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


@contextmanager
def with_bands(root, **options):
    """A half-year with bands, published with its pages and served."""
    half = bands.half(**options)
    publisher = Publisher(root, KEYS)
    publisher.publish(half)
    publisher.write("datapackage.json", b'{"resources": [{"path": "report/2016H1.csv"}]}\n')
    report = decode_json((root / "report/2016H1.json").read_bytes())
    for path, data in report_pages(report, labels=LABELS):
        publisher.write(path, data)
    with served(root) as address:
        yield address


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", "stated, not recounted: National security letters (US), 2016H1, requested: 0-499"),
        ("ko", "말로 밝힌 값(다시 세지 않음): 국가안보서신(US), 2016H1, 요청: 0-499"),
    ],
)
@pytest.mark.parametrize("width", [360, 1280])
def test_bands_are_shown_as_stated_and_hold(browser, tmp_path, lang, says, width):
    with with_bands(tmp_path) as address:
        with opened(browser, f"{address}{lang}/verify.html", width) as page:
            recount(page, KEYS.vkey, KEYS.policy())
            assert statuses(page) == ["check holds"] * 7
            assert says in page.inner_text("#tables")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            with page.expect_download() as download:
                page.click("#download")
            theirs = json.loads(Path(download.value.path()).read_text())
        mine = json.loads(verify(tmp_path, trust=Trust(key=KEYS.vkey, policy=KEYS.policy())).to_json())
        assert theirs["periods"][0]["stated-banded"] == mine["periods"][0]["stated-banded"]
        with opened(browser, f"{address}{lang}/2016H1.html", width) as page:
            assert "0–499" in page.inner_text("main") and "1874" in page.inner_text("main")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert Axe().run(page).response["violations"] == []


CHEATS = {
    "a batch with more": {"reasons": {7: "banded"}},
    "a batch with fewer": {"reasons": {6: ""}},
    "entries before the first": {"report": bands.banded(first=5)},
    "a band that the log cannot hold": {"report": bands.banded(bands.figure(width=9, low=9, high=17))},
    "a band before the log": {"report": bands.banded(bands.figure(about="2015", width=9, low=9, high=17))},
}


@pytest.mark.parametrize("cheat", CHEATS)
def test_the_browser_finds_what_python_finds_of_bands(browser, tmp_path, cheat):
    trust = Trust(key=KEYS.vkey, policy=KEYS.policy())
    with (
        with_bands(tmp_path, **CHEATS[cheat]) as address,
        opened(browser, f"{address}en/verify.html") as page,
    ):
        recount(page, KEYS.vkey, KEYS.policy())
        assert statuses(page) == [*["check holds"] * 6, "check failed"]
        wrong = verify(tmp_path, trust=trust).checks[6].failures[0]
        text = " ".join(page.inner_text("#checks > li:last-child").split())
        for part in (wrong.file, wrong.message, wrong.expected, wrong.found):
            assert part in text, part


@pytest.mark.slow
def test_the_browser_reads_bands_as_strictly_as_python_does(browser, tmp_path):
    """Each report that Python refuses to read, the browser refuses, too."""
    for number, (path, value) in enumerate(bands.SPOILED):
        half = bands.half(json=lambda data, path=path, value=value: bands.spoiled(data, path, value))
        publisher = Publisher(tmp_path / str(number), KEYS)
        publisher.publish(half)
        publisher.write("datapackage.json", b'{"resources": [{"path": "report/2016H1.csv"}]}\n')
    for name, data in verifier():
        publisher.write(name, data)
    publisher.write("index.html", b"<!doctype html><title>x</title>")
    with served(tmp_path) as address, opened(browser, f"{address}{number}/index.html") as page:
        failed = page.evaluate(
            """async ([root, count, key]) => {
                const { verify } = await import("./assets/verify/verify.js");
                const failed = [];
                for (let number = 0; number < count; number += 1) {
                    const { checks } = await verify(`${root}${number}/`, { reader: { key }, progress() {} });
                    failed.push(checks.flatMap((one) => one.status === "failed" ? [one.number] : []));
                }
                return failed;
            }""",
            [address, len(bands.SPOILED), f"{KEYS.vkey}\n"],
        )
    for spoiled, checks in zip(bands.SPOILED, failed, strict=True):
        assert 7 in checks, spoiled
