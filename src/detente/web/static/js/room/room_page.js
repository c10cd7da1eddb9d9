// The room: signing in by itself where this browser holds a key, and links for people who have none.

import { encodeCanonical } from "../codec/canonical_json.js";
import { keysOf, signingKey } from "../keys/keyring.js";
import { signCompact } from "../signing/compact.js";
import { addressOf, now, say } from "./host.js";
import { follow } from "./live.js";
import { signIn } from "./sign_in.js";

const LIFE = 7 * 86_400; // seconds that a link is good for
const INVITATION_TYPE = "detente-invitation+jwt";

const entrance = document.getElementById("sign-in");
const process = entrance.dataset.process;

if (entrance.dataset.signedIn === "") {
  entrance.hidden = false;
  try {
    if ((await signIn(process)) !== null) location.reload();
    else entrance.textContent = "This browser holds no key that is enrolled in this process.";
  } catch (error) {
    say(entrance, error);
  }
} else {
  follow(process);
}

for (const row of document.querySelectorAll("#invitations li")) {
  const button = row.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const where = row.querySelector("output");
    try {
      where.textContent = await invitation(row.dataset.person);
      button.textContent = "Send this link to them alone:";
      button.disabled = true;
    } catch (error) {
      say(where, error);
    }
  });
}

/** The link with which a person brings a key. What follows the # is never sent to the host. @param {string} person */
async function invitation(person) {
  const [{ keyId }] = (await keysOf(process)).reverse();
  const claims = { exp: now() + LIFE, iat: now(), person, proc: process };
  encodeCanonical(claims);
  const token = await signCompact(await signingKey(keyId), INVITATION_TYPE, claims);
  const text = typeof token === "string" ? token : new TextDecoder().decode(token);
  return `${location.origin}${addressOf(process)}/join#${person}.${text}`;
}
