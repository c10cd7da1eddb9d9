// Coming back with a passkey, in a browser that holds no key: it opens the key that the host keeps wrapped, signs in with
// it, and holds it from then on as if it had been made here.

import { Refused, refuse } from "../codec/refusal.js";
import { signingKeyOf } from "../keys/generate.js";
import { keepKeys } from "../keys/keyring.js";
import { openIdentity } from "../keys/wrapped_identity.js";
import { gettext as _ } from "../words.js";
import { onClick } from "./clicking.js";
import { addressOf, ask, now } from "./host.js";
import { knowsPasskeys, usePasskey } from "./passkeys.js";
import { offerSecondFactor } from "./second_factor.js";
import { openSession } from "./sign_in.js";

/** @param {string} process origin of the main log */
export function offerEntrance(process) {
  const entrance = document.getElementById("use-passkey");
  if (entrance === null || process === "" || !knowsPasskeys() || offerSecondFactor(process)) return;
  const [button, state] = [entrance.querySelector("button"), entrance.querySelector(".state-of-signing")];
  entrance.hidden = false;
  onClick(button, state, async () => {
    await comeIn(process);
    location.replace(location.pathname + location.search);
  });
}

/**
 * @param {string} process
 * @throws {Refused} `passkey.*`, `host.*`, `browser.*`, `participation.left`
 */
async function comeIn(process) {
  const { credential, secret } = await usePasskey(process);
  const kept = await ask(`${addressOf(process)}/passkeys/${credential}`);
  const pairs = await openIdentity(secret, process, kept);
  secret.fill(0);
  try {
    await openSession(process, await signingKeyOf(pairs.signingPair)); // only a key that is enrolled is kept
  } catch (error) {
    if (!(error instanceof Refused) || !error.refusals[0].code.startsWith("token.")) throw error;
    if (error.refusals[0].code !== "token.second_factor") throw notEnrolled(); // else it is asked for on the next page
  }
  await keepKeys(process, now(), pairs);
}

function notEnrolled() {
  const sentence = _("The key behind this passkey is not enrolled yet.");
  const instead = _("Enrol it on the page of your keys, in a browser that holds a key; or ask a mediator for a link.");
  return refuse("passkey.not_enrolled", sentence, "", instead);
}
