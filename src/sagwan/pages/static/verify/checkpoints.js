// Check 1, and the times of check 2: who signed each checkpoint, and when witnesses saw it.

import { Findings } from "./findings.js";
import { explain, keysAt } from "./keychain.js";
import { LOG, Malformed, parseCheckpoint, parseNote, signers } from "./notes.js";
import { LIMITS } from "./source.js";
import { quorumMet } from "./trust.js";
import { notVerified, UNVERIFIED_QUORUM, UNVERIFIED_TIMES } from "./words.js";

const GRACE = 3600; // seconds that a batch may be late: machines and witnesses are not exact

/** {file, origin, size, root, time} of a checkpoint, held against the anchors; null where there is none. One that is
 * not signed as it should be is still given back, so that the other checks can say what they find. */
export async function readCheckpoint(source, file, anchors, findings) {
  let [note, checkpoint] = [];
  try {
    note = parseNote(await source.need(file, LIMITS.note));
    checkpoint = parseCheckpoint(note.text);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    findings.add(1, file, `no checkpoint can be read: ${error.message}`, "a signed checkpoint", "none");
    return null;
  }
  const time = anchors.able ? await signedAt(note, checkpoint, file, anchors, findings) : null;
  if (checkpoint.origin !== anchors.origin) {
    findings.add(1, file, "the checkpoint is of another log", anchors.origin, checkpoint.origin, checkpoint.size);
  }
  return { file, ...checkpoint, time };
}

/** Throw Malformed unless a checkpoint is signed, and cosigned, as the anchors ask; false where that cannot be known here. */
export async function heldBy(note, checkpoint, anchors) {
  const findings = new Findings();
  await signedAt(note, checkpoint, "", anchors, findings);
  const [wrong] = findings.failures(1);
  if (wrong) throw new Malformed(wrong.message);
  return !findings.unchecked.has(1);
}

/** When the quorum was met, in POSIX seconds; null where none is asked for. What fails goes to check 1. */
async function signedAt(note, checkpoint, file, anchors, findings) {
  const logs = keysAt(anchors.chain, checkpoint.size).filter((key) => key.name === checkpoint.origin);
  const witnesses = [...anchors.policy.witnesses.values()];
  const wanted = logs.map((key) => key.written).join(", ") || "a key, but none is known";
  const found = note.signatures.map((one) => `${one.name}+${one.id}`).join(", ");
  const refuse = (why) => {
    findings.add(1, file, explain(why, anchors.chain, note.signatures, anchors.origin), `signed by ${wanted}`, `signed by ${found}`, checkpoint.size);
    return null;
  };
  let signed;
  try {
    signed = await signers(note, [...logs, ...witnesses]);
  } catch (error) {
    if (error instanceof Malformed) return refuse(error.message);
    throw error;
  }
  if (!signed.some(({ key }) => key.type === LOG)) return refuse("no key that is known signed it");
  const times = new Map(); // by the policy's names; the earliest of several cosignatures by one witness
  const unknown = new Set(); // whose cosignature no browser verifies
  for (const [name, key] of anchors.policy.witnesses) {
    const lines = signed.filter((one) => one.key === key);
    const seen = lines.filter((one) => one.verified).map((one) => one.time);
    if (seen.length) times.set(name, Math.min(...seen));
    if (seen.length === lines.length) continue;
    unknown.add(name);
    findings.note(1, notVerified(key));
  }
  if (quorumMet(anchors.policy, times.keys())) return dated(anchors.policy, times);
  if (quorumMet(anchors.policy, [...times.keys(), ...unknown])) {
    findings.leaveUnchecked(1, UNVERIFIED_QUORUM);
    findings.leaveUnchecked(2, UNVERIFIED_TIMES);
  } else {
    findings.add(1, file, "fewer witnesses cosigned than you ask for", `quorum ${anchors.policy.quorum}`, "not met", checkpoint.size);
  }
  return null;
}

function dated(policy, times) {
  if (policy.quorum === "none") return null;
  const moments = [...new Set(times.values())].sort((a, b) => a - b);
  return moments.find((moment) => quorumMet(policy, [...times.keys()].filter((name) => times.get(name) <= moment))) ?? null;
}

/** Sizes of a half-year's checkpoints never fall, from the last cut on, and the last one is the cut. */
export function checkSizes(half, findings) {
  let before = half.first;
  for (const { file, size } of half.checkpoints) {
    if (size < before) findings.add(2, file, `the checkpoints of ${half.period} do not grow`, `a size of at least ${before}`, size, size);
    before = Math.max(before, size);
  }
  const last = half.checkpoints.at(-1);
  if (last && last.size !== half.statedCut) {
    findings.add(2, last.file, `the last checkpoint of ${half.period} is not its cut`, half.statedCut, last.size, half.statedCut);
  } else if (!last && half.statedCut !== half.first) {
    findings.add(2, `report/${half.period}/checkpoints/000`, `no checkpoint of ${half.period} is there`, `one of size ${half.statedCut}`, "none", half.statedCut);
  }
}

/** Times rise from checkpoint to checkpoint, and within a half-year no gap is longer than its report announces. */
export function checkClock(halves, head, findings) {
  let before = null;
  const look = (one, hours) => {
    if (!one || one.time === null) return null;
    if (before !== null) gap(one, before, hours, findings);
    return one.time;
  };
  for (const half of halves) {
    for (const one of half.checkpoints) before = look(one, half.report?.interval ?? null) ?? before;
    look(half.sealed, null);
  }
  look(head, null);
}

function gap(one, before, hours, findings) {
  const silent = `${((one.time - before) / 3600).toFixed(1)} hours`;
  if (one.time < before) {
    findings.add(2, one.file, "witnesses saw this checkpoint before the one that precedes it", `a time of at least ${before}`, one.time, one.size);
  } else if (hours !== null && one.time - before > hours * 3600 + GRACE) {
    findings.add(2, one.file, `the log was silent for ${silent} before this checkpoint`, `at most ${hours} hours, as the report announces`, silent, one.size);
  }
}
