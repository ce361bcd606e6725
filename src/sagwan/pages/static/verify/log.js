// Check 2, the tree: the log's entries, hashed anew, and every published tile compared with what comes out.

import { hex, same } from "./bytes.js";
import { Malformed } from "./notes.js";
import { LIMITS } from "./source.js";
import { assemble, rootAt, tilePath, WIDTH } from "./tree.js";

const ENTRY = 34; // an entry of a bundle: its length (2 bytes) and a commitment
const SOON = 2000; // tiles asked for before they can be compared
const RUN = 12; // entries are hashed in runs of 2^12

/** What is known of the log: `total` entries, their bytes, and roots by size; `complete` once all was read. */
export class Log {
  constructor(source, sizes) {
    this.source = source;
    this.sizes = [...new Set(sizes)].sort((a, b) => a - b);
    this.total = this.sizes.at(-1) ?? 0;
    this.complete = false;
    this.entries = null;
    this.roots = new Map(this.sizes[0] === 0 ? [[0, rootAt([], 0)]] : []);
  }

  /** The commitment at an index, or null where the log does not give it. */
  entry(index) {
    return this.complete && index < this.total ? this.entries.subarray(32 * index, 32 * index + 32) : null;
  }

  /** The index, from `first` to below `end`, at which a commitment stands; -1 for none. */
  find(commitment, first, end) {
    for (let index = first; index < Math.min(end, this.total); index++) {
      const at = 32 * index;
      if (this.entries[at] === commitment[0] && this.entries[at + 1] === commitment[1] && same(this.entry(index), commitment)) return index;
    }
    return -1;
  }

  /** Read and hash everything; `progress` hears how many entries are done. */
  async hash(pool, findings, progress) {
    if (this.total && !(await this.reachesEnd(findings))) return;
    const tiles = this.tiles();
    pool.expect(this.total);
    this.entries = new Uint8Array(32 * this.total);
    const runs = [];
    let done = 0;
    for (let first = 0; first < this.total; first += 2 ** RUN) {
      const end = Math.min(this.total, first + 2 ** RUN);
      runs.push(
        this.readRun(first, end, pool, findings).then((heights) => {
          done += end - first;
          if (heights) progress(done);
          return heights;
        }),
      );
    }
    for (const [level, index, width] of tiles.slice(0, SOON)) this.source.ask(file(level, index, width), LIMITS.tile);
    const heights = await Promise.all(runs);
    if (heights.includes(null)) return;
    this.heights = assemble(heights, RUN, this.total);
    for (const size of this.sizes) this.roots.set(size, rootAt(this.heights, size));
    this.complete = true;
    await Promise.all(tiles.map((tile) => this.compare(tile, findings)));
  }

  /** Is the last bundle there? Asked first, so that a checkpoint of an absurd size costs nothing. */
  async reachesEnd(findings) {
    const last = Math.floor((this.total - 1) / WIDTH);
    try {
      await this.bundle(last);
      return true;
    } catch (error) {
      noEntries(error, last, findings);
      return false;
    }
  }

  /** The heights over a run of entries, hashed as soon as its bundles are there; null where one is not. */
  async readRun(first, end, pool, findings) {
    const bundles = Array.from({ length: Math.ceil((end - first) / WIDTH) }, (_, n) => this.readBundle(first / WIDTH + n, findings));
    if ((await Promise.all(bundles)).includes(false)) return null;
    return pool.do("run", this.entries.subarray(32 * first, 32 * end));
  }

  async readBundle(index, findings) {
    try {
      const bundle = await this.bundle(index);
      for (let n = 0; ENTRY * n < bundle.length; n++) this.entries.set(bundle.subarray(ENTRY * n + 2, ENTRY * n + ENTRY), 32 * (index * WIDTH + n));
      return true;
    } catch (error) {
      noEntries(error, index, findings);
      return false;
    }
  }

  /** The bytes of an entry bundle, as far as the log has entries. */
  async bundle(index) {
    const width = Math.min(WIDTH, this.total - index * WIDTH);
    const [path, found] = await this.tile("entries", index, width);
    if (found === null) throw new Malformed(`${path} is not there`);
    const size = ENTRY * width;
    const cut = width < WIDTH && path === file("entries", index, WIDTH);
    if (found.length < size || (found.length > size && !cut)) throw new Malformed(`${path} has ${found.length} bytes, not ${size}`);
    for (let at = 0; at < size; at += ENTRY) if (found[at] !== 0 || found[at + 1] !== 32) throw new Malformed(`${path}: an entry is no commitment`);
    return found.subarray(0, size);
  }

  /** [path, bytes] of a tile, or of the full one in whose favour a partial one may be gone. */
  async tile(level, index, width) {
    const path = file(level, index, width);
    const found = await this.source.get(path, LIMITS.tile);
    if (found !== null || width === WIDTH) return [path, found];
    const full = file(level, index, WIDTH);
    const instead = await this.source.get(full, LIMITS.tile);
    return instead === null ? [path, null] : [full, instead];
  }

  /** Every tile that a tree of each wanted size has, [level, index, width]; but no partial one below a full one,
   * in whose favour it may be gone (C2SP tlog-tiles): no root rests on it. */
  tiles() {
    const tiles = new Map();
    const add = (level, index, width) => {
      const superseded = width < WIDTH && (index + 1) * WIDTH ** ((Number(level) || 0) + 1) <= this.total;
      if (width && !superseded) tiles.set(`${level} ${index} ${width}`, [level, index, width]);
    };
    for (let level = 0; this.total >= WIDTH ** level; level++) {
      const whole = Math.floor(this.total / WIDTH ** level);
      for (let index = 0; index < Math.floor(whole / WIDTH); index++) add(level, index, WIDTH);
      for (const size of this.sizes) {
        const count = Math.floor(size / WIDTH ** level);
        add(level, Math.floor(count / WIDTH), count % WIDTH);
        if (level === 0 && size < this.total) add("entries", Math.floor(count / WIDTH), count % WIDTH);
      }
    }
    return [...tiles.values()];
  }

  async compare([level, index, width], findings) {
    const [wanted, path] = [this.content(level, index, width), file(level, index, width)];
    const leaf = index * WIDTH * (level === "entries" ? 1 : WIDTH ** level);
    try {
      const [where, there] = await this.tile(level, index, width);
      const found = where === path ? there : there?.subarray(0, wanted.length);
      if (!found) findings.add(2, path, `${path} is not there`, `${wanted.length} bytes`, "none", leaf);
      else if (found.length !== wanted.length) findings.add(2, path, "the tile is cut or has grown", `${wanted.length} bytes`, `${found.length} bytes`, leaf);
      else if (!same(found, wanted)) {
        const [place, want, have] = firstDifference(wanted, found, level);
        findings.add(2, path, "not what the entries hash to", want, have, leaf + place * (level === "entries" ? 1 : WIDTH ** level));
      }
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      findings.add(2, path, error.message, `${wanted.length} bytes`, "none", leaf);
    } finally {
      this.source.forget(path);
    }
  }

  /** The bytes that a tile must have. */
  content(level, index, width) {
    if (level !== "entries") return this.heights[8 * level].subarray(32 * index * WIDTH, 32 * (index * WIDTH + width));
    const bytes = new Uint8Array(ENTRY * width);
    for (let n = 0; n < width; n++) {
      bytes[ENTRY * n + 1] = 32;
      bytes.set(this.entry(index * WIDTH + n), ENTRY * n + 2);
    }
    return bytes;
  }
}

const file = (level, index, width) => `log/${tilePath(level, index, width)}`;

/** [which hash or entry, and both in hex]. */
function firstDifference(wanted, found, level) {
  const step = level === "entries" ? ENTRY : 32;
  let at = 0;
  while (wanted[at] === found[at]) at += 1;
  const start = at - (at % step);
  return [start / step, hex(wanted.subarray(start, start + step)), hex(found.subarray(start, start + step))];
}

function noEntries(error, index, findings) {
  if (!(error instanceof Malformed)) throw error;
  findings.add(2, error.message.split(" ")[0], error.message, "commitments", "none", index * WIDTH);
}
