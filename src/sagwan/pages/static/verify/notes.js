// Signed notes, the keys that sign them, and checkpoints: C2SP signed-note, tlog-checkpoint, tlog-cosignature.
// The browser's own Ed25519 (Web Cryptography) verifies; no signature code is shipped.

import { base64, decimal, hex, joined, sha256, text, utf8 } from "./bytes.js";

/** What cannot be read; `message` says why, in English, and `text` in both languages where it is for a reader. */
export class Malformed extends Error {
  constructor(message, text = null) {
    super(message);
    this.text = text;
  }
}

export const LOG = 1; // a log's or a receipts key: signs the note's text
export const WITNESS = 4; // cosignature/v1: signs a time and the text
export const ML_DSA = 6; // a witness's too, by ML-DSA-44, which no browser verifies yet: read, and never taken as verified
const KEY_BYTES = { [LOG]: 32, [WITNESS]: 32, [ML_DSA]: 1312 };
const ML_DSA_BYTES = 8 + 2420; // of a cosignature: its time and the signature

const CONTROL = /[\u0000-\u0009\u000b-\u001f]/u;
const BAD_NAME = /[\p{White_Space}+\u0000-\u001f]/u;

const keyId = (name, type, key) => hex(sha256(joined(utf8(`${name}\n`), [type], key)).subarray(0, 4));

/** A verifier key from `name+id+base64(type || key)`: {name, id, type, key, written}. */
export function verifierKey(written) {
  const [name, id, ...rest] = written.split("+");
  const data = rest.length ? base64(rest.join("+")) : null;
  if (!name || BAD_NAME.test(name)) throw new Malformed(`a verifier key has no good name: ${written.slice(0, 80)}`);
  if (!data) throw new Malformed(`not a verifier key (name+id+base64): ${written.slice(0, 80)}`);
  const [type, key] = [data[0], data.subarray(1)];
  if (!(type in KEY_BYTES)) throw new Malformed(`${name}: signature type ${type} is not supported`);
  if (key.length !== KEY_BYTES[type]) throw new Malformed(`${name}: the key has ${key.length} bytes, not ${KEY_BYTES[type]}`);
  if (keyId(name, type, key) !== id) throw new Malformed(`${name}: the key's id is not ${id}`);
  return { name, id, type, key, written };
}

/** The verifier keys of a `key` file or of what a reader pasted: one a line, `#` comments. */
export function verifierKeys(written) {
  const lines = written.split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line && !line.startsWith("#")).map(verifierKey);
}

/** A signed note: {text, signatures: [{name, id, value}]}, nothing verified yet. */
export function parseNote(bytes) {
  const whole = text(bytes);
  if (whole === null) throw new Malformed("the note is not UTF-8");
  if (CONTROL.test(whole)) throw new Malformed("the note holds a control character");
  const blank = whole.lastIndexOf("\n\n");
  if (blank < 0) throw new Malformed("no blank line divides the note's text from its signatures");
  if (!whole.endsWith("\n")) throw new Malformed("the note's last line does not end in a line feed");
  const lines = whole.slice(blank + 2, -1).split("\n");
  if (lines.length > 100) throw new Malformed("the note has more than 100 signatures");
  return { text: whole.slice(0, blank + 1), signatures: lines.map(signatureLine) };
}

function signatureLine(line) {
  const [dash, name, written, ...more] = line.split(" ");
  const data = written && !more.length ? base64(written) : null;
  if (dash !== "\u2014" || !name || BAD_NAME.test(name) || !data || data.length < 5) {
    throw new Malformed(`not a signature line: ${line.slice(0, 80)}`);
  }
  return { name, id: hex(data.subarray(0, 4)), value: data.subarray(4) };
}

/** A checkpoint's text: {origin, size, root}. */
export function parseCheckpoint(written) {
  const lines = written.split("\n");
  const [origin, sizeLine, rootLine] = lines;
  if (lines.length < 4 || lines.pop() !== "" || lines.includes("")) throw new Malformed("the text is no checkpoint");
  const size = decimal(sizeLine);
  const root = base64(rootLine);
  if (size === null || size > 2 ** 63) throw new Malformed(`a checkpoint's size is no number: ${sizeLine.slice(0, 40)}`);
  if (!root || root.length !== 32) throw new Malformed("a checkpoint's root is not 32 bytes in base64");
  return { origin, size, root };
}

/** Can this browser verify Ed25519? Without https (or localhost) it has no Web Cryptography at all. */
export async function canVerify() {
  try {
    await crypto.subtle.importKey("raw", new Uint8Array(32).fill(9), "Ed25519", false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

const imported = new Map();

async function ed25519(key, signature, message) {
  if (signature.length !== 64) return false;
  try {
    if (!imported.has(key.written)) {
      imported.set(key.written, crypto.subtle.importKey("raw", key.key, "Ed25519", false, ["verify"]));
    }
    return await crypto.subtle.verify("Ed25519", await imported.get(key.written), signature, message);
  } catch {
    return false; // 32 bytes that are no point of the curve
  }
}

/** Who of `keys` signed: [{key, time, verified}], `time` in POSIX seconds on a cosignature. `verified` is false on one of
 * ML-DSA-44: a line of the right form is there, and that is all that is known. Lines of unknown keys are passed
 * over; a line that bears a known key's name and id and does not verify spoils the note (signed-note). */
export async function signers(note, keys) {
  const found = [];
  for (const { name, id, value } of note.signatures) {
    const key = keys.find((one) => one.name === name && one.id === id);
    if (!key) continue;
    if (key.type === ML_DSA) {
      if (value.length !== ML_DSA_BYTES) throw new Malformed(`a cosignature by ${name}+${id} is not ${ML_DSA_BYTES} bytes long`);
      found.push({ key, time: null, verified: false });
      continue;
    }
    let [signature, message, time] = [value, note.text, null];
    if (key.type === WITNESS) {
      if (value.length !== 72) throw new Malformed(`a cosignature by ${name}+${id} is not 72 bytes long`);
      const seconds = new DataView(value.buffer, value.byteOffset).getBigUint64(0);
      if (seconds >= 2n ** 63n) throw new Malformed(`a cosignature by ${name}+${id} is of no time`);
      time = Number(seconds);
      signature = value.subarray(8);
      message = `cosignature/v1\ntime ${seconds}\n${note.text}`;
    }
    if (!(await ed25519(key, signature, utf8(message)))) {
      throw new Malformed(`a signature by ${name}+${id} does not verify`);
    }
    found.push({ key, time, verified: true });
  }
  return found;
}
