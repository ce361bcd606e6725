// What does not hold, by check; the first ones are kept, the others counted.

const KEPT = 20;

export class Findings {
  constructor() {
    this.kept = new Map();
    this.counted = new Map();
    this.unchecked = new Map();
    this.notes = new Map(); // check → Map of what is to be known beside it, {en, ko}
  }

  /** Something at check 1 to 7 does not hold: in which file, at which log index (or null), and both values. */
  add(check, file, message, expected = "", found = "", index = null) {
    const list = this.kept.get(check) ?? [];
    if (list.length < KEPT) list.push({ check, file, message, expected: String(expected), found: String(found), index });
    this.kept.set(check, list);
    this.counted.set(check, this.count(check) + 1);
  }

  /** Something that neither holds nor fails, once. */
  note(check, text) {
    if (!this.notes.has(check)) this.notes.set(check, new Map());
    this.notes.get(check).set(text.en, text);
  }

  /** A check could not be made, and so never reads as held; `why` in English, or {en, ko}. */
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
