// What the pages of tickets share: the blind signature (RFC 9474) of the vendored library, and how bytes are spelled.
import { BlindRSA } from "../vendor/blindrsa/blindrsa.js";

export const suite = new BlindRSA({
  name: "RSABSSA-SHA384-PSS-Randomized",
  hash: "SHA-384",
  saltLength: 48,
  prepareType: 32,
});
export const KEPT = "daybreak-ticket";

export const spelled = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

export const read = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

export const publicKey = (spki) =>
  crypto.subtle.importKey("spki", read(spki), { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"]);
