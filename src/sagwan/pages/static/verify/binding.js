// Check 4: the report line is in the log, the manifest is the line's, and the files are the manifest's.

import { hex, sha256, text, utf8 } from "./bytes.js";
import { openingsFiles } from "./folder.js";
import { Malformed } from "./notes.js";
import { parseOpening } from "./opening.js";
import { LIMITS } from "./source.js";

/** The manifest lists the report's and the openings' files, all of them and no other, as they are. */
export async function checkFiles(source, half, findings) {
  const { period, files } = half;
  const listed = `report/${period}.manifest`;
  const late = `openings/${period}/late.tsv`;
  const tables = ["json", "csv", "restated.csv"].map((ending) => `report/${period}.${ending}`);
  const wanted = [...tables, ...openingsFiles(half).map(([path]) => path)];
  if (files.has(late) || (await there(source, late))) wanted.push(late);
  for (const file of wanted) if (!files.has(file)) findings.add(4, file, `${listed} does not list this file`, "listed", "not listed");
  for (const [file, expected] of files) {
    if (!wanted.includes(file)) findings.add(4, file, `${listed} lists a file that no report of ${period} has`, "none", expected);
    else await checkFile(source, file, expected, listed, findings);
  }
}

async function there(source, file) {
  try {
    return (await source.get(file, LIMITS.openings)) !== null;
  } catch {
    return true;
  }
}

async function checkFile(source, file, expected, listed, findings) {
  let found = "no such file";
  try {
    const bytes = await source.get(file, file.startsWith("openings/") ? LIMITS.openings : LIMITS.report);
    if (bytes !== null) found = await digest(bytes);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    found = error.message;
  }
  if (found !== expected) findings.add(4, file, `not the file that ${listed} lists`, expected, found);
}

/** SHA-256 in hex; by the browser itself where it may, as one call for a whole file is worth its promise. */
async function digest(bytes) {
  return hex(globalThis.crypto?.subtle ? new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)) : sha256(bytes));
}

/** The half-year's report line stands in the log after the cut, below its checkpoint's size, and names the manifest. */
export async function checkReportLine(source, half, log, findings) {
  const { period, cut, sealed } = half;
  const file = `report/${period}.line`;
  const line = await reportLine(source, file, period, findings);
  if (!line) return;
  if (half.digest && line.opening.private !== half.digest) {
    findings.add(4, `report/${period}.manifest`, "not the manifest that the report line binds", line.opening.private, half.digest);
  }
  if (!sealed || !log.roots.has(sealed.size) || !log.complete) {
    findings.leaveUnchecked(4, `the log does not give the entries after ${period}`);
    return;
  }
  const commitment = sha256(utf8(line.written));
  if (log.find(commitment, cut, sealed.size) < 0) {
    const wanted = sealed.size > cut ? `one of entries ${cut} to ${sealed.size - 1}` : "a checkpoint beyond the cut";
    findings.add(4, file, "the report line is not in the log where the report's checkpoint must hold it", wanted, hex(commitment), cut);
  }
}

async function reportLine(source, file, period, findings) {
  let written;
  try {
    written = text(await source.need(file, LIMITS.note));
    if (!written?.endsWith("\n")) throw new Malformed("the line does not end in a line feed");
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    findings.add(4, file, error.message, "a report line", "none");
    return null;
  }
  const opening = parseOpening(written.slice(0, -1));
  if (opening.error) findings.add(4, file, opening.error, "a report line", "none");
  else if (opening.kind === "report" && opening.instrument === period.toLowerCase()) return { written: written.slice(0, -1), opening };
  else findings.add(4, file, "the line binds another report", `report ${period.toLowerCase()}`, `${opening.kind} ${opening.instrument}`);
  return null;
}

/** Each report line that was opened ({file, index, opening}) binds the report that is published; none has two. */
export function checkReportsOpened(opened, halves, findings) {
  const seen = new Map();
  for (const { file, index, opening } of opened) {
    const period = opening.instrument.toUpperCase();
    if (seen.has(period)) findings.add(4, file, `a second report of ${period} was sealed`, `entry ${seen.get(period)} alone`, `entry ${index} too`, index);
    else seen.set(period, index);
    const shown = halves.find((half) => half.period === period)?.digest ?? "no report";
    if (shown !== opening.private) findings.add(4, file, `a report of ${period} was sealed that is not published`, opening.private, shown, index);
  }
}

