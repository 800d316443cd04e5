// Reviewing by keys. A key does what the control that bears it does, so that each is there without a script too.

const OFF = "onrecord-review-keys-off";
const dialog = document.querySelector("dialog.keys");
const correcting = document.querySelector(".correcting");
const on = document.querySelector(".keys-on");
// a box that is ticked takes no letters, and keeps the keys for a moment after its dialog was closed
const TYPED = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
let leaving = false;

function stored() {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false; // a browser that keeps nothing
  }
}

function keep(off) {
  document.documentElement.classList.toggle("keys-off", off);
  try {
    if (off) localStorage.setItem(OFF, "");
    else localStorage.removeItem(OFF);
  } catch {
    // the choice holds for this page then
  }
}

function edit() {
  correcting.open = true;
  (correcting.querySelector("[aria-invalid]") ?? correcting.querySelector("select, input:not([type=hidden])")).focus();
  correcting.scrollIntoView({ block: "nearest" });
}

function leave() {
  correcting.open = false;
  correcting.querySelector("form").reset();
  correcting.querySelector("summary").focus();
}

keep(stored());
if (on) {
  on.checked = !stored();
  on.addEventListener("change", () => keep(!on.checked));
}
if (correcting?.open) edit();

// one decision a page: a key pressed twice, or held, must not decide about the next claim unseen
addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method === "dialog") return;
  if (leaving) event.preventDefault();
  leaving = true;
});
addEventListener("pageshow", () => (leaving = false));

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat || event.defaultPrevented) return;
  if (event.key === "Escape" && correcting?.contains(document.activeElement)) return leave();
  if (dialog?.open || event.target.closest(TYPED)) return;
  if (event.key !== "?" && (leaving || document.documentElement.classList.contains("keys-off"))) return;
  const control = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!control) return;
  event.preventDefault();
  if (event.key === "?") dialog.showModal();
  else if (event.key === "c") edit();
  else control.click();
});

document.querySelector('[data-key="?"]')?.addEventListener("click", () => dialog.showModal());
