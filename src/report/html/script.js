// Sorts and filters tables, and opens everything for print. The page is complete without it, so what only
// works with it (buttons, inputs) is made here.
"use strict";
(() => {
  const value = (row, column) => {
    const cell = row.cells[column];
    if (!cell) return "";
    const number = cell.dataset.v;
    if (number !== undefined) return Number(number);
    const text = cell.textContent.trim();
    return text === "–" ? null : text;
  };

  // What is not there goes last in either direction.
  const compare = (a, b, up) => {
    if (a === null || b === null) return (a === null) - (b === null);
    const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });
    return up ? order : -order;
  };

  const sort = (table, head, column) => {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const numeric = head.classList.contains("num");
    const now = head.getAttribute("aria-sort");
    const up = now ? now === "descending" : !numeric;
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const keyed = rows.map((row) => [value(row, column), row]);
    keyed.sort((a, b) => compare(a[0], b[0], up));
    body.append(...keyed.map(([, row]) => row));
  };

  for (const table of document.querySelectorAll("table[data-sorts]")) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (head.classList.contains("drawn") || !head.textContent.trim()) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, head, column));
      head.append(button);
    });
  }

  for (const table of document.querySelectorAll("table[data-filters]")) {
    const title = table.caption.textContent.trim();
    const line = document.createElement("p");
    const label = document.createElement("label");
    const input = document.createElement("input");
    const told = document.createElement("output");
    const name = document.createElement("span");
    line.className = "filter";
    name.className = "hidden";
    name.textContent = ` ${title}`;
    label.append("Filter", name, " ", input);
    input.type = "search";
    input.autocomplete = "off";
    input.spellcheck = false;
    const rows = [...table.tBodies[0].rows];
    const texts = rows.map((row) => row.textContent.toLowerCase());
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, at) => {
        row.hidden = !words.every((word) => texts[at].includes(word));
        shown += !row.hidden;
      });
      told.textContent = words.length ? `${shown} of ${rows.length} rows` : "";
    });
    line.append(label, told);
    table.parentElement.before(line);
  }

  // Browsers that do not open what is closed by style alone.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
    opened = [];
  });
})();
