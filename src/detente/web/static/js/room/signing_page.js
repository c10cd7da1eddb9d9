// Before you sign: the button that signs what the page shows, and what becomes of it.

import { latin1 } from "../codec/bytes.js";
import { addressOf, say } from "./host.js";
import { sendAct, signDraft } from "./authoring.js";
import { signIn } from "./sign_in.js";

const decide = document.getElementById("decide");
const problems = document.getElementById("problems");
problems?.focus();

if (decide !== null) {
  const process = decide.dataset.process;
  const draft = JSON.parse(document.getElementById("draft").dataset.draft);
  const button = /** @type {HTMLButtonElement} */ (document.getElementById("sign-now"));
  const state = document.getElementById("signing-state");
  const bytes = document.getElementById("bytes");
  let signed = null; // kept until its receipt is checked: sent again, the host takes it once
  button.disabled = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    state.textContent = "Signing.";
    try {
      signed ??= await signDraft(process, draft);
      bytes.textContent = latin1(signed.act);
      state.textContent = "Signed; not yet in the record. Sending.";
      const receipt = await sendAct(process, draft.log, signed.logKey, signed.act);
      const chamber = draft.log.slice(process.length + 1);
      location.assign(`${addressOf(process)}/acts/${receipt.index + 1}${chamber === "" ? "" : `?log=${chamber}`}`);
    } catch (error) {
      say(state, error);
      const lost = error.refusals?.[0].code === "host.unreachable";
      if (!lost) signed = null; // refused: what was signed can be drafted and read again
      button.textContent = lost ? "Send again" : button.textContent;
      button.disabled = false;
    }
  });
  signIn(process).catch(() => {}); // a session that ended is opened again while the page is read
}
