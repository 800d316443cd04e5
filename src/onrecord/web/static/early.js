// Runs before anything is drawn, so that what only scripts can work is there from the start and nothing moves.

document.documentElement.classList.add("scripted");
