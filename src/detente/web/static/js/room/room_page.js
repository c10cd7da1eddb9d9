// The room: signing in by itself where this browser holds a key, and links for people who have none.

import { keysOf, signingKey } from "../keys/keyring.js";
import { signCompact } from "../signing/compact.js";
import { addressOf, now, say } from "./host.js";
import { lookAgain } from "./sign_in.js";

const LIFE = 7 * 86_400; // seconds that a link is good for
const INVITATION_TYPE = "detente-invitation+jwt";

const entrance = document.getElementById("sign-in");
const process = entrance.dataset.process;

if (entrance.dataset.signedIn === "") {
  entrance.hidden = false;
  try {
    if (!(await lookAgain(process))) entrance.textContent = "This browser holds no key that is enrolled in this process.";
  } catch (error) {
    say(entrance, error);
  }
}

for (const row of document.querySelectorAll("#invitations li")) {
  const button = row.querySelector("button");
  const label = button.querySelector("span");
  const where = row.querySelector("output");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      if (where.textContent === "") {
        where.textContent = await invitation(row.dataset.person);
        label.textContent = "Copy the link";
      } else {
        await navigator.clipboard.writeText(where.textContent);
        label.textContent = "Copied: send it to them alone";
      }
    } catch (error) {
      say(document.getElementById("invite-state"), error);
    }
  });
}

/** The link with which a person brings a key. What follows the # is never sent to the host. @param {string} person */
async function invitation(person) {
  const [{ keyId }] = (await keysOf(process)).reverse();
  const claims = { exp: now() + LIFE, iat: now(), person, proc: process };
  const token = await signCompact(await signingKey(keyId), INVITATION_TYPE, claims);
  return `${location.origin}${addressOf(process)}/join#${person}.${token}`;
}
