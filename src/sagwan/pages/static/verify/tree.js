// The log's tree (RFC 6962 section 2.1) and its tiles (C2SP tlog-tiles).
//
// A *forest* holds every perfect subtree: heights[h] is the run of hashes of the subtrees of 2^h leaves, 32 bytes
// each. So a tile of level L is a slice of heights[8 L], and the root at any size takes some twenty hashes.

import { sha256 } from "./bytes.js";
import { raise } from "./hashing.js";

export const WIDTH = 256; // hashes in a full tile
const EMPTY_ROOT = sha256(new Uint8Array(0));

/** The hash of a leaf. */
export function leafHash(entry) {
  const input = new Uint8Array(1 + entry.length);
  input.set(entry, 1);
  return sha256(input);
}

/** The hash of a node above two others. */
export function nodeHash(left, right) {
  const input = new Uint8Array(65);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 33);
  return sha256(input);
}

/** The whole forest from the heights of runs that are each of 2^top leaves, but for the last one. */
export function assemble(runs, top, size) {
  const heights = [];
  for (let height = 0; height <= top; height++) {
    const whole = new Uint8Array(32 * Math.floor(size / 2 ** height));
    runs.forEach((run, n) => {
      if (run[height]) whole.set(run[height], (32 * n * 2 ** top) / 2 ** height);
    });
    heights.push(whole);
  }
  return raise(heights, top);
}

/** The root of the first `size` leaves of a forest. */
export function rootAt(heights, size) {
  if (size === 0) return EMPTY_ROOT;
  let [root, end] = [null, size];
  for (let height = 0; 2 ** height <= size; height++) {
    const width = 2 ** height;
    if (Math.floor(size / width) % 2 === 0) continue;
    end -= width; // the subtree that ends where the ones already taken begin
    const at = 32 * (end / width);
    const left = heights[height].subarray(at, at + 32);
    root = root ? nodeHash(left, root) : left;
  }
  return root;
}

/** The path of a tile below the log's folder; `level` a number or "entries". */
export function tilePath(level, index, width = WIDTH) {
  let path = String(index % 1000).padStart(3, "0");
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, "0")}/${path}`;
  }
  return `tile/${level}/${path}${width < WIDTH ? `.p/${width}` : ""}`;
}

/** Does an audit path lead from a leaf's hash to the root? RFC 9162 section 2.1.3.2. */
export function included(leaf, index, size, path, root) {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size)) return false;
  let [node, first, last] = [leaf, index, size - 1];
  for (const step of path) {
    if (last === 0 || step.length !== 32) return false;
    if (first % 2 === 1 || first === last) {
      node = nodeHash(step, node);
      while (first % 2 === 0 && first !== 0) [first, last] = [first / 2, Math.floor(last / 2)];
    } else {
      node = nodeHash(node, step);
    }
    [first, last] = [Math.floor(first / 2), Math.floor(last / 2)];
  }
  return last === 0 && node.every((byte, at) => byte === root[at]);
}
