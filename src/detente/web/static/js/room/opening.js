// What is sealed on a page is opened here, in the browser, and shown as text; nothing of it goes back to the host.

import { Refused } from "../codec/refusal.js";
import { inOneSentence } from "../preferences/document.js";
import { openDisclosures } from "../signing/disclosure.js";
import { gettext as _ } from "../words.js";
import { chamberKeys, openedHere } from "./chamber_keys.js";
import { signedIn } from "./sign_in.js";

const notGiven = () =>
  _("sealed; your key has not been given the chamber’s key of that time. Ask a member to share it.");
const broken = () => _("sealed; what the host keeps here does not open as what was signed.");

const opened = new Map(); // promise of a chamber's keys, by its origin

/** Open everything sealed below an element. @param {ParentNode} [where] */
export async function openSealed(where = document) {
  for (const place of where.querySelectorAll("[data-sealed]")) await open(place);
}

/** @param {HTMLElement} place */
async function open(place) {
  const { log, epoch, sealed, digests, labels } = place.dataset;
  delete place.dataset.sealed; // once
  try {
    const identity = (await keysOf(log)).get(epoch);
    if (identity === undefined) {
      place.textContent = notGiven();
      return;
    }
    const { openContent } = await import("../sealing/key_box.js");
    const disclosures = await openContent(sealed, identity);
    show(place, await openDisclosures(digests.split(" "), disclosures, []), JSON.parse(labels));
    place.dispatchEvent(new CustomEvent("unsealed", { bubbles: true, detail: disclosures }));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!error.refusals[0].code.startsWith("host.")) place.textContent = broken();
  }
}

/** @param {string} log @returns {Promise<Map<string, string>>} */
function keysOf(log) {
  if (!opened.has(log)) opened.set(log, fetchKeys(log));
  return opened.get(log);
}

/** @param {string} log */
async function fetchKeys(log) {
  const [head, name, chamber] = log.split("/");
  const process = `${head}/${name}`;
  return openedHere(process, await signedIn(process, () => chamberKeys(process, chamber)));
}

/** @param {string} name of a field @param {unknown} value */
function inWords(name, value) {
  if (name === "document") return inOneSentence(String(value));
  if (typeof value !== "boolean") return String(value);
  return value ? _("yes") : _("no");
}

/** @param {HTMLElement} place @param {Record<string, any>} fields @param {Record<string, string>} labels */
function show(place, fields, labels) {
  const lines = Object.entries(fields).map(([name, value]) => {
    const line = document.createElement("span");
    const label = document.createElement("span");
    label.className = "quiet";
    label.textContent = `${labels[name] ?? name}: `;
    const words = document.createElement("bdi");
    words.textContent = inWords(name, value);
    line.className = "opened";
    line.append(label, words);
    return line;
  });
  place.replaceChildren(...lines);
  place.className = "opened-content";
  place.dir = "auto";
}

await openSealed();
// Whatever is drawn anew brings its sealed places with it.
new MutationObserver(() => openSealed()).observe(document.getElementById("subject"), { childList: true, subtree: true });
