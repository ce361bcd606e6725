// What does not hold, by check; the first ones are kept, the others counted.

const KEPT = 20;

export class Findings {
  constructor() {
    this.kept = new Map();
    this.counted = new Map();
    this.unchecked = new Map();
  }

  /** Something at check 1 to 7 does not hold: in which file, at which log index (or null), and both values. */
  add(check, file, message, expected = "", found = "", index = null) {
    const list = this.kept.get(check) ?? [];
    if (list.length < KEPT) list.push({ check, file, message, expected: String(expected), found: String(found), index });
    this.kept.set(check, list);
    this.counted.set(check, this.count(check) + 1);
  }

  /** A check could not be made, and so never reads as held. */
  leaveUnchecked(check, why) {
    if (!this.unchecked.has(check)) this.unchecked.set(check, why);
  }

  count(check) {
    return this.counted.get(check) ?? 0;
  }

  failures(check) {
    return this.kept.get(check) ?? [];
  }
}
