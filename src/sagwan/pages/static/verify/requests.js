// Check 6: what lines of a request may follow (docs/reference/opening-line.md, "What a line may follow"), and the
// tables that lines count in. Lines are entered in the order in which the half-years publish them.

import { discloses, parseOpening } from "./opening.js";
import { Table } from "./tally.js";

export class Requests {
  /** `lineAt(index)`: the published line of an entry, or null where it is withheld or not there. */
  constructor(findings, lineAt) {
    this.findings = findings;
    this.lineAt = lineAt;
    this.ranges = []; // {period, first, cut}
    this.tables = new Map();
    this.lives = new Map(); // request → {last, row, received, resolved, disclosed}
    this.superseded = new Map(); // log index → index of the line that replaced it
    this.standsFor = new Map(); // log index of a correction → {kind, period} that it counts as
    this.wrong = []; // found out of order, reported in it
  }

  begin(half) {
    this.ranges.push(half);
    this.tables.set(half.period, new Table());
  }

  /** The half-year that holds a log index, among those begun. */
  home(index) {
    return this.ranges.findLast((half) => index >= half.first && index < half.cut) ?? null;
  }

  /** The half-year whose table a line counts in, or null. */
  countedIn(index) {
    return this.standsFor.get(index)?.period ?? this.home(index)?.period ?? null;
  }

  /** Take in a well-formed line that was published in `file` and counts in the half-year `period`. */
  enter(file, index, line, period) {
    if (line.kind === "cover" || line.kind === "report") return;
    const fail = (message, expected, found) => {
      this.wrong.push([index, [6, file, `request ${line.request}: ${message}`, expected, found, index]]);
    };
    const life = this.lives.get(line.request) ?? { last: -1, row: null, received: false, resolved: false, disclosed: false };
    this.lives.set(line.request, life);
    if (line.kind === "corrected") return this.correct(file, index, line, life, fail);
    this.tables.get(period).add(line, line.kind);
    const [expected, found] = this.follows(line, life, index);
    if (expected) fail(`${line.kind} does not follow what it must follow`, expected, found);
    if (line.kind === "received") {
      life.received = true;
      life.row ??= line.row;
    }
    if (line.kind === "resolved") {
      life.resolved = true;
      life.disclosed = discloses(line.outcome);
    }
    life.last = Math.max(life.last, index);
  }

  /** [expected, found] where a line cannot stand after what was opened of its request; [] where it can. */
  follows(line, life, index) {
    if (life.last >= index) return ["a line is opened only if all earlier lines of its request are", `entry ${life.last} was opened before this one`];
    if (line.kind === "received") return life.received ? ["received once", "received already"] : [];
    if (!life.received) return ["an opened received line before it", "none"];
    if (life.row !== line.row) return ["the service, jurisdiction and instrument that were received", "another"];
    if (line.kind === "resolved") return life.resolved ? ["resolved once", "resolved already"] : [];
    if (!life.resolved) return ["an opened resolved line before it", "none"];
    return life.disclosed ? [] : ["resolved as complied or partial", "resolved otherwise"];
  }

  correct(file, index, line, life, fail) {
    const target = Number(line.supersedes);
    const [expected, found] = this.replace(index, target, line);
    if (expected) return fail("this correction cannot replace what it names", expected, found);
    if (this.standsFor.get(index).kind === "resolved") life.disclosed = discloses(line.outcome);
    life.last = Math.max(life.last, index);
  }

  /** Put a correction in the place of the line that it supersedes; or [expected, found]. */
  replace(index, target, line) {
    if (target >= index) return [`an index below ${index}`, target];
    if (this.superseded.has(target)) return [`entry ${target} is superseded once`, `superseded at ${this.superseded.get(target)} already`];
    const written = this.lineAt(target);
    if (written === null) return [`entry ${target} is opened`, "it is withheld"];
    const old = parseOpening(written);
    if (old.error) return [`entry ${target} is an opening line`, "it is none"];
    if (old.request !== line.request || old.row !== line.row) return [`${old.request} ${old.row}`, `${line.request} ${line.row}`];
    const part = this.stoodFor(target, old);
    if (!part) return [`entry ${target} is received, resolved, follow-up or a correction of one`, old.kind];
    if ((part.kind === "resolved") !== (line.outcome !== "-")) return [`an outcome only if entry ${target} has one`, line.outcome];
    this.superseded.set(target, index);
    this.standsFor.set(index, part);
    this.tables.get(part.period).add(old, part.kind, -1n);
    this.tables.get(part.period).add(line, part.kind);
    return [];
  }

  stoodFor(index, line) {
    if (line.kind === "corrected") return this.standsFor.get(index) ?? null;
    const period = this.home(index)?.period;
    return period && line.kind !== "cover" && line.kind !== "report" ? { kind: line.kind, period } : null;
  }

  /** Report what was found, in the order of the log. */
  end() {
    this.wrong.sort(([one], [other]) => one - other);
    for (const [, failure] of this.wrong) this.findings.add(...failure);
  }
}
