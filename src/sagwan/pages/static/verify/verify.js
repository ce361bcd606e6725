// The recount of a published folder: the seven checks in order (docs, "What verify checks"), and their verdict.

import { hex } from "./bytes.js";
import { bandedDocument, checkBands } from "./banded.js";
import { checkFiles, checkReportLine, checkReportsOpened } from "./binding.js";
import { checkClock } from "./checkpoints.js";
import { Findings } from "./findings.js";
import { readFolder } from "./folder.js";
import { handoverPath, sameRoot } from "./keychain.js";
import { Log } from "./log.js";
import { Openings } from "./openings.js";
import { Pool } from "./pool.js";
import { checkTables, restate } from "./recount.js";
import { Source } from "./source.js";
import * as words from "./words.js";

/** Recount the folder at `base` (an address that ends in a slash). `reader` brings {key, policy, remembered, maxWithheld},
 * each of which may be missing; `period` limits the recount to the half-years up to that one; `progress(done, total)` hears of
 * entries and lines. Throws Malformed where there is nothing to check, or what the reader brought is ill-formed. */
export async function verify(base, { reader = {}, period = "", progress = () => {} } = {}) {
  const [source, findings, pool] = [new Source(base), new Findings(), new Pool()];
  try {
    return await recount(source, findings, pool, reader, period, progress);
  } finally {
    pool.close();
  }
}

async function recount(source, findings, pool, reader, period, progress) {
  const folder = await readFolder(source, reader, period, findings);
  const { anchors, halves } = folder;
  const log = new Log(source, sizesOf(folder));
  const lines = halves.reduce((sum, half) => sum + (half.plausible ? half.cut - half.first : 0), 0);
  const openings = new Openings(source, log, findings);
  for (const half of halves) if (half.plausible) openings.begin(half, pool);
  await log.hash(pool, findings, (done) => progress(done, log.total + lines));
  checkRoots(folder, log, findings);
  checkClock(halves, folder.head, findings);
  checkHistory(folder, log, findings);
  for (const half of halves) {
    if (half.plausible) await checkFiles(source, half, findings);
    await checkReportLine(source, half, log, findings);
    const before = anchors.remembered?.manifests[half.period];
    if (before && half.digest && before !== half.digest) {
      findings.add(4, `report/${half.period}.manifest`, `another report of ${half.period} than the one you saw before`, before, half.digest);
    }
  }
  const results = await countAll(source, folder, openings, pool, findings, (done) => progress(log.total + done, log.total + lines));
  checkReportsOpened(openings.reports, halves, findings);
  if (openings.uncompared) findings.leaveUnchecked(5, "the log does not give all its entries");
  return { ...conclude(source, folder, log, results, findings), folder, log, openings, results };
}

/** All checkpoints, the log's own last. */
const checkpointsOf = ({ halves, head }) => [...halves.flatMap((half) => [...half.checkpoints, half.sealed]), head].filter(Boolean);

/** The sizes at which the root is wanted; a remembered one only if the log may still reach it. */
function sizesOf(folder) {
  const sizes = checkpointsOf(folder).map((one) => one.size);
  const { remembered, chain } = folder.anchors;
  const others = [...chain.followed.map((one) => one.size), ...(remembered ? [remembered.size] : [])];
  return [...sizes, ...others.filter((size) => size <= Math.max(0, ...sizes))];
}

function checkRoots(folder, log, findings) {
  for (const { file, size, root } of checkpointsOf(folder)) {
    const found = log.roots.get(size);
    if (found && hex(found) !== hex(root)) findings.add(2, file, "the entries do not hash to this checkpoint's root", hex(root), hex(found), size);
  }
  for (const one of folder.anchors.chain.followed) {
    const found = log.roots.get(one.size);
    if (found && !sameRoot(one, found)) findings.add(2, handoverPath(one.number), "the entries do not hash to the root that this handover names", hex(one.root), hex(found), one.size);
  }
}

/** Check 3: reports follow each other, and the log still holds every tree that it ever showed. */
function checkHistory(folder, log, findings) {
  const { halves, head, anchors: { remembered } } = folder;
  for (const { period, report, first } of halves) {
    if (report && report.first !== first) findings.add(3, `report/${period}.json`, "the report does not begin where the last one ended", first, report.first, first);
  }
  const reaches = (what, size) => {
    if (!head) findings.leaveUnchecked(3, "there is no log/checkpoint to compare with");
    else if (head.size < size) findings.add(3, "log/checkpoint", `the log has shrunk: ${what} is of a larger tree`, `at least ${size} entries`, `${head.size} entries`, head.size);
    else if (!log.roots.has(size)) findings.leaveUnchecked(3, "the log does not give all its entries");
  };
  for (const one of checkpointsOf({ halves, head: null })) reaches(`the checkpoint of ${one.file}`, one.size);
  if (!remembered) return;
  reaches("the checkpoint that you saw before", remembered.size);
  const found = log.roots.get(remembered.size);
  if (found && hex(found) !== remembered.root) {
    findings.add(3, "log/checkpoint", "the log was rewritten below the checkpoint that you saw before", remembered.root, hex(found), remembered.size);
  }
}

/** Checks 5 to 7, half-year by half-year. */
async function countAll(source, folder, openings, pool, findings, progress) {
  const [results, stated, banded] = [[], new Map(), new Map()];
  for (const half of folder.halves) {
    const { period, first, cut } = half;
    if (!half.plausible) {
      openings.requests.begin(half);
      findings.add(6, `openings/${period}/${first}.tsv`, "far fewer lines than entries", cut, `${half.files.size} files listed`, first);
      continue;
    }
    const { opened, withheld } = await openings.read(half, pool, progress);
    const restated = restate(openings.requests.tables, stated, period);
    const rows = openings.requests.tables.get(period).counts();
    stated.set(period, rows);
    const result = { period, first, cut, opened, withheld, manifest: half.digest, rows, restated, banded: half.report?.banded ?? null };
    results.push(result);
    checkCap(result, folder.reader.maxWithheld, findings);
    await checkTables(source, half, folder.anchors.origin, result, findings);
    banded.set(period, withheld.banded ?? 0);
    checkBands(half, banded, openings.withheld, findings);
  }
  openings.requests.end();
  return results;
}

/** No more is withheld than the reader allows: a share from 0 to 1, or nothing. */
function checkCap({ period, first, cut, withheld }, cap, findings) {
  const share = Object.values(withheld).reduce((a, b) => a + b, 0) / Math.max(cut - first, 1);
  const percent = (part) => `${(100 * part).toFixed(2)}%`;
  if (cap !== undefined && share > cap) findings.add(6, `openings/${period}`, "more is withheld than you allow", `at most ${percent(cap)}`, percent(share), first);
}

/** The verdict: the checks in words, and the document that `--json` of the command gives, too. */
function conclude(source, folder, log, results, findings) {
  const { anchors, head, halves } = folder;
  const sum = (count) => results.reduce((total, result) => total + count(result), 0);
  const withheld = sum((result) => Object.values(result.withheld).reduce((a, b) => a + b, 0));
  const opened = sum((result) => result.opened);
  const held = [
    [anchors.anchor === "folder" ? "self-declared" : anchors.witnessed ? "holds" : "not-witnessed", words.signed(anchors.anchor, anchors.policy.quorum, anchors.chain.followed)],
    [anchors.witnessed ? "holds" : "undated", words.hashed(log.total, checkpointsOf(folder).length, anchors.witnessed)],
    ["holds", words.consistent(anchors.remembered?.size ?? null)],
    ["holds", words.bound(halves.length)],
    ["holds", words.opened(opened + withheld)],
    ["holds", words.followed(opened, withheld)],
    ["holds", words.recounted(sum((result) => result.rows.size))],
  ];
  if (!anchors.able) held[0] = ["not-checked", words.NO_ED25519];
  const checks = held.map(([status, text], at) => line(at + 1, status, text, findings));
  const holds = !checks.some(({ status }) => status === "failed" || status === "not-checked");
  return {
    format: "sagwan-verdict/1",
    source: source.base,
    origin: anchors.origin,
    key: anchors.memo,
    anchor: anchors.anchor,
    size: head?.size ?? 0,
    root: head ? hex(head.root) : "",
    synthetic: halves.some((half) => half.report?.synthetic),
    "exit-code": !holds ? 1 : anchors.anchor === "folder" ? 3 : 0,
    checks,
    periods: results.map(periodDocument),
    limits: words.LIMITS,
  };
}

function line(number, status, text, findings) {
  const [failures, why, count] = [findings.failures(number), findings.unchecked.get(number), findings.count(number)];
  const [name, notes] = [words.NAMES[number], [...(findings.notes.get(number)?.values() ?? [])]];
  const one = { number, name, status, text, notes, failures, more: count - failures.length };
  if (count) return { ...one, status: "failed", text: words.failed(count, failures[0].message) };
  return why ? { ...one, status: "not-checked", text: words.notChecked(why) } : one;
}

/** A half-year of the document; counts beyond 2^53 are not exact in JSON numbers, and no table here has one. */
function periodDocument({ period, first, cut, opened, withheld, manifest, rows, restated, banded }) {
  const asRow = (key) => Object.fromEntries(key.split(" ").map((value, at) => [["service", "jurisdiction", "instrument"][at], value]));
  const numbers = (counts) => Object.fromEntries([...counts].map(([name, count]) => [name, Number(count)]));
  return {
    period,
    entries: { first, cut },
    opened,
    withheld,
    floors: Object.keys(withheld).length > 0,
    manifest,
    rows: [...rows].map(([key, counts]) => ({ ...asRow(key), counts: numbers(counts) })),
    restated: restated.map((one) => ({ ...one, row: one.row.split(" "), before: Number(one.before), after: Number(one.after) })),
    ...(banded && { "stated-banded": bandedDocument(banded) }),
  };
}

/** Is something wrong, rather than only not checked? */
export const failed = ({ checks }) => checks.some(({ status }) => status === "failed");

/** The part of a verdict that is kept in a file. */
export const documentOf = ({ folder, log, openings, results, ...document }) => document;
export const toJson = (verdict) => `${JSON.stringify(documentOf(verdict), null, 1)}\n`;

/** `verify`, and of its answer the document alone. */
export const document = async (base, options) => documentOf(await verify(base, options));
