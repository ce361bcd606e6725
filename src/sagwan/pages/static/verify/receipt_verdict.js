// The answer to a receipt: is its promise genuine, is the line in the log, and what became of the request?
//
// Two answers. `byItself` reads the folder's keys and nothing of its log: genuine or not, and included where the
// receipt's own proof shows it. `verifyReceipt` recounts the whole folder first. Nothing less can say that a line is
// *not* in the log, what its request came to, or that the log which holds it is sound.

import { hex } from "./bytes.js";
import { heldBy } from "./checkpoints.js";
import { Findings } from "./findings.js";
import { ended, explain, instantOf, readHandovers } from "./keychain.js";
import { canVerify, Malformed, signers } from "./notes.js";
import { parseOpening } from "./opening.js";
import { commitmentOf, itemFailure, parseProof, parsePromise, proves, readReceipt } from "./receipt.js";
import * as words from "./receipt_words.js";
import { LIMITS, Source } from "./source.js";
import { hintedWitnesses, receiptsKeys, settle } from "./trust.js";
import { documentOf, verify } from "./verify.js";
import { NO_ED25519 } from "./words.js";

/** What the receipt says by itself, held against the reader's keys, else the folder's. Throws Malformed. */
export async function byItself(bytes, base, { reader = {} } = {}) {
  const [receipt, source] = [readReceipt(bytes), new Source(base)];
  const hints = await source.hint("key", LIMITS.note);
  let handovers = [];
  try {
    handovers = await readHandovers(source, parsePromise(receipt.promise).origin, new Findings());
  } catch (error) {
    if (!(error instanceof Malformed)) throw error; // `genuine` says it
  }
  const { answer, held } = await genuine(receipt, reader, hints, handovers);
  if (!held) return finished(answer);
  if (answer.failures.length) return finished(invalid(answer, ...answer.failures));
  return finished(held.place ? includedByProof(answer, held.place, words.proven) : answer);
}

/** The whole answer: the receipt, and what the published folder at `base` says of it. `now` in POSIX milliseconds;
 * `progress` as in `verify`. Throws Malformed where this is no receipt, no key is known, or there is no report. */
export async function verifyReceipt(bytes, base, { reader = {}, now = Date.now(), progress } = {}) {
  const receipt = readReceipt(bytes);
  const verdict = await verify(base, { reader, progress });
  const { anchors, hints, handovers } = verdict.folder;
  const { answer, held } = await genuine(receipt, reader, hints, handovers);
  const log = documentOf(verdict);
  if (!held) return finished(answer, log);
  const { origin } = held.promise;
  if (origin !== anchors.origin) return finished(invalid(answer, `the receipt is of ${origin}, the folder of ${anchors.origin}`), log);
  return finished(await lookUp(answer, held, verdict, now), log);
}

/** {answer, held}: signature, commitment and items; `held` null where the receipt proves nothing. A carried proof that
 * does not hold is only named: a bad proof must not save a broken promise. */
async function genuine(receipt, reader, hints, handovers) {
  if (!(await canVerify())) throw new Malformed(NO_ED25519.en, NO_ED25519);
  const commitment = hex(commitmentOf(receipt.line));
  const items = receipt.items.map(({ name, value }) => ({ name, value }));
  const answer = {
    state: "not-looked-up", text: words.GENUINE, tell: {}, anchor: "folder", commitment, due: "", items, failures: [],
    index: null, checkpoint: "", size: 0, "by-proof": false, withheld: "", opened: [], synthetic: receipt.synthetic, notes: [],
  };
  const failures = lineFailures(receipt);
  let signed;
  try {
    signed = await whoSigned(receipt, reader, hints, handovers);
    Object.assign(answer, { anchor: signed.anchor, due: signed.promise.dueWritten });
    if (signed.promise.commitment !== commitment) failures.unshift(`the promise is for ${signed.promise.commitment}, the line's commitment is ${commitment}`);
  } catch (error) {
    if (!(error instanceof NotGenuine)) throw error;
    return { answer: invalid(answer, `the promise is not genuine: ${error.message}`, ...failures), held: null };
  }
  if (failures.length) return { answer: invalid(answer, ...failures), held: null };
  let place = null;
  try {
    place = await carried(receipt, signed.promise, reader, hints, handovers, answer.notes);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    answer.failures = [`the proof that it carries does not hold: ${error.message}`];
  }
  return { answer, held: { ...signed, line: parseOpening(receipt.line), place } };
}

/** The promise is somebody else's, or nobody's. */
class NotGenuine extends Error {}

function lineFailures({ line, items }) {
  const opening = parseOpening(line);
  if (opening.error) return [opening.error];
  const wrong = items.map((item) => itemFailure(item, opening.private)).find(Boolean);
  return wrong ? [wrong] : [];
}

/** {promise, anchor, gaveWay}: `gaveWay` the handover that makes the promise doubtful, or null. */
async function whoSigned({ promise: written }, reader, hints, handovers) {
  const promise = orNotGenuine(() => parsePromise(written));
  const { chain, anchor } = await receiptsKeys(reader, promise.origin, hints, handovers);
  if (!chain.keys.length) throw new Malformed(words.noKey(promise.name).en, words.noKey(promise.name));
  let keys;
  try {
    keys = (await signers(promise.note, chain.keys)).map(({ key }) => key);
  } catch (error) {
    if (error instanceof Malformed) throw new NotGenuine(explain(error.message, chain, promise.note.signatures, promise.name));
    throw error;
  }
  if (!keys.length) throw new NotGenuine(explain(`no key of ${promise.name} that you trust signed it`, chain, promise.note.signatures, promise.name));
  const ends = keys.map((key) => ended(chain, key));
  const doubts = ends.filter((end) => end && (end.reason === "stolen" || promise.made > end.since));
  // A signature by a key that still signs, or signed in its time, is enough.
  return { promise, anchor, gaveWay: doubts.length === ends.length ? doubts[0] : null };
}

function orNotGenuine(read) {
  try {
    return read();
  } catch (error) {
    throw error instanceof Malformed ? new NotGenuine(error.message) : error;
  }
}

/** The proven place of the line, {index, size}; null without a proof, where no key of the log is known, and where
 * no browser can verify what the reader asks for, which `notes` then say. */
async function carried(receipt, promise, reader, hints, handovers, notes) {
  if (!receipt.proof) return null;
  const proof = parseProof(receipt.proof);
  const anchors = { ...(await settle(reader, promise.origin, hints, handovers)), able: true };
  if (!anchors.chain.keys.length) return null;
  if (proof.checkpoint.origin !== promise.origin) throw new Malformed(`its checkpoint is of ${proof.checkpoint.origin}`);
  const known = await heldBy(proof.note, proof.checkpoint, anchors);
  if (!proves(proof, commitmentOf(receipt.line))) throw new Malformed(`its hashes do not lead from the line as entry ${proof.index} to its checkpoint`);
  if (!known) notes.push(words.PROOF_UNKNOWN);
  return known ? { index: proof.index, size: proof.checkpoint.size } : null;
}

/** What the recounted folder says. */
async function lookUp(answer, held, { folder, log, openings, results }, now) {
  let index;
  try {
    index = await findEntry(log, held.promise.commitment);
  } catch (error) {
    if (error instanceof Malformed) return invalid(answer, `the log cannot be searched: ${error.message}`);
    throw error;
  }
  if (index === null) return missing(answer, held, folder, log, now);
  const holds = firstHolding(folder, index);
  const withheld = openings.withheld.get(index) ?? "";
  const opened = requestLines(held.line.request, openings, results);
  return {
    ...answer,
    state: "included",
    text: words.included(index, ending(opened), withheld),
    index,
    checkpoint: holds?.file ?? "log/checkpoint",
    size: holds?.size ?? log.total,
    withheld,
    opened,
  };
}

/** The log index of a commitment (hex), or null; throws Malformed where the log does not give its entries. */
async function findEntry(log, commitment) {
  for (let bundle = 0; 256 * bundle < log.total; bundle++) {
    const entries = await log.bundle(bundle);
    for (let at = 2; at < entries.length; at += 34) {
      if (hex(entries.subarray(at, at + 32)) === commitment) return 256 * bundle + (at - 2) / 34;
    }
  }
  return null;
}

/** Not yet, or not kept, or taken out again. */
async function missing(answer, held, folder, log, now) {
  const broken = { ...answer, state: "promise-broken", tell: words.tell(witnessesOf(folder)) };
  if (held.place) {
    const { index, size } = held.place;
    if (index >= log.total) return includedByProof(answer, held.place, words.olderFolder);
    return { ...broken, text: words.rewritten(index, size), index, size, "by-proof": true };
  }
  if (now <= held.promise.due) return { ...answer, state: "promised", text: words.promised(answer.due) };
  const end = held.gaveWay;
  if (!end) return { ...broken, text: words.broken(answer.due) };
  return { ...answer, state: "promise-doubtful", text: words.doubtful(answer.due, end.old.id, end.new.id, instantOf(end.since), end.reason === "stolen") };
}

function witnessesOf({ anchors, hints }) {
  const names = [...anchors.policy.witnesses.values(), ...hintedWitnesses(hints)].map((key) => key.name);
  return [...new Set(names)].sort();
}

/** The smallest of the folder's checkpoints that holds an entry. */
function firstHolding({ halves, head }, index) {
  const all = [...halves.flatMap((half) => [...half.checkpoints, half.sealed]), head].filter((one) => one && one.size > index);
  return all.reduce((least, one) => (least && least.size <= one.size ? least : one), null);
}

/** The published lines of a request, in log order, each with the half-year and the row that counts it. */
function requestLines(request, openings, results) {
  const found = [];
  for (const [index, line] of openings.linesOf(request)) {
    const period = openings.requests.countedIn(index);
    if (!period) continue;
    const counts = results.find((one) => one.period === period)?.rows.get(line.row) ?? new Map();
    found.push({
      index, kind: line.kind, outcome: line.outcome, reason: line.reason, period,
      row: line.row.split(" "),
      counts: Object.fromEntries([...counts].map(([name, count]) => [name, Number(count)])),
    });
  }
  return found;
}

/** The outcome as it stands: the last line's that has one. */
const ending = (lines) => lines.findLast(({ kind, outcome }) => ["resolved", "corrected"].includes(kind) && outcome !== "-")?.outcome ?? "";

const invalid = (answer, ...failures) => ({ ...answer, state: "invalid", failures, text: words.invalid(failures[0]) });

const includedByProof = (answer, { index, size }, say) => ({ ...answer, state: "included", text: say(index, size), index, size, "by-proof": true });

/** The answer as a document; `log` is the recount's, where one was made. */
function finished(answer, log = null) {
  const code = log?.["exit-code"] ?? null;
  const bad = ["invalid", "promise-broken", "promise-doubtful"].includes(answer.state);
  const exit = bad || code === 1 ? 1 : answer.anchor === "folder" || code === 3 ? 3 : 0;
  return { format: "sagwan-receipt-verdict/1", ...answer, "log-exit-code": code, "exit-code": exit, log };
}

/** The part of an answer that is kept in a file. */
export const toJson = ({ log, ...answer }) => `${JSON.stringify(answer, null, 1)}\n`;
