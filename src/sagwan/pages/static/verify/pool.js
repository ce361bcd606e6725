// Hashing in as many workers as the machine has cores. A small log is hashed by the page itself, between the answers
// that it waits for: workers would still be loading. So is everything where workers cannot be had.

import { hashLines, hashRun } from "./hashing.js";

const DO = { lines: hashLines, run: hashRun };
const SMALL = 1 << 16; // entries of a log that is hashed sooner than it is handed over

export class Pool {
  constructor(size = Math.min(globalThis.navigator?.hardwareConcurrency || 2, 8)) {
    this.size = size;
    this.idle = [];
    this.waiting = [];
    this.workers = [];
    this.broken = typeof Worker === "undefined";
  }

  /** So many entries will have to be hashed. */
  expect(entries) {
    for (let n = this.workers.length; n < this.size && entries > SMALL && !this.broken; n++) this.add();
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
    if (this.broken || !this.workers.length) {
      await new Promise((go) => setTimeout(go)); // let the page breathe
      return DO[what](bytes);
    }
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
