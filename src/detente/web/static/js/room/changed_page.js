// Proposals from a file: each, or all one after another, is signed here with its author's key, kept, and sent.

import { gettext as _ } from "../words.js";
import { readyToSign } from "./authoring.js";
import { addressOf, say, sizeShown } from "./host.js";
import { outboxOf, refusalOf, sendWaiting, signAndKeep } from "./outbox.js";
import { actPage, receiptsOf } from "./receipt.js";
import { signedIn } from "./sign_in.js";
import { inPlainWords, paragraph, reviewLink } from "./signing_words.js";

const items = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".proposal[data-draft]")]);
const all = /** @type {HTMLButtonElement | null} */ (document.getElementById("sign-all"));
const overall = document.getElementById("signing-state");
const { process } = items[0].dataset;
const signed = new Map(); // the act kept, by its proposal
let ready = null; // fetched once: every act cites the record that this page shows

/** @param {HTMLElement} item */
const buttonOf = (item) => /** @type {HTMLButtonElement} */ (item.querySelector(".sign-one"));

for (const item of items) {
  buttonOf(item).hidden = false;
  buttonOf(item).addEventListener("click", () => propose([item], item.querySelector(".state-of-signing")));
}
if (all !== null) {
  all.disabled = false;
  all.addEventListener("click", () => propose(items, overall));
}

/** Sign those that are not signed yet, one after another, and send them. @param {HTMLElement[]} chosen */
async function propose(chosen, state) {
  disable(true);
  state.setAttribute("role", "status");
  try {
    const draft = JSON.parse(items[0].dataset.draft);
    ready ??= await signedIn(process, () => readyToSign(process, draft, sizeShown()));
    for (const item of chosen.filter((one) => !signed.has(one))) {
      signed.set(item, await signAndKeep(process, JSON.parse(item.dataset.draft), ready, said(item)));
      state.replaceChildren(paragraph(_("Signed; not yet in the record. Sending.")));
    }
    await sendWaiting(process);
    state.replaceChildren();
  } catch (error) {
    say(state, inPlainWords(error));
    if (signed.size > 0) state.append(reviewLink(process));
  }
  await tell();
  disable(false);
}

/** What became of each that is signed. */
async function tell() {
  const [receipts, waiting] = [await receiptsOf(process), await outboxOf(process)];
  for (const [item, { leaf, number }] of signed) {
    const state = item.querySelector(".state-of-signing");
    const receipt = receipts.find((one) => one.leaf === leaf);
    const kept = waiting.find((one) => one.number === number);
    item.classList.add("signed");
    if (receipt !== undefined) {
      const link = Object.assign(document.createElement("a"), { href: actPage(receipt) });
      link.textContent = _("In the record: #{number}", { number: receipt.index + 1 });
      const line = document.createElement("p");
      line.append(link);
      state.replaceChildren(line);
    } else if (kept?.state === "refused") {
      say(state, inPlainWords(refusalOf(kept)));
      state.append(reviewLink(process));
    } else {
      state.replaceChildren(paragraph(_("Signed, and kept in this browser: not tabled yet.")));
    }
  }
}

/** @param {boolean} busy */
function disable(busy) {
  for (const item of items) buttonOf(item).disabled = busy || signed.has(item);
  if (all !== null) all.disabled = busy || items.every((item) => signed.has(item));
}

/** What is kept beside an act for whoever signed it. @param {HTMLElement} item */
function said(item) {
  const fields = /** @type {[string, string][]} */ ([...new FormData(item.querySelector("form"))]);
  const action = `${addressOf(process)}/sign`;
  const sentence = item.querySelector(".statement").textContent;
  return { sentence, draft: item.dataset.draft, form: { action, fields, kept: [] } };
}
