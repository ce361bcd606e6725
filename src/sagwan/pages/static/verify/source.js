// The published folder, file by file, over HTTP from this site and no other.

import { Malformed } from "./notes.js";

export const LIMITS = { note: 1e6, report: 64e6, manifest: 16e6, openings: 1e9, tile: 256 * 34 };
const AT_ONCE = 24; // requests under way: browsers send six at a time to a host, and each answer wakes the next

export class Source {
  /** `base`: the folder's address, ending in a slash. */
  constructor(base) {
    this.base = base;
    this.kept = new Map();
    this.waiting = [];
    this.underWay = 0;
  }

  /** The bytes of a file, or null where it is not there; throws Malformed. Each file is asked for once. */
  get(path, limit) {
    if (!this.kept.has(path)) this.kept.set(path, this.turn(() => read(new URL(path, this.base), path, limit)));
    return this.kept.get(path);
  }

  /** Ask for a file that will be needed. */
  ask(path, limit) {
    this.get(path, limit).catch(() => null); // whoever needs it hears of it
  }

  /** The bytes of a file that must be there. */
  async need(path, limit) {
    const bytes = await this.get(path, limit);
    if (bytes === null) throw new Malformed(`${path} is not there`);
    return bytes;
  }

  /** The same as text; "" where the file is not there or cannot be read. */
  async hint(path, limit) {
    try {
      return new TextDecoder().decode((await this.get(path, limit)) ?? new Uint8Array());
    } catch {
      return "";
    }
  }

  forget(path) {
    this.kept.delete(path);
  }

  async turn(work) {
    if (this.underWay >= AT_ONCE) await new Promise((go) => this.waiting.push(go));
    this.underWay += 1;
    try {
      return await work();
    } finally {
      this.underWay -= 1;
      this.waiting.shift()?.();
    }
  }
}

async function read(address, path, limit) {
  let answer;
  try {
    answer = await fetch(address, { cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer" });
    if (answer.status === 404 || answer.status === 410) return null;
    if (!answer.ok) throw new Malformed(`${path} cannot be read: HTTP ${answer.status}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (bytes.length > limit) throw new Malformed(`${path} has ${bytes.length} bytes, more than the ${limit} that it can need`);
    return bytes;
  } catch (error) {
    if (error instanceof Malformed) throw error;
    throw new Malformed(`${path} cannot be read: ${error.message}`);
  }
}
