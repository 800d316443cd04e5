// A page that was read: a mark shows what was read there, a row of the table leads to its words.

const narrow = matchMedia("(max-width: 63.99rem)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
let chosenMark = null;

for (const button of document.querySelectorAll(".close")) button.addEventListener("click", leave);

function behaviour() {
  return calm.matches ? "instant" : "smooth";
}

function clear() {
  for (const one of document.querySelectorAll(".chosen")) one.classList.remove("chosen", "meant");
  for (const one of document.querySelectorAll(".notes.open")) one.classList.remove("open");
}

/** Show the notes with these keys, the first of them in view, and all their words as chosen. */
function choose(keys, { focus = false } = {}) {
  clear();
  for (const mark of document.querySelectorAll(".mark[data-notes]")) {
    const own = mark.dataset.notes.split(" ");
    if (keys.some((key) => own.includes(key))) mark.classList.add("chosen");
  }
  const notes = keys.map((key) => document.getElementById(key)).filter(Boolean);
  for (const note of notes) note.classList.add("chosen");
  const first = notes[0];
  first?.classList.add("meant");
  const panel = first?.closest(".notes");
  if (!panel) return;
  panel.classList.add("open");
  // the panel scrolls, the page stays where the words are
  panel.scrollTo({ top: narrow.matches ? 0 : first.offsetTop - panel.querySelector(".notes-head").offsetHeight - 8, behavior: behaviour() });
  if (focus) first.focus({ preventScroll: true });
}

/** The notes on a mark, the shortest first: what lies within another is what was meant. */
function keysOf(mark) {
  const length = (key) =>
    [...document.querySelectorAll(`.mark[data-notes~="${key}"]`)].reduce((sum, one) => sum + one.textContent.length, 0);
  return mark.dataset.notes.split(" ").sort((one, other) => length(one) - length(other));
}

function leave() {
  clear();
  chosenMark?.focus({ preventScroll: true });
  chosenMark = null;
}

/** Scroll to the first words of a note and mark them. */
function toWords(key) {
  const mark = document.querySelector(`.mark[data-notes~="${key}"]`);
  if (!mark) return;
  chosenMark = mark.closest("a") ?? chosenMark;
  choose([key]);
  mark.scrollIntoView({ block: "center", behavior: behaviour() });
  (mark.closest("a") ?? document.querySelector(`a.mark[data-notes~="${key}"]`))?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const words = event.target.closest('a[href^="#w"]');
  const row = event.target.closest("tr[data-note]");
  if (words || (row && !event.target.closest("a") && getSelection().isCollapsed)) {
    event.preventDefault();
    toWords(words ? words.hash.slice(2) : row.dataset.note);
    return;
  }
  const mark = event.target.closest(".mark[data-notes]");
  if (!mark || !getSelection().isCollapsed) return;
  event.preventDefault();
  chosenMark = mark.closest("a");
  choose(keysOf(mark), { focus: event.detail === 0 }); // 0: by the keyboard
  if (narrow.matches) mark.scrollIntoView({ block: "nearest", behavior: behaviour() }); // from under the notes
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.querySelector(".note.chosen")) leave();
});

const cut = document.querySelectorAll("details.cut");
const showCut = document.querySelector(".show-cut");
showCut?.addEventListener("click", () => {
  const open = showCut.getAttribute("aria-pressed") !== "true";
  showCut.setAttribute("aria-pressed", String(open));
  for (const one of cut) one.open = open;
});
