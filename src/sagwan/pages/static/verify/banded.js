// A report's `banded`: figures that the law allows only in bands. Nobody can recount them, since the entries behind
// them are never opened; but they may not contradict the log, and its batches may not tell more than they do.

import { Malformed } from "./notes.js";
import { Written } from "./json.js";

const MEMBERS = ["per-batch", "first", "figures"];
const FIGURE = [
  "figure", "names", "jurisdiction", "instruments", "measure", "about", "width", "low", "high", "option", "rule",
  "citation",
];
const SLUG = /^[a-z0-9-]+$/;
const SHAPES = {
  figure: SLUG, option: SLUG, jurisdiction: /^[A-Z]{2}$/, about: /^[1-9][0-9]{3}(?:H[12])?$/,
  measure: /^(?:requested|accounts-asked)$/, rule: /^(?:[^\p{C}\p{Z}]| ){1,500}$/u,
};

const fail = (what) => {
  throw new Malformed(what);
};

/** The member, read strictly; throws Malformed. Null where a report has none. */
export function readBanded(value) {
  if (value === undefined) return null;
  const members = exactly(value, MEMBERS, "banded");
  if (!Array.isArray(members.get("figures"))) fail("banded.figures is not a list");
  const figures = members.get("figures").map((one, n) => readFigure(one, `banded.figures[${n}]`));
  const keys = figures.map((one) => [one.jurisdiction, one.figure, one.measure, one.about].join(" "));
  if (new Set(keys).size < keys.length) fail("banded.figures holds a figure twice");
  return { perBatch: whole(members, "per-batch"), first: whole(members, "first"), figures };
}

function readFigure(value, where) {
  const members = exactly(value, FIGURE, where);
  const found = { names: both(members.get("names"), where), citation: both(members.get("citation"), where) };
  for (const [name, shape] of Object.entries(SHAPES)) {
    found[name] = members.get(name);
    if (typeof found[name] !== "string" || !shape.test(found[name])) fail(`${where}.${name} has not its form`);
  }
  found.instruments = members.get("instruments");
  const list = Array.isArray(found.instruments) ? found.instruments : [];
  if (!list.length || new Set(list).size < list.length || !list.every((one) => typeof one === "string" && SLUG.test(one))) {
    fail(`${where}.instruments must name something, and nothing twice`);
  }
  for (const name of ["width", "low", "high"]) found[name] = whole(members, name);
  const { width, low, high } = found;
  if (!width || low % width || high !== low + width - 1n) fail(`${where} is no band of ${width} from 0`);
  return found;
}

function exactly(value, wanted, where) {
  if (!(value instanceof Map)) fail(`${where} is not an object`);
  for (const name of value.keys()) if (!wanted.includes(name)) fail(`${where}.${name} is not a member of this format`);
  for (const name of wanted) if (!value.has(name)) fail(`${where}.${name} is missing`);
  return value;
}

function both(value, where) {
  const members = exactly(value, ["ko", "en"], where);
  for (const text of members.values()) if (typeof text !== "string" || !SHAPES.rule.test(text)) fail(`${where} holds no text`);
  return { ko: members.get("ko"), en: members.get("en") };
}

function whole(members, name) {
  const value = members.get(name);
  if (!(value instanceof Written) || !/^(?:0|[1-9][0-9]*)$/.test(value.text)) fail(`banded: ${name} is not a count`);
  return BigInt(value.text);
}

/** The member as it must be written. */
export function writeBanded({ perBatch, first, figures }) {
  const inOrder = ({ ko, en }) => new Map([["ko", ko], ["en", en]]);
  const written = (one) => new Map(FIGURE.map((name) => [name, name === "names" || name === "citation" ? inOrder(one[name]) : one[name]]));
  return new Map([["per-batch", perBatch], ["first", first], ["figures", figures.map(written)]]);
}

/** The member as the verdict's document has it. */
export function bandedDocument({ perBatch, first, figures }) {
  const number = (value) => (typeof value === "bigint" ? Number(value) : value);
  const plain = (one) => Object.fromEntries(FIGURE.map((name) => [name, number(one[name])]));
  return { "per-batch": Number(perBatch), first: Number(first), figures: figures.map(plain) };
}

/** Check 7: `entries` counts the banded entries of each half-year so far, `withheld` gives an entry's reason. */
export function checkBands(half, entries, withheld, findings) {
  const banded = half.report?.banded;
  if (!banded) return;
  for (const one of banded.figures) {
    const halves = one.about.includes("H") ? [one.about] : [`${one.about}H1`, `${one.about}H2`];
    const held = halves.reduce((sum, period) => sum + (entries.get(period) ?? 0), 0);
    if (one.measure === "requested" && one.low > BigInt(held)) {
      const what = `more requests are stated than entries are banded: ${one.jurisdiction} ${one.figure} ${one.about}`;
      findings.add(7, `report/${half.period}.json`, what, `at most ${held}`, `${one.low}-${one.high}`);
    }
  }
  checkBatches(half, banded, withheld, findings);
}

/** Each batch, from one checkpoint to the next, holds the stated number; a lost entry may stand for a banded one. */
function checkBatches(half, banded, withheld, findings) {
  const files = new Map(half.checkpoints.map((one) => [one.size, one.file]));
  const ends = [...files.keys()].filter((size) => size > half.first && size <= half.cut).sort((a, b) => a - b);
  let first = half.first;
  for (const end of ends) {
    const count = { banded: 0, lost: 0 };
    for (let index = first; index < end; index++) {
      const reason = withheld.get(index);
      if (reason in count) count[reason]++;
    }
    const wanted = BigInt(first) >= banded.first ? Number(banded.perBatch) : 0;
    if (count.banded + count.lost < wanted || (count.banded > wanted && !count.lost)) {
      findings.add(7, files.get(end), "the number of banded entries in this batch tells more than the band", wanted, count.banded, first);
    }
    first = end;
  }
}
