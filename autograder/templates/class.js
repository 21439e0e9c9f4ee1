"use strict";
// The table can be read without this: it lets people sort and filter it.
{
  const table = document.getElementById("table");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const field = (id) => document.getElementById(id);
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
  const heads = [...table.tHead.rows[0].cells];
  const section = heads.findIndex((head) => head.textContent === "Section");
  const texts = rows.map((row) => fold(`${row.cells[0].textContent} ${row.cells[row.cells.length - 1].textContent}`));

  const filter = () => {
    const text = fold(field("text").value.trim());
    const state = field("state").value;
    const wanted = field("section") ? field("section").value : "";
    const mistake = field("mistake") ? field("mistake").value : "";
    let shown = 0;
    rows.forEach((row, k) => {
      const fits = texts[k].includes(text)
        && (!state || (row.dataset.w || "").includes(state))
        && (!wanted || row.cells[section].textContent === wanted)
        && (!mistake || (row.dataset.m || "").split(" ").includes(mistake));
      row.hidden = !fits;
      shown += fits;
    });
    field("shown").textContent = shown === rows.length ? `${shown} shown` : `${shown} of ${rows.length} shown`;
  };

  // What a cell is sorted by: a number where it has one, else its text; what is empty comes last.
  const key = (cell) => {
    const text = cell.dataset.v || cell.textContent.trim();
    return text === "" ? null : Number.isNaN(Number(text)) ? text : Number(text);
  };
  const names = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const order = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : names.compare(String(a), String(b)));
  const sort = (column, head) => {
    const down = head.getAttribute("aria-sort") === "ascending";
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const keyed = [...body.rows].map((row) => [key(row.cells[column]), row]);
    keyed.sort(([a], [b]) => (a === null || b === null ? (a === null) - (b === null) : down ? order(b, a) : order(a, b)));
    body.append(...keyed.map(([, row]) => row));
  };

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(column, head));
    head.replaceChildren(button);
  });
  field("filters").addEventListener("input", filter);
  field("filters").addEventListener("submit", (event) => event.preventDefault());
  document.querySelectorAll("button[data-mistake]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      field("filters").reset();
      field("mistake").value = button.dataset.mistake;
      filter();
      field("filters").scrollIntoView();
    });
  });
  // A link to a list opens it.
  const open = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  addEventListener("hashchange", open);
  open();
  field("filters").hidden = false;
  // A browser that comes back keeps what was chosen.
  addEventListener("pageshow", filter);
}
