// Hashing in as many workers as the machine has cores. What is small is hashed by the page itself, and everything
// where workers cannot be had.

import { hashLines, hashRun } from "./hashing.js";

const DO = { lines: hashLines, run: hashRun };
const SMALL = 1 << 14; // bytes that are hashed sooner than a worker has loaded

export class Pool {
  constructor(size = Math.min(globalThis.navigator?.hardwareConcurrency || 2, 8)) {
    this.size = size;
    this.idle = [];
    this.waiting = [];
    this.workers = [];
    this.broken = typeof Worker === "undefined";
  }

  /** Let the workers load, where there is more to hash than the page should. */
  prepare(bytes) {
    for (let n = this.workers.length; n < this.size && bytes > SMALL && !this.broken; n++) this.add();
  }

  add() {
    try {
      const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
      this.workers.push(worker);
      this.idle.push(worker);
    } catch {
      this.broken = true;
    }
  }

  /** What `what` ("lines" or "run") makes of the bytes, which are copied. */
  async do(what, bytes) {
    this.prepare(bytes.length);
    if (this.broken || bytes.length <= SMALL) return DO[what](bytes);
    const worker = this.idle.pop() ?? (await new Promise((go) => this.waiting.push(go)));
    try {
      return await ask(worker, what, bytes);
    } catch {
      this.broken = true; // a worker that cannot load its modules: hash here
      return DO[what](bytes);
    } finally {
      const next = this.waiting.shift();
      if (next) next(worker);
      else this.idle.push(worker);
    }
  }

  close() {
    for (const worker of this.workers) worker.terminate();
  }
}

function ask(worker, what, bytes) {
  return new Promise((done, fail) => {
    worker.onmessage = (event) => done(event.data);
    worker.onerror = (event) => fail(new Error(event.message));
    const copy = bytes.slice();
    worker.postMessage({ what, bytes: copy }, [copy.buffer]);
  });
}
