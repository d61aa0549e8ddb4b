// Take the cover off the stamp, verify it, and hand the ticket to the respondent as a link.
import { KEPT, publicKey, read, spelled, suite } from "./ticket.js";

const show = (id) => { document.getElementById(id).hidden = false; };

async function finish() {
  const [wave, stamp] = location.hash.slice(1).split(".");
  const kept = JSON.parse(localStorage.getItem(KEPT) || "null");
  const key = JSON.parse(document.getElementById("keys").textContent)[wave];
  if (!kept || !key || kept.wave !== wave || !stamp) throw new Error("no ticket was begun here");
  const message = read(kept.message);
  // The library verifies what it finishes and throws where the stamp is no signature.
  const signature = await suite.finalize(await publicKey(key), message, read(stamp), read(kept.inverse));
  const occasion = JSON.parse(document.getElementById("occasions").textContent)[wave];
  const path = document.getElementById("back").dataset.interview.replace("occasion", occasion);
  return new URL(`${path}#${wave}.${spelled(message)}.${spelled(signature)}`, location.href).href;
}

try {
  const link = await finish();
  history.replaceState(null, "", location.pathname);
  localStorage.removeItem(KEPT);
  document.getElementById("link").value = link;
  document.getElementById("go").href = link;
  document.getElementById("not-ready").remove();
  show("ready");
} catch {
  document.getElementById("waiting").remove();
  show("failed");
}
