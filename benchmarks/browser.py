"""How long is it in headless Chromium from click to verdict? At most 2 s for Kakao's half-year of the demo.

    python benchmarks/browser.py                  # makes the demo first, some two minutes
    python benchmarks/browser.py SITE/kakao       # a published folder that is there already

Beside it, in the same run, the machine's own speed with the same hash library: a line, a leaf and a node
for each entry, in one thread, nothing else. The ratio can be compared between machines and days. The
processor seconds are those of all of Chromium's processes from click to verdict; divided by the cores they
are the least that a quiet machine could take. The folder, with the modules of this checkout, is served from
memory by a process of its own, over HTTP/1.1 on loopback.
"""

# ruff: noqa: S603  (no service: what it runs is its own)
import argparse
import asyncio
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, ClassVar

sys.path.insert(0, str(Path(__file__).parents[1]))  # where Chromium is, the tests know
from playwright.sync_api import Page, sync_playwright
from tests.support.components import chromium

from sagwan.pages.site import verifier

TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css"}

RECOUNT = """() => new Promise((done) => {
  const verdict = document.getElementById("verdict");
  const start = performance.now();
  new MutationObserver(() => verdict.hidden || done((performance.now() - start) / 1000)).observe(verdict, { attributes: true });
  document.querySelector("#recount button").click();
})"""  # noqa: E501

HASHES = """async ([module, openings]) => {
  const { sha256 } = await import(module);
  const bytes = new Uint8Array(await (await fetch(openings)).arrayBuffer());
  const ends = [];
  bytes.forEach((byte, at) => byte === 10 && ends.push(at));
  const [leaf, node] = [new Uint8Array(33), new Uint8Array(65)];
  const start = performance.now();
  let from = 0;
  for (const end of ends) {
    leaf.set(sha256(bytes.subarray(from, end)), 1);
    node.set(sha256(leaf), 1);
    sha256(node);
    from = end + 1;
  }
  return [3 * ends.length, (performance.now() - start) / 1000];
}"""


class Static(asyncio.Protocol):
    """Files from memory, kept-alive connections: little beside what is measured."""

    files: ClassVar[dict[str, bytes]] = {}

    def connection_made(self, transport: Any) -> None:
        self.transport, self.rest = transport, b""

    def data_received(self, data: bytes) -> None:
        *requests, self.rest = (self.rest + data).split(b"\r\n\r\n")
        for request in requests:
            path = request.split(b" ", 2)[1].decode().partition("?")[0].lstrip("/")
            body = self.files.get(path)
            status = "404 Not Found" if body is None else "200 OK"
            kind = TYPES.get(Path(path).suffix, "application/octet-stream")
            head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body or b'')}\r\n\r\n"
            self.transport.write(head.encode() + (body or b""))


def serve(root: Path, port: Connection) -> None:
    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(Static, "127.0.0.1", 0)
        port.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    Static.files = {
        str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()
    } | dict(verifier())
    asyncio.run(run())


@contextmanager
def served(root: Path) -> Iterator[str]:
    mine, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(root, theirs), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{mine.recv()}/"
    finally:
        process.terminate()
        process.join()


def processor_seconds() -> float:
    """What Chromium's processes below this one have used so far."""
    below, total = {os.getpid()}, 0
    found = {int(path.name): path for path in Path("/proc").iterdir() if path.name.isdigit()}
    for _, path in sorted(found.items()):
        try:
            name, fields = (path / "stat").read_text().rpartition(")")[::2]
        except OSError:
            continue
        values = fields.split()
        if int(values[1]) in below:
            below.add(int(path.name))
            if "chrom" in name:
                total += int(values[11]) + int(values[12])
    return total / os.sysconf("SC_CLK_TCK")


def measure(page: Page, address: str) -> tuple[float, float]:
    """(seconds from click to verdict, processor seconds of the same) of a recount in a fresh page."""
    page.goto(f"{address}en/verify.html")
    page.wait_for_selector("#recount:not([hidden])")
    before = processor_seconds()
    seconds = page.evaluate(RECOUNT)
    used = processor_seconds() - before
    statuses = page.eval_on_selector_all("#checks > li", "items => items.map(item => item.className)")
    if len(statuses) != 7 or any("failed" in status or "not-checked" in status for status in statuses):
        raise SystemExit(f"the recount did not hold: {statuses}")
    return seconds, used


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, help="a published folder")
    parser.add_argument("--runs", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = given.folder
        if root is None:
            command = [sys.executable, "-m", "sagwan", "demo", "--no-serve", "--folder", f"{scratch}/demo"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            root = Path(scratch) / "demo/site/kakao"
        report(root, given.runs)


def report(root: Path, runs: int) -> None:
    openings = str(next(root.glob("openings/*/0.tsv")).relative_to(root))
    with served(root) as address, sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        found = []
        for _ in range(runs):
            page = browser.new_context().new_page()
            found.append(measure(page, address))
            page.context.close()
        page = browser.new_context(bypass_csp=True).new_page()
        page.goto(f"{address}en/verify.html")
        hashes = [
            page.evaluate(HASHES, [f"{address}assets/verify/bytes.js", address + openings]) for _ in range(3)
        ]
        browser.close()
    seconds, used = [one for one, _ in found], [one for _, one in found]
    count, alone = min(hashes, key=lambda one: one[1])
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}: click to verdict "
        f"min {min(seconds):.2f} s, median {statistics.median(seconds):.2f} s of {runs}; "
        f"processor {min(used):.2f} to {max(used):.2f} s; "
        f"{count:,} hashes of the same library alone {alone:.2f} s; ratio {min(seconds) / alone:.1f}"
    )
    print(json.dumps({"seconds": seconds, "processor": used, "alone": alone, "hashes": count}))


if __name__ == "__main__":
    main()
