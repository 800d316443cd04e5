// The form of Read: files dropped on the page, sizes told before they are sent, and that reading takes a moment.

const form = document.querySelector(".give");
const file = form.elements.file;
const busy = form.querySelector(".busy");
const button = form.querySelector("button.primary");
const largest = Number(form.dataset.largest);

function size() {
  return (file.files[0]?.size ?? 0) + new Blob([form.elements.text.value]).size;
}

form.addEventListener("submit", (event) => {
  if (size() > largest) {
    event.preventDefault();
    busy.textContent = "Larger than 10 MB: give a smaller file, or its text alone.";
    return;
  }
  busy.textContent = "Reading…";
  button.disabled = true;
});

// back from the page that was read, the form is as it was
addEventListener("pageshow", () => {
  busy.textContent = "";
  button.disabled = false;
});

addEventListener("dragover", (event) => {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  document.body.classList.add("dropping");
});
addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.body.classList.remove("dropping");
});
addEventListener("drop", (event) => {
  document.body.classList.remove("dropping");
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  form.elements.text.value = form.elements.address.value = "";
  file.files = event.dataTransfer.files;
  form.requestSubmit();
});
