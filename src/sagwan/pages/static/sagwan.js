/* Handier pages, where scripts are on: find, sort, pick services, columns and half-years, copy a citation. The
   state is kept in the page's address, so that it can be sent on and the back button undoes it. Nothing here
   fetches anything, and every page works without it. */
"use strict";
(() => {
  const word = (name) => document.body.dataset[name] || "";
  const make = (tag, fields, ...inside) => {
    const node = Object.assign(document.createElement(tag), fields);
    node.append(...inside);
    return node;
  };
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  /* The address: what was chosen, as a query. A step is a choice that the back button undoes; typing is none.
     A page opened from a file may not change its address: then the choice is only not kept. */
  const read = (name) => new URLSearchParams(location.search).get(name) || "";
  const write = (name, value, step) => {
    const state = new URLSearchParams(location.search);
    if (value) state.set(name, value); else state.delete(name);
    const query = state.toString();
    try {
      history[step ? "pushState" : "replaceState"](null, "", (query ? "?" + query : location.pathname) + location.hash);
    } catch { /* see above */ }
  };
  const redo = []; // what follows the address, when it changes
  const follow = (action) => { redo.push(action); action(); };
  addEventListener("popstate", () => redo.forEach((action) => action()));

  const text = (cell) => cell.dataset.value || cell.textContent.trim();
  const amount = (cell) => {
    const found = text(cell).replace(/[,≠≈≥+\s]/g, "").replace("−", "-").match(/^-?\d+(\.\d+)?/);
    return found ? Number(found[0]) : null;
  };

  /* Picking: one set of boxes for each key on the page, whatever tables and charts bear it. */
  const chosen = {};
  const fits = (node) => Object.entries(chosen).every(([key, set]) => !set.size || !(key in node.dataset) || set.has(node.dataset[key]));
  const refresh = [];
  const KEYS = { service: "service", slug: "provider", column: "service", period: "period" };

  const boxes = (key, bearers) => {
    const names = new Map();
    for (const node of bearers) {
      const value = node.dataset[key];
      if (!names.has(value)) names.set(value, node.dataset[key + "Name"] || (node.matches("th") ? node.firstChild.textContent.trim() : value));
    }
    chosen[key] = new Set();
    if (names.size < 2) return null;
    const set = make("fieldset", {}, make("legend", { textContent: word(key === "period" ? "wordPeriods" : "wordShow") }));
    const inputs = [...names].map(([value, name]) => {
      const box = make("input", { type: "checkbox", value });
      box.addEventListener("change", () => {
        if (box.checked) chosen[key].add(value); else chosen[key].delete(value);
        write(KEYS[key], [...chosen[key]].join(","), true);
        refresh.forEach((action) => action());
      });
      set.append(make("label", {}, box, " " + name));
      return box;
    });
    follow(() => {
      const wanted = read(KEYS[key]).split(",").filter((value) => names.has(value));
      chosen[key] = new Set(wanted);
      inputs.forEach((box) => { box.checked = chosen[key].has(box.value); });
      refresh.forEach((action) => action());
    });
    if (key !== "period") return set;
    const folded = make("details", { className: "tools", open: chosen[key].size > 0 }, make("summary", { textContent: word("wordPeriods") }), set);
    set.firstChild.className = "visually-hidden";
    return folded;
  };

  /* One table's own tools: find and sort. */
  const tools = (table, at) => {
    const name = (key) => (at ? key + at : key);
    const wanted = table.dataset.tools.split(" ");
    const rows = all("tbody tr", table).filter((row) => !row.querySelector("[scope=rowgroup]"));
    const heads = all("thead th", table);
    const bar = make("div", { className: "tools" });
    const count = make("output", { className: "soft" });
    const field = make("input", { type: "search" });

    const show = () => {
      const sought = field.value.toLowerCase();
      let shown = 0;
      for (const row of rows) {
        row.hidden = !(fits(row) && row.textContent.toLowerCase().includes(sought));
        shown += row.hidden ? 0 : 1;
      }
      for (const body of table.tBodies) {
        const mine = rows.filter((row) => row.parentNode === body);
        body.hidden = mine.length > 0 && mine.every((row) => row.hidden);
      }
      count.textContent = shown === rows.length ? "" : shown + " / " + rows.length + " " + word("wordRows");
    };
    refresh.push(show);

    const sort = (column, down) => {
      const cells = new Map(rows.map((row) => [row, row.cells[column]]));
      const numbers = heads[column].classList.contains("num");
      const order = (one, other) => {
        const [a, b] = [one, other].map((row) => (numbers ? amount(cells.get(row)) : text(cells.get(row))));
        if (a === b) return 0;
        if (a === null) return 1; // what is not known stays last, whichever way
        if (b === null) return -1;
        const found = numbers ? a - b : a.localeCompare(b, document.documentElement.lang);
        return down ? -found : found;
      };
      for (const body of table.tBodies) {
        body.append(...rows.filter((row) => row.parentNode === body).sort(order));
      }
      heads.forEach((head, place) => {
        if (place === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
    };

    const sorting = () => {
      heads.forEach((head, column) => {
        const button = make("button", { type: "button", className: "sort" });
        button.append(...head.childNodes);
        button.title = word("wordSort") + ": " + button.textContent.trim();
        button.addEventListener("click", () => {
          const down = head.getAttribute("aria-sort") === "ascending";
          sort(column, down);
          write(name("sort"), (down ? "-" : "") + column, true);
        });
        head.append(button);
      });
      follow(() => {
        const asked = read(name("sort")).match(/^(-?)(\d+)$/);
        if (asked && Number(asked[2]) < heads.length) return sort(Number(asked[2]), asked[1] === "-");
        for (const row of rows) row.parentNode.append(row); // as it came
        heads.forEach((head) => head.removeAttribute("aria-sort"));
      });
    };

    if (wanted.includes("find")) {
      field.addEventListener("input", () => {
        write(name("find"), field.value, false);
        show();
      });
      follow(() => {
        field.value = read(name("find"));
        show();
      });
      bar.append(make("label", { className: "find" }, word("wordFind") + " ", field));
    }
    if (wanted.includes("sort")) sorting();
    bar.append(count);
    (table.closest(".wide") || table).before(bar);
    show();
  };

  /* Columns and charts of a service go where the service is not picked. */
  const parts = all("[data-column], section[data-slug]");
  refresh.push(() => parts.forEach((node) => { node.hidden = !fits(node); }));

  const tables = all("table[data-tools]");
  const picks = [];
  for (const [tool, selector] of [["service", "tr[data-service]"], ["slug", "[data-slug]"], ["columns", "[data-column]"], ["period", "tr[data-period]"]]) {
    const key = tool === "columns" ? "column" : tool;
    if (tables.some((table) => table.dataset.tools.split(" ").includes(tool))) {
      const heads = all("th" + selector.replace("tr", ""));
      const bearers = heads.length ? heads : all(selector);
      if (bearers.length) picks.push(boxes(key, bearers));
    }
  }
  const found = picks.filter(Boolean);
  const only = found.length === 1 && picks.at(-1) === found[0]; // nothing but half-years: they concern tables alone
  const first = all(only ? "table[data-tools]" : "table[data-tools], section[data-column], section[data-slug], .panels")[0];
  if (found.length && first) {
    const place = first.closest(only ? ".wide" : ".panels, .wide, section") || first;
    place.before(make("div", { className: "tools picks", role: "group", ariaLabel: word("wordShow") }, ...found));
  }
  tables.forEach(tools);
  refresh.forEach((action) => action());

  /* Citations: a button that copies, and the address where the site did not know its own. */
  for (const quoted of all("[data-copy]")) {
    const button = make("button", { type: "button", className: "copy", textContent: word("wordCopy") });
    button.addEventListener("click", async () => {
      const own = location.protocol.startsWith("http") && !quoted.textContent.includes("http") && !quoted.matches("pre");
      const copied = quoted.textContent.trim() + (own ? " " + location.origin + location.pathname : "");
      try {
        await navigator.clipboard.writeText(copied);
        button.textContent = word("wordCopied");
      } catch {
        getSelection().selectAllChildren(quoted);
      }
    });
    quoted.after(button);
  }
})();
