// The page: takes what the reader brings, runs the recount, and shows progress and verdict in words.

import { failed, toJson, verify } from "./verify.js";
import { brought, by, keep, lang, make, number, said, showProgress, table, told, toldWhy } from "./view.js";
import { banded } from "./words.js";

const MEASURES = ["requested", "processed", "refused", "no-data", "withdrawn", "accounts-disclosed", "follow-ups"];
const SIGNS = { holds: "✓", failed: "✗" };

const form = by("recount");
const base = new URL(form.dataset.root, location.href).href;

function shown(check) {
  const item = make("li", "", { class: `check ${check.status}`, value: check.number });
  const status = make("span", `${SIGNS[check.status] ?? "–"} ${said("marks", "status", check.status)}`, { class: "status" });
  const text = check.failures.length || check.status === "not-checked" ? toldWhy(check.text[lang]) : check.text[lang];
  item.append(make("strong", check.name[lang]), " ", status, make("p", text));
  if (check.status === "failed") item.append(make("p", said("meanings", "check", check.number), { class: "notice" }));
  if (check.notes.length) {
    const notes = make("ul", "", { class: "soft" });
    notes.append(...check.notes.map((note) => make("li", note[lang])));
    item.append(notes);
  }
  if (check.failures.length) {
    const list = make("ul");
    for (const one of check.failures) {
      const where = one.index === null ? one.file : `${one.file}, ${said("words", "word", "entry")} ${number(one.index)}`;
      const line = make("li", `${where}: ${told(one.message)}`);
      if (one.expected || one.found) {
        const values = make("dl");
        for (const word of ["expected", "found"]) values.append(make("dt", said("words", "word", word)), make("dd", told(one[word])));
        line.append(values);
      }
      list.append(line);
    }
    if (check.more) list.append(make("li", `… ${number(check.more)} ${said("words", "word", "more")}`));
    item.append(list);
  }
  return item;
}

function tableOf(period) {
  const word = (one) => said("words", "word", one);
  const heads = [...["service", "procedure"].map((one) => [word(one), false]), ...MEASURES.map((one) => [word(one), true])];
  const named = (row) => [said("services", "service", row.service), said("instruments", "instrument", row.instrument)];
  const lines = period.rows.map((row) => [...named(row), ...MEASURES.map((one) => number(row.counts[one] ?? 0))]);
  return table(period.period, heads, lines);
}

/** The half-year's figures that are stated, not recounted, since the law allows only bands. */
function bandsOf(period) {
  const list = make("ul");
  for (const one of period["stated-banded"]?.figures ?? []) list.append(make("li", banded(one)[lang]));
  return list.childElementCount ? [list] : [];
}

function show(verdict) {
  const title = by("verdict-title");
  title.textContent = title.dataset[failed(verdict) ? "failed" : { 0: "holds", 1: "unchecked", 3: "declared" }[verdict["exit-code"]]];
  by("checks").replaceChildren(...verdict.checks.map(shown));
  by("tables").replaceChildren(...verdict.periods.flatMap((period) => [tableOf(period), ...bandsOf(period)]));
  by("limits").textContent = verdict.limits[lang];
  keep(by("download"), toJson(verdict));
  by("verdict").hidden = false;
  title.focus();
}

const progress = (done, total) => showProgress(form.dataset.counting, done, total);

async function run() {
  const [button, status] = [form.querySelector("button"), by("status")];
  button.disabled = true;
  by("verdict").hidden = true;
  by("progress").hidden = false;
  status.textContent = form.dataset.able;
  try {
    const verdict = await verify(base, { reader: brought(), progress });
    status.textContent = form.dataset.done;
    show(verdict);
  } catch (error) {
    status.textContent = `${form.dataset.keyWanted}: ${told(error.message)}`;
  } finally {
    by("progress").hidden = true;
    by("so-far").textContent = "";
    button.disabled = false;
  }
}

form.querySelector("button").addEventListener("click", run);
by("unable").hidden = true;
form.hidden = false;
