"use strict";
// What flowmap serve adds to the page: it asks now and then whether the
// workspace has been saved, loads the page again if so, and shows its problems.
(() => {
const { version, problems, gone } = document.currentScript.dataset;
const banner = Object.assign(document.createElement("div"), { id: "served", hidden: true });
banner.setAttribute("role", "alert");
const said = document.createElement("p"), text = document.createElement("pre");
banner.append(said, text);
document.body.prepend(banner);

function show(words, details) {
  if (banner.hidden === !words && said.textContent === words && text.textContent === details) return;
  said.textContent = words;
  text.textContent = details;
  text.hidden = !details;
  banner.hidden = !words;
}

async function ask() {
  try {
    const state = await (await fetch("state", { cache: "no-store" })).json();
    if (state.version !== version) return location.reload();
    show(state.problems ? problems : "", state.problems);
  } catch {
    show(gone, "");
  }
  setTimeout(ask, 300);
}
ask();
})();
