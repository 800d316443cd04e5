// Reads a plot value by value: by a slider (keys, touch, screen readers) or by pointing. Its table holds the values.

for (const plot of document.querySelectorAll(".plot")) {
  const area = plot.querySelector(".plot-area > svg");
  const slider = plot.querySelector(".along input");
  const told = plot.querySelector(".along output");
  const cursor = [...plot.querySelectorAll(".cursor")];
  const names = [...plot.querySelectorAll("thead th")].map((cell) => cell.textContent);
  const rows = [...plot.querySelectorAll("tbody tr")];

  const words = (row) =>
    [...row.cells]
      .map((cell, n) => [names[n], cell.textContent.trim()])
      .filter(([, text]) => text)
      .map(([name, text]) => (name === "period" || name === "value" ? text : `${name} ${text}`))
      .join(" · ");

  const show = () => {
    const row = rows[slider.value];
    const { x, y } = row.dataset;
    const [line, dot] = cursor;
    line.setAttribute("x1", `${x}%`);
    line.setAttribute("x2", `${x}%`);
    dot.setAttribute("cx", `${x}%`);
    dot.setAttribute("cy", `${y}%`);
    told.textContent = words(row);
    slider.setAttribute("aria-valuetext", told.textContent);
  };

  area.addEventListener("pointermove", (event) => {
    const box = area.getBoundingClientRect();
    const x = (100 * (event.clientX - box.left)) / box.width;
    const far = (row) => Math.abs(row.dataset.x - x);
    slider.value = rows.reduce((best, row, n) => (far(row) < far(rows[best]) ? n : best), 0);
    show();
  });
  slider.addEventListener("input", show);
  slider.hidden = false;
  plot.classList.add("read");
  show();
}
