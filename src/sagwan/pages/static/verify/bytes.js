// Bytes and their few written forms. Everything here is strict: one text for each value, or null.

export { sha256 } from "./noble-hashes/sha2.js";

const encoder = new TextEncoder();

/** Text as UTF-8. */
export const utf8 = (text) => encoder.encode(text);

/** UTF-8 as text; null where the bytes are not UTF-8. A byte order mark is kept: it is a byte like others. */
export function text(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

const HEX = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, "0"));

/** Lower-case hex digits. */
export function hex(bytes) {
  let out = "";
  for (const byte of bytes) out += HEX[byte];
  return out;
}

/** The bytes of an even number of lower-case hex digits, or null. */
export function unhex(digits) {
  if (!/^(?:[0-9a-f]{2})*$/.test(digits)) return null;
  return Uint8Array.from({ length: digits.length / 2 }, (_, n) => parseInt(digits.substr(2 * n, 2), 16));
}

/** The bytes of standard padded base64 (RFC 4648 section 4), or null: no other form of the same bytes. */
export function base64(written) {
  let binary;
  try {
    binary = atob(written);
  } catch {
    return null;
  }
  return btoa(binary) === written ? Uint8Array.from(binary, (c) => c.charCodeAt(0)) : null;
}

/** Standard padded base64. */
export const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes));

/** A decimal without sign or leading zeros of at most `digits` digits, as a Number; null for another text.
 * Beyond 2^53 the Number is not exact; no log here is that large, so such a size fails where it is looked for. */
export const decimal = (written, digits = 19) =>
  /^(?:0|[1-9][0-9]*)$/.test(written) && written.length <= digits ? Number(written) : null;

/** Are two runs of bytes the same? */
export function same(one, other) {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/** Several runs of bytes, one after the other. */
export function joined(...parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
