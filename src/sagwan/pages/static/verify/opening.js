// The opening line (docs/reference/opening-line.md): 15 fields, TAB between two.

const SLUG = /^[a-z0-9-]+$/;
const INTEGER = /^(?:0|[1-9][0-9]{0,17})$/;
const OUTCOMES = ["complied", "partial", "refused", "no-data", "withdrawn"];
const KINDS = ["received", "resolved", "follow-up", "corrected", "cover", "report"];
const DATA = ["access", "content", "subscriber", "traffic"];
const MARKS = ["blinded", "emergency", "narrowed", "notice-deferred", "notified", "suspected-forgery", "voluntary"];
const REASONS_TO_WITHHOLD = ["non-disclosure-order", "banded", "lost"];

const ordered = (known) => (text) => {
  if (text === "-") return true;
  const words = text.split(",");
  return words.every((word, n) => known.includes(word) && (n === 0 || words[n - 1] < word));
};
const oneOf = (known) => (text) => known.includes(text);
const like = (pattern) => (text) => pattern.test(text);

const FIELDS = [
  ["format", oneOf(["sagwan/1"])],
  ["salt", like(/^[0-9a-f]{32}$/)],
  ["kind", oneOf(KINDS)],
  ["request", like(/^[0-9a-f]{16}$/)],
  ["period", like(/^[0-9]{4}H[12]$/)],
  ["service", like(SLUG)],
  ["jurisdiction", like(/^(?:[A-Z]{2}|-)$/)],
  ["instrument", like(SLUG)],
  ["outcome", oneOf([...OUTCOMES, "-"])],
  ["reason", like(SLUG)],
  ["data", ordered(DATA)],
  ["accounts", like(INTEGER)],
  ["marks", ordered(MARKS)],
  ["private", like(/^[0-9a-f]{64}$/)],
  ["supersedes", (text) => text === "-" || INTEGER.test(text)],
];

/** The fields of a line (text without LF), by name, each as it was written; or {error}: what breaks the grammar.
 * `row` is the report's row that the line counts in. */
export function parseOpening(line) {
  const values = line.split("\t");
  if (values.length !== FIELDS.length) return { error: `${values.length} fields, not ${FIELDS.length}` };
  for (let n = 0; n < FIELDS.length; n++) {
    if (!FIELDS[n][1](values[n])) return { error: `field ${FIELDS[n][0]}: '${values[n].slice(0, 80)}' is not allowed there` };
  }
  const [, , kind, request, period, service, jurisdiction, instrument, outcome, reason, data, accounts, marks, priv, target] = values;
  const opening = { kind, request, period, service, jurisdiction, instrument, outcome, reason, data, accounts, marks };
  Object.assign(opening, { private: priv, supersedes: target, row: `${service} ${jurisdiction} ${instrument}` });
  const error = contradiction(opening);
  return error ? { error } : opening;
}

/** Which fields contradict each other; "" where none do. */
function contradiction(line) {
  if (line.kind === "cover" || line.kind === "report") return uncounted(line);
  for (const name of ["service", "jurisdiction", "instrument"]) {
    if (line[name] === "-") return `field ${name}: '-' on a ${line.kind} line`;
  }
  if ((line.supersedes !== "-") !== (line.kind === "corrected")) return "field supersedes: an index stands on corrected lines only";
  if (line.kind === "resolved" && line.outcome === "-") return "field outcome: '-' on a resolved line";
  if (line.outcome === "-" || line.kind === "received" || line.kind === "follow-up") {
    return line.outcome === "-" && line.reason === "-" ? "" : `field outcome or reason on a ${line.kind} line without outcome`;
  }
  if ((line.reason === "-") !== (line.outcome === "complied")) return `field reason: '${line.reason}' with ${line.outcome}`;
  if (discloses(line.outcome)) return line.data === "-" ? `field data: '-' with ${line.outcome}` : "";
  return line.data === "-" && line.accounts === "0" ? "" : `field data or accounts: something handed over with ${line.outcome}`;
}

function uncounted(line) {
  for (const name of ["service", "jurisdiction", "outcome", "reason", "data", "marks", "supersedes"]) {
    if (line[name] !== "-") return `field ${name}: '${line[name]}' on a ${line.kind} line`;
  }
  if (line.accounts !== "0") return `field accounts: ${line.accounts} on a ${line.kind} line`;
  const wanted = line.kind === "cover" ? /^-$/ : /^[1-9][0-9]{3}h[12]$/;
  return wanted.test(line.instrument) ? "" : `field instrument: '${line.instrument}' on a ${line.kind} line`;
}

/** Was data handed over? */
export const discloses = (outcome) => outcome === "complied" || outcome === "partial";

/** `withheld TAB reason TAB commitment`: {reason, commitment (hex)}; {error}; or null where it is another line. */
export function parseWithheld(line) {
  if (!line.startsWith("withheld\t")) return null;
  const [, reason, commitment, ...more] = line.split("\t");
  if (more.length || !REASONS_TO_WITHHOLD.includes(reason) || !/^[0-9a-f]{64}$/.test(commitment ?? "")) {
    return { error: "not 'withheld TAB reason TAB commitment', with a reason that the format has" };
  }
  return { reason, commitment };
}

export { OUTCOMES, REASONS_TO_WITHHOLD };
