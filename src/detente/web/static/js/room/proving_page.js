// Proving an act of a chamber. What is sealed in it is opened by opening.js; here its holder chooses what to show of it, and
// this browser puts that into the proof. The host makes the rest, and sees nothing of what was sealed.

import { fromUtf8 } from "../codec/bytes.js";
import { verifyProof } from "../proofs/one_act.js";
import { sheetOf } from "../proofs/sheet.js";
import { checkerWith, showing } from "../proofs/showing.js";
import { readDisclosure } from "../signing/disclosure.js";
import { gettext as _ } from "../words.js";
import { askBytes, processHere, say } from "./host.js";
import { offerFile } from "./receipt.js";
import { signedIn } from "./sign_in.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("prove"));
const said = document.getElementById("proving");

document.addEventListener("unsealed", ({ target, detail }) => offer(target, detail));
form.addEventListener("submit", (event) => {
  const chosen = [...form.querySelectorAll("input[data-disclosure]:checked")].map((box) => box.dataset.disclosure);
  if (chosen.length === 0) return; // the host makes what shows nothing that was sealed
  event.preventDefault();
  make(event.submitter.dataset.makes, chosen);
});

/** What was sealed, a field to tick each. @param {HTMLElement} place @param {string[]} disclosures */
function offer(place, disclosures) {
  const labels = JSON.parse(place.dataset.labels);
  place.closest(".choice").replaceWith(...disclosures.map((one) => choice(one, labels)));
}

/** @param {string} disclosure @param {Record<string, string>} labels by the fields' names */
function choice(disclosure, labels) {
  const { name, value } = readDisclosure(disclosure);
  const [row, label, words] = ["div", "label", "p"].map((tag) => document.createElement(tag));
  // It has no name: whatever is sent as a form, it is not.
  const box = Object.assign(document.createElement("input"), { type: "checkbox" });
  box.dataset.disclosure = disclosure;
  label.append(box, ` ${labels[name] ?? name}`);
  words.textContent = typeof value === "string" ? value : JSON.stringify(value);
  words.className = "shown";
  words.dir = "auto";
  row.className = "choice";
  row.append(label, words);
  return row;
}

/** @param {string} what `page`, `proof` or `sheet` @param {string[]} disclosures */
async function make(what, disclosures) {
  said.replaceChildren();
  try {
    const proof = await proofWith(disclosures);
    if (what === "sheet") hand(await sheetWith(proof), "-sheet.html");
    else hand(what === "page" ? await pageWith(proof) : proof, what === "page" ? ".html" : ".proof");
  } catch (error) {
    say(said, error);
  }
  said.focus();
}

/** The proof, checked as its reader will check it. @param {string[]} disclosures */
async function proofWith(disclosures) {
  const proof = showing(await asked(form.getAttribute("action")), disclosures);
  await verifyProof(proof);
  return proof;
}

/** What the host makes, which shows nothing of what was sealed. @param {string} address */
function asked(address) {
  const fields = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  return signedIn(processHere(), () => askBytes(`${address}?${fields}`));
}

/** @param {Uint8Array} proof */
async function pageWith(proof) {
  return checkerWith(fromUtf8(await askBytes(form.dataset.checker)), fromUtf8(proof));
}

/** @param {Uint8Array} proof */
async function sheetWith(proof) {
  const page = await asked(form.querySelector("[data-makes=sheet]").getAttribute("formaction"));
  return sheetOf(fromUtf8(page), proof);
}

/** @param {BlobPart} bytes @param {string} ending */
function hand(bytes, ending) {
  const link = document.createElement("a");
  const name = `${form.dataset.name}${ending}`;
  offerFile(link, name, bytes);
  link.className = "button";
  link.textContent = _("Save {name}", { name });
  const line = document.createElement("p");
  line.textContent = _("Made in this browser, and checked as its reader will check it.");
  said.replaceChildren(line, link);
  link.click();
}
