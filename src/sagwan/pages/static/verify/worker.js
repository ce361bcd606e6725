// A worker: hashes what it is sent.

import { hashLines, hashRun } from "./hashing.js";

onmessage = ({ data: { what, bytes } }) => postMessage(what === "lines" ? hashLines(bytes) : hashRun(bytes));
