// What the modules say in English, in Korean: looked up by the template that a text fits, and of several by the one
// that says most, together with the values that are texts themselves. The twin of sagwan.pages.refusals, whose
// bounds these are, and whose tables stand in ko.js.

import { ENTRIES, WHOLE } from "./ko.js";
import { fill } from "./particles.js";

const [FITS, LONGEST, STARTS, DEEP] = [4, 600, 4, 3];
const QUOTED = String.raw`'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"`;
const [PLAIN, ANY, MOST] = [String.raw`\S+`, ".*?", ".*"].map((other) => `(${QUOTED}|${other})`);

const whole = new Map(WHOLE);
const entries = ENTRIES.map(([pieces, weight, weak, korean]) => {
  const firsts = weak ? [PLAIN] : pieces.length > 2 ? [ANY, MOST] : [ANY];
  const needle = pieces.reduce((longest, one) => (one.length > longest.length ? one : longest));
  return { weight, korean, needle, patterns: firsts.map((first) => pattern(pieces, first, weak ? PLAIN : ANY)) };
});

function pattern(pieces, first, other) {
  const [start, ...rest] = pieces.map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  return new RegExp(`^(?:${start}${rest.map((one, n) => (n ? other : first) + one).join("")})$`, "su");
}

/** A text in Korean; itself where no template fits. */
export const told = (text) => weighed(text, DEEP)[1] ?? text;

/** [how much is said of a text, its Korean]: as a whole, or of what follows a `where: ` or `what; `. */
function weighed(text, deep) {
  let [most, best] = [0, null];
  for (const start of deep > 0 ? starts(text) : [0]) {
    const [weight, korean] = fitted(text.slice(start), deep);
    if (korean !== null && weight > most) [most, best] = [weight, text.slice(0, start) + korean];
  }
  return [most, best];
}

const starts = (text) => [0, ...[...text.matchAll(/[:;] /g)].slice(0, STARTS).map((joint) => joint.index + 2)];

function fitted(text, deep) {
  if (whole.has(text)) return whole.get(text);
  let [most, best] = [0, null];
  for (const [entry, values] of [...text].length <= LONGEST ? fits(text) : []) {
    const said = values.map((one) => valued(one, deep - 1));
    const weight = entry.weight + said.reduce((sum, [more]) => sum + more, 0) - values.filter(torn).length;
    if (weight > most) [most, best] = [weight, fill(entry.korean, said.map(([, one]) => one))];
  }
  return [most, best];
}

/** The first templates that fit a text, and their values in it. */
function fits(text) {
  const found = [];
  for (const entry of entries) {
    if (!text.includes(entry.needle)) continue;
    const ways = entry.patterns.map((one) => one.exec(text)?.slice(1)).filter(Boolean);
    if (ways.length === 2 && ways[0].every((value, n) => value === ways[1][n])) ways.pop();
    found.push(...ways.map((values) => [entry, values]));
    if (found.length >= FITS) break;
  }
  return found.slice(0, FITS);
}

/** A value that is a text itself, or as it is. */
function valued(value, deep) {
  const bare = value.trim();
  const [weight, inner] = bare ? weighed(bare, deep) : [0, null];
  return inner === null ? [0, value] : [weight, value.replaceAll(bare, () => inner)];
}

/** Is there a joint in a value, outside what it quotes, or half of a quotation? */
const torn = (value) => /[:;] |['"]/.test(value.replace(new RegExp(QUOTED, "gu"), ""));
