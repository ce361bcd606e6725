// What both pages show with: elements, words of the template, the reader's keys, an answer as a file.

export const by = (id) => document.getElementById(id);
export const lang = document.documentElement.lang === "ko" ? "ko" : "en";
const itself = (text) => text;
/** What the modules say in English, in the page's language; only Korean pages load more for it, and where that
 * cannot be had they say it in English. */
export const told = lang === "ko" ? await import("./told.js").then((found) => found.told, () => itself) : itself;

/** A sentence of the page that ends in what was said in English. */
export function toldWhy(sentence) {
  const [head, ...why] = sentence.split(": ");
  return why.length ? `${head}: ${told(why.join(": "))}` : sentence;
}

const digits = new Intl.NumberFormat("en-US");
export const number = (count) => digits.format(count);

/** What the template says for a name; the page's words stand there, so that they are translated with the others. */
export const said = (template, name, value) =>
  [...by(template).content.querySelectorAll(`[data-${name}]`)].find((one) => one.dataset[name] === String(value))?.textContent ?? String(value);

export function make(tag, text = "", attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** A table in a frame that scrolls by itself; `heads` as [text, is it a number], cells are texts or elements. */
export function table(caption, heads, lines) {
  const made = make("table");
  const head = make("tr");
  for (const [text, counts] of heads) head.append(make("th", text, { scope: "col", ...(counts && { class: "num" }) }));
  made.append(make("caption", caption), document.createElement("thead"), document.createElement("tbody"));
  made.tHead.append(head);
  for (const cells of lines) {
    const line = make("tr");
    cells.forEach((cell, n) => {
      const one = n ? make("td", "", heads[n][1] ? { class: "num" } : {}) : make("th", "", { scope: "row" });
      one.append(cell);
      line.append(one);
    });
    made.tBodies[0].append(line);
  }
  const frame = make("div", "", { class: "wide", tabindex: "0", role: "region", "aria-label": caption });
  frame.append(made);
  return frame;
}

/** What the reader pasted: {key, policy}, each only where there is something. */
export function brought() {
  const reader = {};
  for (const name of ["key", "policy"]) if (by(name).value.trim()) reader[name] = `${by(name).value.trim()}\n`;
  return reader;
}

/** Show how far the recount is; `words` with {done} and {total}. */
export function showProgress(words, done, total) {
  by("progress").max = total;
  by("progress").value = done;
  by("so-far").textContent = words.replace("{done}", number(done)).replace("{total}", number(total));
}

let kept = "";

/** Let the link give a JSON text as a file. */
export function keep(link, json) {
  URL.revokeObjectURL(kept);
  kept = URL.createObjectURL(new Blob([json], { type: "application/json" }));
  link.href = kept;
}
