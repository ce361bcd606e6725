// The page: takes what the reader brings, runs the recount, and shows progress and verdict in words.

import { toJson, verify } from "./verify.js";
import { banded } from "./words.js";

const MEASURES = ["requested", "processed", "refused", "no-data", "withdrawn", "accounts-disclosed", "follow-ups"];
const SIGNS = { holds: "✓", failed: "✗" };

const by = (id) => document.getElementById(id);
const lang = document.documentElement.lang === "ko" ? "ko" : "en";
const form = by("recount");
const base = new URL(form.dataset.root, location.href).href;
const number = (count) => count.toLocaleString("en-US");

/** What the template says for a name; the page's words stand there, so that they are translated with the others. */
const said = (template, name, value) => by(template).content.querySelector(`[data-${name}="${value}"]`)?.textContent ?? value;

function make(tag, text = "", attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function shown(check) {
  const item = make("li", "", { class: `check ${check.status}`, value: check.number });
  const status = make("span", `${SIGNS[check.status] ?? "–"} ${said("marks", "status", check.status)}`, { class: "status" });
  item.append(make("strong", check.name[lang]), " ", status, make("p", check.text[lang]));
  if (check.status === "failed") item.append(make("p", said("meanings", "check", check.number), { class: "notice" }));
  if (check.failures.length) {
    const list = make("ul");
    for (const one of check.failures) {
      const where = one.index === null ? one.file : `${one.file}, ${said("words", "word", "entry")} ${number(one.index)}`;
      const line = make("li", `${where}: ${one.message}`);
      if (one.expected || one.found) {
        const values = make("dl");
        for (const word of ["expected", "found"]) values.append(make("dt", said("words", "word", word)), make("dd", one[word]));
        line.append(values);
      }
      list.append(line);
    }
    if (check.more) list.append(make("li", `… ${number(check.more)} ${said("words", "word", "more")}`));
    item.append(list);
  }
  return item;
}

function table(period) {
  const made = make("table");
  const head = make("tr");
  for (const word of ["service", "procedure"]) head.append(make("th", said("words", "word", word), { scope: "col" }));
  for (const word of MEASURES) head.append(make("th", said("words", "word", word), { scope: "col", class: "num" }));
  made.append(make("caption", period.period), document.createElement("thead"), document.createElement("tbody"));
  made.tHead.append(head);
  for (const row of period.rows) {
    const line = make("tr");
    line.append(make("th", row.service, { scope: "row" }), make("td", row.instrument));
    for (const word of MEASURES) line.append(make("td", number(row.counts[word] ?? 0), { class: "num" }));
    made.tBodies[0].append(line);
  }
  const frame = make("div", "", { class: "wide", tabindex: "0", role: "region", "aria-label": period.period });
  frame.append(made);
  const bands = make("ul");
  for (const one of period["stated-banded"]?.figures ?? []) bands.append(make("li", banded(one)[lang]));
  if (bands.childElementCount) frame.append(bands);
  return frame;
}

let kept = "";

function show(verdict) {
  const title = by("verdict-title");
  title.textContent = title.dataset[{ 0: "holds", 1: "failed", 3: "declared" }[verdict["exit-code"]]];
  by("checks").replaceChildren(...verdict.checks.map(shown));
  by("tables").replaceChildren(...verdict.periods.map(table));
  by("limits").textContent = verdict.limits[lang];
  URL.revokeObjectURL(kept);
  kept = URL.createObjectURL(new Blob([toJson(verdict)], { type: "application/json" }));
  by("download").href = kept;
  by("verdict").hidden = false;
  title.focus();
}

function progress(done, total) {
  by("progress").max = total;
  by("progress").value = done;
  by("so-far").textContent = form.dataset.counting.replace("{done}", number(done)).replace("{total}", number(total));
}

async function run() {
  const [button, status] = [form.querySelector("button"), by("status")];
  button.disabled = true;
  by("verdict").hidden = true;
  by("progress").hidden = false;
  status.textContent = form.dataset.able;
  try {
    const reader = {};
    for (const name of ["key", "policy"]) if (by(name).value.trim()) reader[name] = `${by(name).value.trim()}\n`;
    const verdict = await verify(base, { reader, progress });
    status.textContent = form.dataset.done;
    show(verdict);
  } catch (error) {
    status.textContent = `${form.dataset.keyWanted}: ${error.message}`;
  } finally {
    by("progress").hidden = true;
    by("so-far").textContent = "";
    button.disabled = false;
  }
}

form.querySelector("button").addEventListener("click", run);
by("unable").hidden = true;
form.hidden = false;
