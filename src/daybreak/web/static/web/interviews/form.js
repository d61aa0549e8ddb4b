// Put the ticket into the form, point at words that may tell who wrote them, and send every form in one size.
const form = document.querySelector("form[data-bytes]");
const ticket = document.getElementById("ticket");

if (ticket && location.hash.length > 1) {
  ticket.value = decodeURIComponent(location.hash.slice(1));
  // Out of the address, so that nobody reads it over a shoulder or in a history.
  history.replaceState(null, "", location.pathname);
}
if (ticket && ticket.value.includes(".")) {
  document.getElementById("ticket-field").hidden = true;
  document.getElementById("has-ticket").hidden = false;
}

const hints = JSON.parse(document.getElementById("hints").textContent);
for (const area of form.querySelectorAll("textarea")) {
  const found = document.getElementById(`${area.id}-found`);
  const look = () => {
    const words = hints.flatMap(({ kind, pattern }) =>
      [...area.value.matchAll(new RegExp(pattern, kind === "name" ? "gu" : "giu"))].map((match) => match[0]));
    found.textContent = words.length ? `${found.dataset.found} ${[...new Set(words)].join(", ")}` : "";
  };
  area.addEventListener("input", look);
  look();
}

// The browser spells a form as URLSearchParams does, with line breaks as two signs.
function size(submitter) {
  const fields = [...new FormData(form, submitter)].map(([name, value]) => [name, value.replace(/\r\n|\r|\n/g, "\r\n")]);
  return new URLSearchParams(fields).toString().length;
}
form.addEventListener("submit", (event) => {
  form.elements.padding.value = "";
  form.elements.padding.value = "0".repeat(Math.max(0, Number(form.dataset.bytes) - size(event.submitter)));
});
