// What lines count (docs/reference/published-folder.md, "What counts"). Counts are BigInts: accounts have 18 digits.

import { discloses, OUTCOMES } from "./opening.js";

export const BASE = [
  "requested", "processed", ...OUTCOMES,
  "accounts-asked", "accounts-disclosed", "follow-ups", "follow-up-accounts",
];

/** Is it the name of a column? */
export const isMeasure = (name) => BASE.includes(name) || /^(?:reason|received|resolved)\./.test(name);

/** Texts in the order of their code points; none here has a character beyond U+FFFF. */
export const byText = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

/** Counts by row ("service jurisdiction instrument") and measure. */
export class Table {
  constructor() {
    this.rows = new Map();
  }

  /** Count a line as one of that kind; `times` -1 takes it away again. */
  add(line, kind, times = 1n) {
    if (kind === "cover" || kind === "report") return;
    if (!this.rows.has(line.row)) this.rows.set(line.row, new Map());
    const row = this.rows.get(line.row);
    const count = (measure, by = 1n) => row.set(measure, (row.get(measure) ?? 0n) + times * by);
    const accounts = BigInt(line.accounts);
    const marks = line.marks === "-" ? [] : line.marks.split(",");
    if (kind === "received") {
      count("requested");
      count("accounts-asked", accounts);
      for (const mark of marks) count(`received.${mark}`);
    } else if (kind === "follow-up") {
      count("follow-ups");
      count("follow-up-accounts", accounts);
    } else {
      count(line.outcome);
      count("accounts-disclosed", accounts);
      if (discloses(line.outcome)) count("processed");
      if (line.reason !== "-") count(`reason.${line.reason}`);
      for (const mark of marks) count(`resolved.${mark}`);
    }
  }

  /** The rows as a report prints them: in alphabetical order, all base measures, then others that are not 0. */
  counts() {
    const keys = [...this.rows.keys()].sort((a, b) => compareRows(a, b));
    return new Map(keys.map((key) => [key, inOrder(this.rows.get(key))]));
  }
}

/** Rows go by service, then jurisdiction, then instrument. */
function compareRows(one, other) {
  const [a, b] = [one.split(" "), other.split(" ")];
  return byText(a[0], b[0]) || byText(a[1], b[1]) || byText(a[2], b[2]);
}

function inOrder(row) {
  const extra = [...row.keys()].filter((name) => row.get(name) && !BASE.includes(name)).sort(byText);
  return new Map([...BASE, ...extra].map((name) => [name, row.get(name) ?? 0n]));
}

/** Every cell that differs: [row, measure, before, after], in the report's order; what is absent reads as 0. */
export function differences(before, after) {
  const found = [];
  const rows = [...new Set([...before.keys(), ...after.keys()])].sort(compareRows);
  for (const row of rows) {
    const [old, now] = [before.get(row) ?? new Map(), after.get(row) ?? new Map()];
    const names = new Set([...old.keys(), ...now.keys()]);
    const columns = [...BASE.filter((name) => names.has(name)), ...[...names].filter((name) => !BASE.includes(name)).sort(byText)];
    for (const name of columns) {
      const [a, b] = [old.get(name) ?? 0n, now.get(name) ?? 0n];
      if (a !== b) found.push([row, name, a, b]);
    }
  }
  return found;
}
