// Draw the number of a ticket, cover it, keep what uncovers it in this browser, and take the cover to the desk.
import { KEPT, publicKey, spelled, suite } from "./ticket.js";

const place = document.getElementById("begin");
const button = document.getElementById("make");
const failed = document.getElementById("failed");

async function make() {
  const { wave, key, desk } = place.dataset;
  const kept = JSON.parse(localStorage.getItem(KEPT) || "null");
  let blinded = kept && kept.wave === wave ? kept.blinded : "";
  if (!blinded) {
    const message = suite.prepare(crypto.getRandomValues(new Uint8Array(32)));
    const covered = await suite.blind(await publicKey(key), message);
    blinded = spelled(covered.blindedMsg);
    // Kept until the stamp is back, so that a sign-in on the way, or a second try, does not cost the ticket.
    localStorage.setItem(KEPT, JSON.stringify({ wave, blinded, message: spelled(message), inverse: spelled(covered.inv) }));
  }
  const back = new URL("../back", location.href).href;
  location.assign(`${desk}?blinded=${blinded}&back=${encodeURIComponent(back)}`);
}

button.hidden = false;
button.addEventListener("click", async () => {
  button.disabled = true;
  try {
    await make();
  } catch {
    failed.hidden = false;
  }
});
// A page that comes back from the browser's memory is ready again.
addEventListener("pageshow", () => { button.disabled = false; });
