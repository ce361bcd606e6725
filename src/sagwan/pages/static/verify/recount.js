// Check 7: the whole table, recounted, is the same, cell by cell and then byte by byte, in JSON and CSV alike.

import { same, utf8 } from "./bytes.js";
import { Malformed } from "./notes.js";
import { REASONS_TO_WITHHOLD } from "./opening.js";
import { restatedCells, writeCsv, writeReport, writeRestated } from "./report.js";
import { LIMITS } from "./source.js";
import { differences } from "./tally.js";

/** What has changed in earlier half-years' tables since they were last stated; `stated` is brought up to date. */
export function restate(tables, stated, now) {
  const changes = [];
  for (const period of [...stated.keys()].sort().filter((one) => one < now)) {
    const counts = tables.get(period).counts();
    for (const [row, measure, before, after] of differences(stated.get(period), counts)) changes.push({ period, row, measure, before, after });
    stated.set(period, counts);
  }
  return changes;
}

/** The report's three tables against {period, rows, withheld, restated}; `origin` the log's name. */
export async function checkTables(source, half, origin, result, findings) {
  const json = `report/${half.period}.json`;
  if (half.report) {
    const before = findings.count(7);
    checkCells(json, half.report, origin, result, findings);
    if (findings.count(7) === before) await checkBytes(source, json, writeReport(half.report, { ...result, origin }), findings);
  } else findings.add(7, json, half.wrong, "the recounted report", "no report");
  await checkBytes(source, `report/${half.period}.csv`, utf8(writeCsv(result.rows)), findings);
  await checkBytes(source, `report/${half.period}.restated.csv`, utf8(writeRestated(result.restated)), findings);
}

function checkCells(file, report, origin, result, findings) {
  for (const [row, counts] of result.rows) if (!report.rows.has(row)) findings.add(7, file, `the row ${row} is missing`, shown(counts), "no row");
  for (const [row, counts] of report.rows) if (!result.rows.has(row)) findings.add(7, file, `the row ${row} has no line`, "no row", shown(counts));
  const both = (rows) => new Map([...rows].filter(([row]) => report.rows.has(row) && result.rows.has(row)));
  for (const [row, measure, wanted, found] of differences(both(result.rows), both(report.rows))) {
    findings.add(7, file, `row ${row}, column ${measure}`, wanted, found);
  }
  for (const reason of REASONS_TO_WITHHOLD) {
    const [wanted, found] = [BigInt(result.withheld[reason] ?? 0), report.withheld.get(reason)];
    if (wanted !== found) findings.add(7, file, `withheld for ${reason}`, wanted, found);
  }
  if (report.period !== result.period) findings.add(7, file, "the report is of another half-year", result.period, report.period);
  if (report.origin !== origin) findings.add(7, file, "the report is of another log", origin, report.origin);
  const [wanted, found] = [result.restated, report.restated].map((list) => list.map((one) => restatedCells(one).join(" ")));
  for (const row of wanted) if (!found.includes(row)) findings.add(7, file, "a restated row is missing or different", row, "no such row");
  for (const row of found) if (!wanted.includes(row)) findings.add(7, file, "nothing restates this", "no row", row);
}

const shown = (counts) => [...counts].filter(([, count]) => count).map(([name, count]) => `${name} ${count}`).join(", ") || "all 0";

async function checkBytes(source, file, wanted, findings) {
  let found;
  try {
    found = await source.need(file, LIMITS.report);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    findings.add(7, file, error.message, "the recounted table", "none");
    return;
  }
  if (same(found, wanted)) return;
  const [want, have] = [wanted, found].map((bytes) => new TextDecoder().decode(bytes).split("\n"));
  const line = Array.from({ length: Math.max(want.length, have.length) }, (_, n) => n).find((n) => want[n] !== have[n]) ?? 0;
  findings.add(7, file, `line ${line + 1} is not what the recounted table has there`, (want[line] ?? "none").slice(0, 400), (have[line] ?? "none").slice(0, 400));
}
