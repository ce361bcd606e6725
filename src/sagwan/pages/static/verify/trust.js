// Whom the reader trusts: keys that they paste, a C2SP tlog-policy, a verdict kept from an earlier visit. Where
// they bring nothing, the key that the folder itself names, and then the verdict is only self-declared.

import { decimal, unhex } from "./bytes.js";
import { ended, follow } from "./keychain.js";
import { LOG, Malformed, ML_DSA, verifierKey, verifierKeys, WITNESS } from "./notes.js";

/** A policy: {logs, witnesses: Map name → key, groups: [{name, threshold, members}], quorum}. */
export function parsePolicy(written) {
  const policy = { logs: [], witnesses: new Map(), groups: [], quorum: null };
  written.replace(/\r\n/g, "\n").split("\n").forEach((line, number) => {
    const words = line.split(/[ \t]+/).filter(Boolean);
    if (!words.length || words[0].startsWith("#")) return;
    try {
      statement(policy, words);
    } catch (error) {
      throw new Malformed(`policy line ${number + 1}: ${error.message}`);
    }
  });
  if (policy.quorum === null) throw new Malformed("the policy has no quorum line; write 'quorum none' to ask for none");
  if (policy.quorum !== "none" && !isDefined(policy, policy.quorum)) {
    throw new Malformed(`the policy's quorum ${policy.quorum} is no witness or group`);
  }
  return policy;
}

const isDefined = (policy, name) => policy.witnesses.has(name) || policy.groups.some((group) => group.name === name);

function statement(policy, [word, ...rest]) {
  const [name, second, ...members] = rest;
  if (word === "log" && (rest.length === 1 || rest.length === 2)) {
    policy.logs.push(typed(verifierKey(name), [LOG], policy.logs));
  } else if (word === "witness" && (rest.length === 2 || rest.length === 3)) {
    define(policy, name);
    policy.witnesses.set(name, typed(verifierKey(second), [WITNESS, ML_DSA], [...policy.witnesses.values()]));
  } else if (word === "group" && members.length) {
    define(policy, name);
    policy.groups.push({ name, threshold: threshold(second, members.length), members: checked(policy, members) });
  } else if (word === "quorum" && rest.length === 1) {
    if (policy.quorum !== null) throw new Malformed("a second quorum");
    policy.quorum = name;
  } else {
    throw new Malformed(`'${[word, ...rest].join(" ")}' is no statement of a policy`);
  }
}

function typed(key, types, others) {
  if (!types.includes(key.type)) throw new Malformed(`${key.name}: a key of type ${key.type} where ${types.join(" or ")} must be`);
  if (others.some((other) => other.key.join() === key.key.join())) throw new Malformed(`${key.name}: a key twice`);
  return key;
}

function define(policy, name) {
  if (name === "none" || isDefined(policy, name)) throw new Malformed(`'${name}' cannot be named (again)`);
}

function threshold(word, members) {
  const count = word === "any" ? 1 : word === "all" ? members : decimal(word);
  if (count === null || count < 1 || count > members) throw new Malformed(`'${word}' of ${members} members`);
  return count;
}

function checked(policy, members) {
  const taken = new Set(policy.groups.flatMap((group) => group.members));
  for (const name of members) {
    if (!isDefined(policy, name)) throw new Malformed(`'${name}' is no witness or group defined before`);
    if (taken.has(name)) throw new Malformed(`'${name}' is a member twice`);
    taken.add(name);
  }
  return members;
}

/** Do these witnesses (a Set of the policy's names) meet the quorum? */
export function quorumMet(policy, names) {
  const met = new Set(names);
  for (const group of policy.groups) {
    if (group.members.filter((name) => met.has(name)).length >= group.threshold) met.add(group.name);
  }
  return policy.quorum === "none" || met.has(policy.quorum);
}

const signsLogs = (key) => key.type === LOG && !/\/(?:receipts|recovery)$/.test(key.name);

/** What a folder's log is held against. `reader`: {key, policy, remembered}, texts and an earlier verdict's memory,
 * each may be empty; `published`: the text of the folder's `key` file; `handovers` are followed from the keys. */
export async function settle(reader, origin, published, handovers) {
  const policy = reader.policy ? parsePolicy(reader.policy) : parsePolicy("quorum none");
  const remembered = reader.remembered?.origin === origin ? reader.remembered : null;
  const named = reader.key ? verifierKeys(reader.key) : [];
  let [logs, anchor] = [[...named.filter(signsLogs), ...policy.logs], "reader"];
  if (!logs.length && remembered) [logs, anchor] = [verifierKeys(remembered.key).filter(signsLogs), "memory"];
  if (!logs.length) [logs, anchor] = [hints(published).filter((key) => signsLogs(key) && key.name === origin), "folder"];
  const recovery = recoveryKeys(reader, origin, anchor === "folder" ? published : "");
  const chain = await follow(handovers, "log", logs, recovery);
  const newest = chain.keys.filter((key) => !ended(chain, key));
  const key = newest.find((one) => one.name === origin)?.written ?? "";
  const memo = [key, ...recovery.map((one) => one.written)].join("\n");
  return { origin, policy, chain, anchor, remembered, key, memo, witnessed: policy.quorum !== "none" };
}

function recoveryKeys(reader, origin, published) {
  const remembered = reader.remembered?.origin === origin ? reader.remembered.key : "";
  const sources = [reader.key ? verifierKeys(reader.key) : [], remembered ? verifierKeys(remembered) : [], hints(published)];
  const mine = sources.map((keys) => keys.filter((key) => key.type === LOG && key.name === `${origin}/recovery`));
  return mine.find((keys) => keys.length) ?? [];
}

/** The keys that may sign a log's promises, as far as handovers lead, and who names them. */
export async function receiptsKeys(reader, origin, published, handovers) {
  const mine = (key) => key.type === LOG && key.name === `${origin}/receipts`;
  const named = reader.key ? verifierKeys(reader.key).filter(mine) : [];
  const trusted = named.length ? named : hints(published).filter(mine);
  const recovery = recoveryKeys(reader, origin, named.length ? "" : published);
  return { chain: await follow(handovers, "receipts", trusted, recovery), anchor: named.length ? "reader" : "folder" };
}

/** The witnesses that a folder's `key` file names. */
export const hintedWitnesses = (published) => hints(published).filter((key) => key.type !== LOG);

/** The keys of a folder's `key` file; one that cannot be read is no hint. */
function hints(published) {
  try {
    return verifierKeys(published);
  } catch {
    return [];
  }
}

/** What the verdict of an earlier visit, as this page wrote it, lets a later visit compare. */
export function remember(document) {
  const manifests = Object.fromEntries((document.periods ?? []).map((one) => [one.period, one.manifest]));
  const root = unhex(String(document.root ?? ""));
  const { origin, key, size } = document;
  if (document.format !== "sagwan-verdict/1" || root?.length !== 32 || !Number.isSafeInteger(size) || !key || !origin) {
    throw new Malformed("this is no verdict that this page wrote");
  }
  if (document["exit-code"] === 1) throw new Malformed("that verdict found something broken; it is nothing to build on");
  return { origin, key, size, root: document.root, manifests };
}
