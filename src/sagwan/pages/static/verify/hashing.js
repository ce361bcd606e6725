// The hashes, many at a time: of an openings file's lines, and of the tree over a run of entries.

import { sha256 } from "./bytes.js";

const LF = 10;

/** The SHA-256 of each line (without LF), 32 bytes each. A last line without LF counts too. */
export function hashLines(bytes) {
  const ends = [];
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) ends.push(at);
  if (bytes.length && bytes[bytes.length - 1] !== LF) ends.push(bytes.length);
  const out = new Uint8Array(32 * ends.length);
  let start = 0;
  ends.forEach((end, n) => {
    out.set(sha256(bytes.subarray(start, end)), 32 * n);
    start = end + 1;
  });
  return out;
}

/** The heights of the tree (see tree.js) over a run of 32-byte entries, as far as its perfect subtrees go. */
export function hashRun(entries) {
  const count = entries.length / 32;
  const leaves = new Uint8Array(entries.length);
  const input = new Uint8Array(33);
  for (let n = 0; n < count; n++) {
    input.set(entries.subarray(32 * n, 32 * n + 32), 1);
    leaves.set(sha256(input), 32 * n);
  }
  return raise([leaves], 0);
}

/** Add the heights above heights[from], for as long as there are pairs. */
export function raise(heights, from) {
  const input = new Uint8Array(65);
  input[0] = 1;
  for (let height = from; heights[height].length >= 64; height++) {
    const below = heights[height];
    const pairs = Math.floor(below.length / 64);
    const above = new Uint8Array(32 * pairs);
    for (let n = 0; n < pairs; n++) {
      input.set(below.subarray(64 * n, 64 * n + 64), 1);
      above.set(sha256(input), 32 * n);
    }
    heights[height + 1] = above;
  }
  return heights;
}
