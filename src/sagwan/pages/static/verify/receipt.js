// The receipt's file (docs/reference/published-folder.md, "A receipt"): what is in it, read strictly. Nothing here
// verifies a signature.

import { base64, decimal, sha256, text, unhex, utf8 } from "./bytes.js";
import { parseJson, Written } from "./json.js";
import { instant } from "./keychain.js";
import { Malformed, parseCheckpoint, parseNote } from "./notes.js";
import { lacks, notReceipt } from "./receipt_words.js";
import { included, leafHash } from "./tree.js";

const FIRST_LINE = "c2sp.org/tlog-proof@v1";
const MEMBERS = ["format", "synthetic", "summary", "line", "items", "promise"]; // `proof` may be missing, others may be there
const MOST_HASHES = 63; // in the longest audit path

/** {line, items: [{salt, name, value, index, size, path}], promise, proof ("" without), synthetic}; throws Malformed. */
export function readReceipt(bytes) {
  const written = text(bytes);
  if (written === null) throw refuse("not UTF-8 text");
  let members;
  try {
    members = parseJson(written);
  } catch (error) {
    throw error instanceof Malformed ? refuse(error.message) : error;
  }
  if (!(members instanceof Map)) throw refuse("not a JSON object");
  for (const name of MEMBERS) {
    if (!members.has(name)) throw new Malformed(lacks(name).en, lacks(name));
  }
  if (members.get("format") !== "sagwan-receipt/1") throw refuse("its format is not 'sagwan-receipt/1'");
  const items = members.get("items");
  if (!Array.isArray(items)) throw refuse("its items are no list");
  if (typeof members.get("synthetic") !== "boolean") throw refuse("synthetic is not true or false");
  const [line, promise, proof] = ["line", "promise", "proof"].map((name) => textOf(members, name));
  if (!/^[\u0000-\u007f]*$/.test(line)) throw refuse("its line is not ASCII");
  return { line, items: items.map(readItem), promise, proof, synthetic: members.get("synthetic") };
}

function refuse(why) {
  const text = notReceipt(why);
  return new Malformed(text.en, text);
}

function textOf(members, name) {
  const value = members.has(name) ? members.get(name) : "";
  if (typeof value !== "string") throw refuse(`${name} is not a text`);
  return value;
}

function readItem(one, n) {
  const wrong = (what) => refuse(`item ${n + 1} has no ${what}`);
  if (!(one instanceof Map)) throw wrong("members");
  const item = {};
  for (const name of ["salt", "name", "value"]) {
    if (typeof one.get(name) !== "string") throw wrong(name);
    item[name] = one.get(name);
  }
  for (const name of ["index", "size"]) {
    const value = one.get(name);
    if (!(value instanceof Written) || !/^-?(?:0|[1-9][0-9]*)$/.test(value.text)) throw wrong(name);
    item[name] = Number(value.text);
  }
  if (!Array.isArray(one.get("path"))) throw wrong("path");
  item.path = one.get("path").map((step) => (typeof step === "string" && unhex(step)) || null);
  if (item.path.includes(null)) throw wrong("path of hex digits");
  return item;
}

/** Why an item does not lie under field 14 of its line (64 hex digits); "" where it does. */
export function itemFailure({ salt, name, value, index, size, path }, root) {
  if (!/^[0-9a-f]{32}$/.test(salt)) return `the salt of item ${name} is not 32 hex digits`;
  if (!/^[a-z0-9-]+$/.test(name)) return `item name '${name.slice(0, 40)}' is not a slug`;
  if (/[\t\n]/.test(value)) return `item ${name} holds a TAB or a line feed`;
  const leaf = leafHash(utf8(`${salt}\t${name}\t${value}`));
  return included(leaf, index, size, path, unhex(root)) ? "" : `item ${name} is not under the line's private root`;
}

/** The signed promise: {note, origin, commitment (hex), made, due}; both in POSIX milliseconds; throws Malformed. */
export function parsePromise(written) {
  const note = parseNote(utf8(written));
  const lines = note.text.split("\n");
  const [name, format, ...said] = lines;
  if (lines.length !== 6 || lines[5] !== "" || format !== "sagwan-promise/1" || !name.endsWith("/receipts")) {
    throw new Malformed("the promise is not five lines of sagwan-promise/1");
  }
  const [commitment, made, due] = ["commitment", "time", "due"].map((word, n) => {
    if (!said[n].startsWith(`${word} `)) throw new Malformed(`the promise has '${said[n].slice(0, 80)}' where '${word} …' must stand`);
    return said[n].slice(word.length + 1);
  });
  if (!/^[0-9a-f]{64}$/.test(commitment)) throw new Malformed("the promise's commitment is not 64 hex digits");
  if (instant(made) === null || instant(due) === null) throw new Malformed("the promise's times are not written as 2016-08-04T09:00:00Z");
  return { note, name, origin: name.slice(0, -"/receipts".length), commitment, made: instant(made), due: instant(due), dueWritten: due };
}

/** A C2SP tlog-proof: {index, path, note, checkpoint}; throws Malformed. Proves nothing before its checkpoint is held
 * against keys, and `proves` says so of an entry. */
export function parseProof(written) {
  const blank = written.indexOf("\n\n");
  if (blank < 0) throw new Malformed("no blank line divides the proof from its checkpoint");
  const [first, ...lines] = written.slice(0, blank).split("\n");
  if (first !== FIRST_LINE) throw new Malformed(`the proof's first line is not ${FIRST_LINE}`);
  if (lines[0]?.startsWith("extra ") && !base64(lines.shift().slice(6))?.length) throw new Malformed("the proof's line 'extra' is empty, or no base64");
  const index = lines[0]?.startsWith("index ") ? decimal(lines.shift().slice(6)) : null;
  if (index === null) throw new Malformed("the proof has no line 'index' with the entry's index");
  const path = lines.map((line) => base64(line));
  if (path.some((step) => step?.length !== 32) || path.length > MOST_HASHES) throw new Malformed("a hash of the proof is not 32 bytes in base64, or there are too many");
  const note = parseNote(utf8(written.slice(blank + 2)));
  return { index, path, note, checkpoint: parseCheckpoint(note.text) };
}

/** Does the proof lead from this entry (bytes) to its checkpoint's root? */
export const proves = ({ index, path, checkpoint }, entry) => included(leafHash(entry), index, checkpoint.size, path, checkpoint.root);

/** The commitment to a line: what the log has of it. */
export const commitmentOf = (line) => sha256(utf8(line));
