/* Handier tables, where scripts are on: find, sort, pick services and periods. The state is kept in the page's
   address, so that it can be sent on. Nothing here fetches anything, and every page works without it. */
"use strict";
(() => {
  const word = (name) => document.body.dataset[name] || "";
  const state = new URLSearchParams(location.search);
  const make = (tag, fields, ...inside) => {
    const node = Object.assign(document.createElement(tag), fields);
    node.append(...inside);
    return node;
  };
  const keep = (name, value) => {
    if (value) state.set(name, value); else state.delete(name);
    const query = state.toString();
    history.replaceState(null, "", (query ? "?" + query : location.pathname) + location.hash);
  };
  const text = (cell) => cell.dataset.value || cell.textContent.trim();
  const amount = (cell) => {
    const found = text(cell).replace(/[,≠≈\s]/g, "").match(/^-?\d+(\.\d+)?/);
    return found ? Number(found[0]) : null;
  };

  document.querySelectorAll("table[data-tools]").forEach((table, at) => {
    const name = (key) => (at ? key + at : key);
    const rows = [...table.querySelectorAll("tbody tr")].filter((row) => !row.querySelector("[scope=rowgroup]"));
    const bar = make("div", { className: "tools", role: "group" });
    const count = make("output", { className: "soft" });
    const chosen = {};
    let sought = state.get(name("find")) || "";

    const show = () => {
      let shown = 0;
      for (const row of rows) {
        const picked = Object.entries(chosen).every(([key, set]) => !set.size || set.has(row.dataset[key]));
        row.hidden = !(picked && row.textContent.toLowerCase().includes(sought.toLowerCase()));
        shown += row.hidden ? 0 : 1;
      }
      for (const body of table.tBodies) {
        const mine = rows.filter((row) => row.parentNode === body);
        body.hidden = mine.length > 0 && mine.every((row) => row.hidden);
      }
      count.textContent = shown === rows.length ? "" : shown + " / " + rows.length + " " + word("wordRows");
    };

    const pick = (key) => {
      const values = [...new Set(rows.map((row) => row.dataset[key]).filter(Boolean))];
      if (values.length < 2) return;
      const names = Object.fromEntries(rows.map((row) => [row.dataset[key], row.dataset[key + "Name"] || row.dataset[key]]));
      chosen[key] = new Set((state.get(name(key)) || "").split(",").filter((value) => values.includes(value)));
      const set = make("fieldset", {}, make("legend", { textContent: word("wordShow") }));
      for (const value of values) {
        const box = make("input", { type: "checkbox", checked: chosen[key].has(value) });
        box.addEventListener("change", () => {
          if (box.checked) chosen[key].add(value); else chosen[key].delete(value);
          keep(name(key), [...chosen[key]].join(","));
          show();
        });
        set.append(make("label", {}, box, " " + names[value]));
      }
      bar.append(set);
    };

    const sort = (column, down) => {
      const cells = new Map(rows.map((row) => [row, row.cells[column]]));
      const numbers = rows.some((row) => cells.get(row) && amount(cells.get(row)) !== null && cells.get(row).classList.contains("num"));
      const compare = (one, other) => {
        const [a, b] = [one, other].map((row) => (numbers ? amount(cells.get(row)) : text(cells.get(row))));
        if (a === b) return 0;
        if (a === null) return 1; // what is not known stays last, whichever way
        if (b === null) return -1;
        const order = numbers ? a - b : a.localeCompare(b, document.documentElement.lang);
        return down ? -order : order;
      };
      for (const body of table.tBodies) {
        body.append(...rows.filter((row) => row.parentNode === body).sort(compare));
      }
      table.querySelectorAll("thead th").forEach((head, place) => {
        if (place === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
    };

    const sorting = () => {
      const heads = [...table.querySelectorAll("thead th")];
      heads.forEach((head, column) => {
        const button = make("button", { type: "button", className: "sort" });
        button.append(...head.childNodes);
        button.title = word("wordSort") + ": " + button.textContent.trim();
        button.addEventListener("click", () => {
          const down = head.getAttribute("aria-sort") === "ascending";
          sort(column, down);
          keep(name("sort"), (down ? "-" : "") + column);
        });
        head.append(button);
      });
      const wanted = (state.get(name("sort")) || "").match(/^(-?)(\d+)$/);
      if (wanted && Number(wanted[2]) < heads.length) sort(Number(wanted[2]), wanted[1] === "-");
    };

    const tools = table.dataset.tools.split(" ");
    if (tools.includes("find")) {
      const field = make("input", { type: "search", value: sought });
      field.addEventListener("input", () => {
        sought = field.value;
        keep(name("find"), sought);
        show();
      });
      bar.append(make("label", { className: "find" }, word("wordFind") + " ", field));
    }
    tools.filter((tool) => !["find", "sort"].includes(tool)).forEach(pick);
    if (tools.includes("sort")) sorting();
    bar.append(count);
    if (bar.children.length > 1) table.before(bar);
    show();
  });
})();
