// A half-year's report: JSON and CSV read strictly, and the one form in which either may be written.

import { readBanded, writeBanded } from "./banded.js";
import { text, utf8 } from "./bytes.js";
import { parseJson, writeJson, Written } from "./json.js";
import { Malformed } from "./notes.js";
import { REASONS_TO_WITHHOLD } from "./opening.js";
import { BASE, byText, isMeasure } from "./tally.js";

const MEMBERS = [
  "format", "provider", "names", "service-names", "origin", "period", "time-zone", "batch-interval-hours",
  "synthetic", "entries", "rows", "withheld", "restated", "stated",
];
const ROW = ["service", "jurisdiction", "instrument"];
const RESTATED = ["period", ...ROW, "measure", "before", "after"];

/** A report's JSON; throws Malformed. Counts are BigInts, rows keyed "service jurisdiction instrument". */
export function readReport(bytes) {
  const written = text(bytes);
  if (written === null) throw new Malformed("the report is not UTF-8");
  const document = object(parseJson(written), "report");
  const banded = readBanded(document.get("banded"));
  const members = onlyThese(new Map([...document].filter(([name]) => name !== "banded")), MEMBERS, "report");
  if (members.get("format") !== "sagwan-report/1") throw new Malformed("report.format is not 'sagwan-report/1'");
  for (const name of ["provider", "origin", "time-zone"]) string(members, name);
  if (typeof members.get("synthetic") !== "boolean") throw new Malformed("report.synthetic is not true or false");
  names(members.get("names"), "report.names");
  for (const [service, one] of object(members.get("service-names"), "service-names")) names(one, `service-names.${service}`);
  const entries = onlyThese(members.get("entries"), ["first", "cut"], "report.entries");
  for (const [name, value] of object(members.get("stated"), "stated")) stated(name, value);
  return {
    members,
    origin: string(members, "origin"),
    period: period(string(members, "period")),
    interval: Number(count(members, "batch-interval-hours")),
    synthetic: members.get("synthetic"),
    first: Number(count(entries, "first")),
    cut: Number(count(entries, "cut")),
    rows: rows(members.get("rows")),
    withheld: withheld(members.get("withheld")),
    restated: array(members.get("restated"), "restated").map((row) => restated(row)),
    banded,
  };
}

function object(value, where) {
  if (!(value instanceof Map)) throw new Malformed(`${where} is not an object`);
  return value;
}

function array(value, where) {
  if (!Array.isArray(value)) throw new Malformed(`${where} is not a list`);
  return value;
}

function onlyThese(value, wanted, where) {
  for (const name of object(value, where).keys()) if (!wanted.includes(name)) throw new Malformed(`${where}.${name} is not a member of this format`);
  for (const name of wanted) if (!value.has(name)) throw new Malformed(`${where}.${name} is missing`);
  return value;
}

function string(members, name) {
  const value = members.get(name);
  if (typeof value !== "string") throw new Malformed(`${name} is not a text`);
  return value;
}

function count(members, name) {
  const value = members.get(name);
  if (!(value instanceof Written) || !/^(?:0|[1-9][0-9]*)$/.test(value.text)) throw new Malformed(`${name} is not a count`);
  return BigInt(value.text);
}

function names(value, where) {
  const both = onlyThese(value, ["ko", "en"], where);
  string(both, "ko");
  string(both, "en");
}

function period(written) {
  if (!/^[1-9][0-9]{3}H[12]$/.test(written)) throw new Malformed(`'${written.slice(0, 40)}' is not a half-year`);
  return written;
}

function stated(name, value) {
  const finite = value instanceof Written && Number.isFinite(Number(value.text));
  if (value !== null && !finite) throw new Malformed(`stated.${name} is not a number or null`);
}

function rows(documents) {
  const found = new Map();
  array(documents, "rows").forEach((document, n) => {
    const row = onlyThese(document, [...ROW, "counts"], `rows[${n}]`);
    const key = ROW.map((column) => string(row, column)).join(" ");
    const counts = object(row.get("counts"), `rows[${n}].counts`);
    const columns = [...counts.keys()];
    if (!columns.every(isMeasure)) throw new Malformed(`rows[${n}].counts has a column that is no measure`);
    if (!BASE.every((name, at) => columns[at] === name)) throw new Malformed(`rows[${n}].counts lacks a base measure`);
    if (found.has(key)) throw new Malformed(`rows[${n}]: the row ${key} stands there twice`);
    found.set(key, new Map(columns.map((name) => [name, count(counts, name)])));
  });
  return found;
}

function withheld(document) {
  const reasons = onlyThese(document, REASONS_TO_WITHHOLD, "withheld");
  return new Map(REASONS_TO_WITHHOLD.map((reason) => [reason, count(reasons, reason)]));
}

function restated(document) {
  const row = onlyThese(document, RESTATED, "restated");
  return {
    period: period(string(row, "period")),
    row: ROW.map((column) => string(row, column)).join(" "),
    measure: string(row, "measure"),
    before: count(row, "before"),
    after: count(row, "after"),
  };
}

/** The report's JSON as it must be: the provider's words and what it states, with other counts in it. */
export function writeReport(report, changes) {
  const all = new Map(MEMBERS.map((name) => [name, report.members.get(name)]));
  const inBoth = (one) => new Map([["ko", one.get("ko")], ["en", one.get("en")]]);
  all.set("names", inBoth(all.get("names")));
  all.set("service-names", new Map([...all.get("service-names")].map(([slug, one]) => [slug, inBoth(one)])));
  all.set("origin", changes.origin);
  all.set("period", changes.period);
  all.set("entries", new Map([["first", report.first], ["cut", report.cut]]));
  all.set("rows", [...changes.rows].map(([key, counts]) => new Map([...cells(key), ["counts", counts]])));
  all.set("withheld", new Map(REASONS_TO_WITHHOLD.map((reason) => [reason, changes.withheld[reason] ?? 0])));
  all.set("restated", changes.restated.map((one) => new Map(RESTATED.map((column, n) => [column, restatedCells(one)[n]]))));
  if (report.banded) all.set("banded", writeBanded(report.banded));
  return utf8(`${writeJson(all)}\n`);
}

const cells = (key) => key.split(" ").map((value, n) => [ROW[n], value]);
export const restatedCells = (one) => [one.period, ...one.row.split(" "), one.measure, one.before, one.after];

/** The rows as CSV: base measures, then every other measure that some row has, alphabetically. */
export function writeCsv(rows_) {
  const extra = [...new Set([...rows_.values()].flatMap((counts) => [...counts.keys()]))].filter((name) => !BASE.includes(name)).sort(byText);
  const columns = [...BASE, ...extra];
  const lines = [...rows_].map(([key, counts]) => [...key.split(" "), ...columns.map((name) => counts.get(name) ?? 0n)]);
  return [[...ROW, ...columns], ...lines].map((line) => `${line.join(",")}\n`).join("");
}

/** The restated cells as CSV. */
export const writeRestated = (restated_) => [RESTATED, ...restated_.map(restatedCells)].map((line) => `${line.join(",")}\n`).join("");

/** `sha256sum` lines, ordered by path: Map path → digest; throws Malformed. */
export function readManifest(bytes) {
  const written = text(bytes);
  if (!written?.endsWith("\n")) throw new Malformed("the manifest does not end in a line feed");
  const files = new Map();
  let last = "";
  for (const line of written.slice(0, -1).split("\n")) {
    const [, digest, path] = /^([0-9a-f]{64}) {2}([A-Za-z0-9][A-Za-z0-9./_-]*)$/.exec(line) ?? [];
    if (!path || path.split("/").some((part) => ["", ".", ".."].includes(part))) {
      throw new Malformed(`'${line.slice(0, 100)}' is not 'sha256, two blanks, path'`);
    }
    if (path <= last) throw new Malformed(`'${path}' is out of order in the manifest`);
    files.set(path, digest);
    last = path;
  }
  return files;
}
