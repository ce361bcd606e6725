// From the keys that a reader trusts to the log's keys at each time, along the published handovers
// (docs/reference/published-folder.md, "The log"). Nothing else in a folder adds to what the reader trusts.

import { base64, decimal, same } from "./bytes.js";
import { LOG, Malformed, parseNote, signers, verifierKey } from "./notes.js";
import { LIMITS } from "./source.js";

const WORDS = ["number", "what", "old", "new", "reason", "size", "root", "since"];
const INSTANT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/;

/** POSIX milliseconds of `2016-08-04T09:00:00Z`, or null for another text. */
export function instant(written) {
  const time = INSTANT.test(written) ? Date.parse(written) : NaN;
  return !Number.isNaN(time) && instantOf(time) === written ? time : null;
}

/** The one written form of an instant. */
export const instantOf = (time) => new Date(time).toISOString().replace(".000Z", "Z");

export const handoverPath = (number) => `log/keys/${String(number).padStart(3, "0")}`;

/** A published handover, strictly; nothing verified yet. */
export function parseHandover(bytes) {
  const note = parseNote(bytes);
  const lines = note.text.split("\n");
  if (lines.length !== 11 || lines[1] !== "sagwan-handover/1" || !lines[0].endsWith("/keys")) throw new Malformed("not ten lines of sagwan-handover/1");
  const values = WORDS.map((word, n) => {
    if (!lines[n + 2].startsWith(`${word} `)) throw new Malformed(`'${word} …' must stand in the handover`);
    return lines[n + 2].slice(word.length + 1);
  });
  const [number, what, old, fresh, reason, size, root, since] = values;
  const origin = lines[0].slice(0, -"/keys".length);
  const name = what === "log" ? origin : `${origin}/receipts`;
  const handover = {
    note, origin, what, reason,
    number: decimal(number), old: verifierKey(old), new: verifierKey(fresh),
    size: decimal(size), root: base64(root), since: instant(since),
  };
  const keys = [handover.old, handover.new];
  if (!["log", "receipts"].includes(what) || !["rotated", "stolen"].includes(reason)) throw new Malformed(`a handover of '${what}', '${reason}'`);
  if (handover.number === null || handover.size === null || handover.since === null) throw new Malformed("a handover's number, size or time is none");
  if (handover.root?.length !== 32) throw new Malformed("a handover's root is not 32 bytes");
  if (keys.some((key) => key.name !== name || key.type !== LOG) || old === fresh) throw new Malformed(`a handover not between two keys of ${name}`);
  return handover;
}

/** The handovers of a log, from 1 until one is missing; what is ill-formed goes to check 1. */
export async function readHandovers(source, origin, findings) {
  const found = [];
  for (let number = 1; ; number++) {
    const file = handoverPath(number);
    try {
      const bytes = await source.get(file, LIMITS.note);
      if (bytes === null) return found;
      const one = parseHandover(bytes);
      if (one.origin === origin && one.number === number) found.push(one);
      else findings.add(1, file, "the handover is another one's", `${origin} ${number}`, `${one.origin} ${one.number}`);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      findings.add(1, file, `no handover can be read: ${error.message}`, "a signed handover", "none");
      if (number > 1000) return found;
    }
  }
}

const isIn = (keys, key) => keys.some((one) => one.written === key.written);

async function signedBy(handover, keys) {
  try {
    const found = await signers(handover.note, keys);
    return keys.every((key) => found.some((one) => one.key === key));
  } catch (error) {
    if (error instanceof Malformed) return false;
    throw error;
  }
}

/** {keys, followed, refused}: follow the handovers of one use from trusted keys. One that says that a key was
 * stolen goes before all others of that key: whoever stole it can sign those. */
export async function follow(handovers, use, trusted, recovery) {
  const ofUse = handovers.filter((one) => one.what === use);
  const order = [...ofUse].sort((a, b) => (a.reason !== "stolen") - (b.reason !== "stolen") || a.number - b.number);
  const keys = trusted.filter((key, n) => trusted.findIndex((one) => one.written === key.written) === n);
  const followed = [];
  const done = (one) => followed.some((other) => other.old.written === one.old.written);
  for (let again = true; again; ) {
    again = false;
    for (const one of order) {
      if (done(one) || !(await leads(one, keys, recovery))) continue;
      followed.push(one);
      for (const key of [one.old, one.new]) if (!isIn(keys, key)) keys.push(key);
      again = true;
      break;
    }
  }
  followed.sort((a, b) => a.number - b.number);
  return { keys, followed, refused: ofUse.filter((one) => isIn(keys, one.old) && !done(one)) };
}

async function leads(one, keys, recovery) {
  const [old, fresh] = [isIn(keys, one.old), isIn(keys, one.new)];
  if (one.reason === "rotated") return (old || fresh) && signedBy(one, [one.old, one.new]);
  if (fresh) return signedBy(one, [one.new]);
  if (!old) return false;
  for (const key of recovery) if (await signedBy(one, [one.new, key])) return true;
  return false;
}

/** The handover by which a key gave way, if it did. */
export const ended = (chain, key) => chain.followed.find((one) => one.old.written === key.written);

/** The log keys that are believed for a checkpoint of that size. */
export const keysAt = (chain, size) => chain.keys.filter((key) => size <= (ended(chain, key)?.size ?? Infinity));

/** `what` is wrong, and why a signature by that name is not believed where one bears it. */
export function explain(what, chain, signatures, name) {
  for (const one of signatures.filter((signature) => signature.name === name)) {
    const key = chain.keys.find((known) => known.id === one.id);
    const end = key && ended(chain, key);
    if (end) return `${what}; +${one.id} gave way to +${end.new.id} at ${end.size} entries (${end.reason}): what it signs after that is not believed`;
    if (key) continue;
    const [refused] = chain.refused;
    const why = refused
      ? `handover ${refused.number} says that +${refused.old.id} was ${refused.reason}, but not by a key that you trust`
      : "no handover leads to it from the key that you trust";
    return `${what}; signed by another key of the same name, +${one.id}; ${why}: ask the provider in another way`;
  }
  return what;
}

/** Do the entries hash to the root that a handover names? */
export const sameRoot = (one, root) => same(one.root, root);
