// What a folder holds, read before anything is counted: whose log it is, which half-years, which checkpoints.

import { hex, sha256 } from "./bytes.js";
import { checkSizes, readCheckpoint } from "./checkpoints.js";
import { readHandovers } from "./keychain.js";
import { canVerify, Malformed, parseCheckpoint, parseNote } from "./notes.js";
import { readManifest, readReport } from "./report.js";
import { LIMITS } from "./source.js";
import { settle } from "./trust.js";

const AHEAD = 12; // checkpoints asked for before it is known whether they are there
const SOON = ["datapackage.json", "key", "log/checkpoint", "log/keys/001"]; // what is needed first

export const SPLIT = 1048576; // openings files begin anew at log indexes divisible by this
const MOST = 2 ** 40; // a half-year that claims to lie beyond so many entries is walked through by nobody

/** {reader, anchors, hints, head, halves, handovers} of a folder, half-years up to `wanted` (all where it is ""). */
export async function readFolder(source, reader, wanted, findings) {
  for (const path of SOON) source.ask(path, LIMITS.note);
  const periods = await findPeriods(source, wanted);
  if (!periods.length || (wanted && !periods.includes(wanted))) {
    throw new Malformed(wanted ? `there is no report of ${wanted} here` : "there is no report here");
  }
  const hints = await source.hint("key", LIMITS.note);
  const origin = await findOrigin(source, periods);
  const handovers = await readHandovers(source, origin, findings);
  const anchors = { ...(await settle(reader, origin, hints, handovers)), able: await canVerify() };
  const head = await readCheckpoint(source, "log/checkpoint", anchors, findings);
  const halves = [];
  const read = periods.map((period) => readFiles(source, period, anchors, findings));
  for (const files of read) {
    const half = range(await files, halves.at(-1)?.cut ?? 0);
    checkSizes(half, findings);
    halves.push(half);
  }
  return { reader, anchors, hints, head, halves, handovers };
}

/** The half-years: those that datapackage.json names, and their neighbours for as long as there are manifests. */
async function findPeriods(source, wanted) {
  const listed = await source.hint("datapackage.json", LIMITS.note);
  const found = new Set([...listed.matchAll(/report\/([1-9][0-9]{3}H[12])\.[a-z.]+/g)].map((match) => match[1]));
  if (wanted) found.add(wanted);
  for (const start of [...found]) {
    for (const beside of [previous, following]) {
      for (let period = beside(start); !found.has(period) && (await exists(source, `report/${period}.manifest`)); period = beside(period)) found.add(period);
    }
  }
  return [...found].filter((period) => !wanted || period <= wanted).sort();
}

const following = (period) => (period.endsWith("1") ? `${period.slice(0, 4)}H2` : `${Number(period.slice(0, 4)) + 1}H1`);
const previous = (period) => (period.endsWith("2") ? `${period.slice(0, 4)}H1` : `${Number(period.slice(0, 4)) - 1}H2`);

async function exists(source, path) {
  try {
    return (await source.get(path, LIMITS.manifest)) !== null;
  } catch {
    return true;
  }
}

/** The log's name, from the first checkpoint that can be read; the anchors then say whose it is. */
async function findOrigin(source, periods) {
  for (const file of ["log/checkpoint", ...periods.map((period) => `report/${period}.checkpoint`)]) {
    try {
      return parseCheckpoint(parseNote(await source.need(file, LIMITS.note)).text).origin;
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
    }
  }
  return "";
}

async function readFiles(source, period, anchors, findings) {
  const [bound, [report, wrong], checkpoints, sealed] = await Promise.all([
    manifest(source, period, findings),
    reportOf(source, period),
    numbered(source, period, anchors, findings),
    readCheckpoint(source, `report/${period}.checkpoint`, anchors, findings),
  ]);
  return { period, ...bound, report, wrong, checkpoints, sealed };
}

/** Where a half-year's entries begin and end. An absurd cut would take for ever to walk through: each openings file
 * is in the manifest. */
function range(half, first) {
  const statedCut = half.report?.cut ?? half.checkpoints.at(-1)?.size ?? first;
  const cut = Math.max(first, statedCut);
  return { ...half, first, statedCut, cut, plausible: cut <= MOST && Math.floor((cut - first) / SPLIT) <= half.files.size + 1 };
}

async function manifest(source, period, findings) {
  const file = `report/${period}.manifest`;
  let digest = "";
  try {
    const bytes = await source.need(file, LIMITS.manifest);
    digest = hex(sha256(bytes));
    return { digest, files: readManifest(bytes) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    findings.add(4, file, error.message, "a manifest", digest ? "another text" : "none");
    return { digest, files: new Map() };
  }
}

async function reportOf(source, period) {
  try {
    return [readReport(await source.need(`report/${period}.json`, LIMITS.report)), ""];
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return [null, error.message];
  }
}

/** The half-year's checkpoints, numbered from 0 until one is not there; always some are asked for. */
async function numbered(source, period, anchors, findings) {
  const file = (number) => `report/${period}/checkpoints/${String(number).padStart(3, "0")}`;
  let [next, end] = [0, Infinity];
  const ask = async () => {
    while (next < end) {
      const number = next++;
      if (!(await exists(source, file(number)))) end = Math.min(end, number);
    }
  };
  await Promise.all(Array.from({ length: AHEAD }, ask));
  const read = Array.from({ length: end }, (_, number) => readCheckpoint(source, file(number), anchors, findings));
  return (await Promise.all(read)).filter(Boolean);
}

/** A half-year's openings files, as [path, first index]. */
export function openingsFiles({ period, first, cut }) {
  const files = [];
  for (let start = first; start < cut; start = (Math.floor(start / SPLIT) + 1) * SPLIT) files.push([`openings/${period}/${start}.tsv`, start]);
  return files;
}

