// The receipt's page: takes the file that its holder opens, checks it by itself, recounts the site and says what
// became of the promise. The file stays on the reader's device.

import { Malformed } from "./notes.js";
import { byItself, toJson, verifyReceipt } from "./receipt_verdict.js";
import { TOO_LARGE } from "./receipt_words.js";
import { failed } from "./verify.js";
import { brought, by, keep, lang, make, number, said, showProgress, table, told, toldWhy } from "./view.js";

const LARGEST = 16e6; // bytes; a receipt has some thousands
const MEASURES = ["requested", "processed", "refused", "no-data", "withdrawn", "accounts-disclosed", "follow-ups"];

const form = by("check");
const base = new URL(form.dataset.root, location.href).href;
const button = form.querySelector("button");
const word = (one) => said("words", "word", one);

function facts(answer) {
  const list = [];
  const add = (name, value) => list.push(make("dt", word(name)), make("dd", value));
  if (answer.index !== null) add("index", number(answer.index));
  if (answer.size) add("checkpoint", [answer.checkpoint, `${number(answer.size)} ${word("entries")}`].filter(Boolean).join(", "));
  if (answer.due) add("due", answer.due.replace("T", " ").replace("Z", " UTC"));
  add("signed", said("anchors", "anchor", answer.anchor));
  add("commitment", answer.commitment);
  return list;
}

/** The published lines of the request, and the rows that count them, each once. */
function published(lines) {
  if (!lines.length) return [];
  const outcome = (line) => [line.outcome, line.reason].filter((one) => one !== "-").map(word).join(", ") || "–";
  const heads = [["entry", true], ["line", false], ["outcome", false], ["report", false], ["row", false]].map(([name, counts]) => [word(name), counts]);
  const row = ([service, jurisdiction, instrument]) => `${word(service)}, ${jurisdiction}, ${word(instrument)}`;
  const report = (period) => make("a", period, { href: `${period}.html` });
  const first = table(word("lines"), heads, lines.map((line) => [number(line.index), word(line.kind), outcome(line), report(line.period), row(line.row)]));
  const rows = new Map(lines.map((line) => [`${line.period} ${line.row.join(" ")}`, line]));
  const counted = [...["report", "row"].map((name) => [word(name), false]), ...MEASURES.map((name) => [word(name), true])];
  const cells = [...rows.values()].map((line) => [report(line.period), row(line.row), ...MEASURES.map((name) => number(line.counts[name] ?? 0))]);
  return [first, table(word("counted"), counted, cells)];
}

function show(answer) {
  const proven = answer["by-proof"] && answer.state === "included";
  const title = by("answer-title");
  title.textContent = said("states", "state", proven ? "proven" : answer.state);
  by("answer").className = answer.state;
  by("says").textContent = answer.state === "invalid" ? toldWhy(answer.text[lang]) : answer.text[lang];
  by("tell").textContent = answer.tell[lang] ?? "";
  by("tell").hidden = !answer.tell[lang];
  by("synthetic").hidden = !answer.synthetic;
  by("facts").replaceChildren(...facts(answer));
  by("failures").replaceChildren(...answer.failures.map((one) => make("li", told(one))));
  by("notes").replaceChildren(...answer.notes.map((one) => make("li", one[lang])));
  by("items").replaceChildren(...answer.items.flatMap(({ name, value }) => [make("dt", word(name)), make("dd", value)]));
  by("ties").hidden = answer.state === "invalid" || !answer.items.length;
  by("lines").replaceChildren(...published(answer.opened));
  by("log").textContent = said("logs", "log", logState(answer));
  keep(by("download"), toJson(answer));
  by("answer").hidden = false;
  title.focus();
}

function logState({ log }) {
  if (!log) return "none";
  return log["exit-code"] === 1 && !failed(log) ? "unchecked" : log["exit-code"];
}

/** The whole answer; where the site cannot be recounted, the receipt's own, and why. */
async function answerOf(bytes, reader) {
  const alone = await byItself(bytes, base, { reader });
  by("status").textContent = alone.state === "invalid" ? form.dataset.recounting : form.dataset.genuine;
  try {
    return [await verifyReceipt(bytes, base, { reader, progress: (done, total) => showProgress(form.dataset.counting, done, total) }), form.dataset.done];
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return [alone, `${form.dataset.unread}: ${wording(error)}`];
  }
}

const wording = (error) => (error.text ? toldWhy(error.text[lang]) : told(error.message));

async function run() {
  const [file] = by("file").files;
  by("answer").hidden = true;
  if (!file) {
    by("status").textContent = form.dataset.none;
    by("file").focus();
    return;
  }
  button.disabled = true;
  by("progress").hidden = false;
  by("status").textContent = form.dataset.reading;
  try {
    if (file.size > LARGEST) throw new Malformed(TOO_LARGE.en, TOO_LARGE);
    const [answer, status] = await answerOf(new Uint8Array(await file.arrayBuffer()), brought());
    by("status").textContent = status;
    show(answer);
  } catch (error) {
    by("status").textContent = `${form.dataset.wrong}: ${wording(error)}`;
  } finally {
    by("progress").hidden = true;
    by("so-far").textContent = "";
    button.disabled = false;
  }
}

/** A file may be dropped anywhere: elsewhere the browser would leave the page for it. */
function dropped(event) {
  event.preventDefault();
  if (event.type !== "drop" || button.disabled || !event.dataTransfer.files.length) return;
  by("file").files = event.dataTransfer.files;
  run();
}

button.addEventListener("click", run);
for (const type of ["dragover", "drop"]) document.addEventListener(type, dropped);
by("unable").hidden = true;
form.hidden = false;
