// Before you sign: the button that signs what the page shows, and what becomes of it; and the form above it.

import { latin1 } from "../codec/bytes.js";
import { Refused, refuse } from "../codec/refusal.js";
import { recordShown, sendAct, signDraft } from "./authoring.js";
import { keepForm } from "./form.js";
import { addressOf, isOpen, say, sizeShown } from "./host.js";
import { keepChecked } from "./receipt.js";
import { signedIn } from "./sign_in.js";

const decide = document.getElementById("decide");
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.act-form"));
document.getElementById("problems")?.focus();
if (form !== null) keepForm(form);
if (decide !== null) await offer(decide);

/** @param {HTMLElement} decide */
async function offer(decide) {
  const process = decide.dataset.process;
  const draft = JSON.parse(document.getElementById("draft").dataset.draft);
  const button = /** @type {HTMLButtonElement} */ (document.getElementById("sign-now"));
  const again = /** @type {HTMLButtonElement} */ (document.getElementById("read-again"));
  const state = document.getElementById("signing-state");
  let seen = null; // the record that this page shows, once it is checked
  let signed = null; // kept until its receipt is checked: sent again, the host takes it once

  const check = async () => {
    seen ??= await signedIn(process, () => recordShown(process, sizeShown()));
  };

  const refused = (error) => {
    say(state, inPlainWords(error));
    const open = isOpen(error);
    if (!open) signed = null; // what was signed has no place any more: it is read and signed anew
    button.textContent = signed === null ? button.dataset.text : "Send again";
    again.hidden = open;
    button.disabled = !open;
  };

  again.addEventListener("click", () => {
    if (form !== null) form.requestSubmit();
    else location.reload();
  });
  button.addEventListener("click", async () => {
    button.disabled = true;
    state.setAttribute("role", "status");
    state.textContent = "Signing.";
    try {
      await check();
      signed ??= await signedIn(process, () => signDraft(process, draft, seen));
      showBytes(signed.act);
      state.textContent = "Signed; not yet in the record. Sending.";
      const receipt = await sendAct(process, draft.log, signed.logKey, signed.act);
      const chamber = draft.log.slice(process.length + 1);
      const address = `${addressOf(process)}/acts/${receipt.index + 1}${chamber === "" ? "" : `?log=${chamber}`}`;
      keepChecked(address);
      location.assign(address);
    } catch (error) {
      refused(error);
    }
  });
  try {
    await check();
    button.disabled = false;
  } catch (error) {
    refused(error);
  }
}

/** A version is named by a hash in the act; whoever reads the page needs no hash. @param {unknown} error */
function inPlainWords(error) {
  if (!(error instanceof Refused) || error.refusals[0].code !== "act.stale") return error;
  const sentence = "The text has moved on since you read it: another version stands now. Nothing is in the record.";
  return refuse("act.stale", sentence, "", "Read it again as it is now; what you typed is kept.");
}

/** @param {Uint8Array} act */
function showBytes(act) {
  const bytes = document.getElementById("bytes");
  bytes.textContent = latin1(act);
  bytes.closest("details").querySelector("summary").textContent = `The exact bytes signed, ${act.length} of them`;
}
