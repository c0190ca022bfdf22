"use strict";
// Makes the tables sortable: a button in each column head. Without scripts they stay as they are printed.
(() => {
  const words = new Intl.Collator("vi", { numeric: true, sensitivity: "base" });

  // Numbers and dates by their value, all else as Vietnamese is sorted; what has no value comes last either way.
  const compare = (one, other, turn) => {
    const [a, b] = [one.dataset.value, other.dataset.value];
    if (a !== undefined && b !== undefined) return turn * (a - b);
    if (a !== undefined || b !== undefined) return a === undefined ? 1 : -1;
    return turn * words.compare(one.textContent, other.textContent);
  };

  const sort = (table, head, spoken) => {
    const turn = head.ariaSort === "ascending" ? -1 : 1;
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", turn === 1 ? "ascending" : "descending");
    const body = table.tBodies[0];
    const rows = [...body.rows].sort((a, b) => compare(a.cells[head.cellIndex], b.cells[head.cellIndex], turn));
    body.append(...rows);
    spoken.textContent = `Đã sắp xếp theo cột ${head.textContent}, ${turn === 1 ? "tăng dần" : "giảm dần"}.`;
  };

  const spoken = document.createElement("p");
  spoken.className = "spoken";
  spoken.setAttribute("role", "status");
  document.body.append(spoken);

  for (const table of document.querySelectorAll("[data-sort] table")) {
    for (const head of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.title = "Sắp xếp theo cột này";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, head, spoken));
      head.append(button);
    }
  }
})();
