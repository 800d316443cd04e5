// What every page does beyond its forms and links: the choice of colours without a new page.

const themes = document.querySelector(".themes");

themes?.addEventListener("submit", (event) => {
  const chosen = event.submitter;
  if (chosen?.name !== "theme") return;
  event.preventDefault();
  document.documentElement.dataset.theme = chosen.value;
  document.cookie = `theme=${chosen.value}; path=/; max-age=31536000; samesite=strict`;
  for (const button of themes.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button === chosen));
  }
});
