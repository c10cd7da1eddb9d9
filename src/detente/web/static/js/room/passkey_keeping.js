// A further key of one's own, kept behind a passkey: made here so that it can be wrapped, handed to the host wrapped, and
// enrolled like any other. This browser keeps nothing of it.

import { generateSealingPair, generateSigningPair, signingKeyOf } from "../keys/generate.js";
import { provePossession } from "../keys/possession.js";
import { wrapIdentity } from "../keys/wrapped_identity.js";
import { gettext as _ } from "../words.js";
import { onClick } from "./clicking.js";
import { addressOf, ask } from "./host.js";
import { invite } from "./invitation.js";
import { knowsPasskeys, makePasskey, otherWays } from "./passkeys.js";
import { signedIn } from "./sign_in.js";

/**
 * @param {HTMLElement} row with a line of words and a button
 * @param {string} process origin of the main log
 * @param {string} person who is signed in
 * @param {HTMLElement} state where refusals are said
 */
export function offerPasskey(row, process, person, state) {
  const button = row.querySelector("button");
  row.hidden = false;
  if (!knowsPasskeys()) {
    button.hidden = true;
    row.querySelector("p").textContent = [_("This browser knows no passkeys."), otherWays()].join(" ");
    return;
  }
  onClick(button, state, async () => location.assign(await keep(process, person)));
}

/**
 * @param {string} process @param {string} person
 * @returns {Promise<string>} address of the page on which its enrolment is signed
 * @throws {Refused} `passkey.*`, `key.*`, `keyring.absent`, `host.*`, `log.*`
 */
async function keep(process, person) {
  const invitation = await signedIn(process, () => invite(process, person)); // before anything is made in vain
  const { credential, secret } = await makePasskey(process, person);
  const pairs = { signingPair: await generateSigningPair(true), sealingPair: await generateSealingPair(true) };
  const identity = await wrapIdentity(secret, process, person, pairs);
  secret.fill(0);
  const { public: publicKey, sealing, wrapped } = identity;
  const possession = await provePossession(await signingKeyOf(pairs.signingPair), process, person, sealing);
  const key = { public: publicKey, possession, sealing };
  await hand(process, "passkeys", { credential, wrapped, ...key });
  await hand(process, "waiting-keys", { invitation, ...key });
  return `${addressOf(process)}/sign?${new URLSearchParams({ kind: "enrol", person, ...key })}`;
}

/** @param {string} process @param {string} where @param {object} what */
function hand(process, where, what) {
  return signedIn(process, () => ask(`${addressOf(process)}/${where}`, { method: "POST", body: JSON.stringify(what) }));
}
