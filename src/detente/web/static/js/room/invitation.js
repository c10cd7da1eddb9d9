// A link with which somebody brings a key: for a person who has none, made by a mediator, or for a further key of one's own.

import { refuse } from "../codec/refusal.js";
import { keysOf, signingKey } from "../keys/keyring.js";
import { signCompact } from "../signing/compact.js";
import { gettext as _ } from "../words.js";
import { addressOf, ask, now, say } from "./host.js";

const LIFE = 7 * 86_400; // seconds that a link is good for
const INVITATION_TYPE = "detente-invitation+jwt";

/**
 * @param {string} process origin of the main log
 * @param {string} person who is invited
 * @returns {Promise<string>} the invitation, signed
 * @throws {Refused} `host.*`, `log.*`, `keyring.absent`
 */
export async function invite(process, person) {
  const enrolled = (await ask(`${addressOf(process)}/place`)).keys;
  const mine = (await keysOf(process)).reverse().find(({ keyId }) => enrolled.includes(keyId));
  if (mine === undefined) {
    const sentence = _("This browser holds no key that is enrolled for you.");
    throw refuse("keyring.absent", sentence, "", _("Use the browser that does."));
  }
  const claims = { exp: now() + LIFE, iat: now(), person, proc: process };
  return signCompact(await signingKey(mine.keyId), INVITATION_TYPE, claims);
}

/** The link: what follows the # is never sent to the host. @param {string} process @param {string} person */
async function linkFor(process, person) {
  return `${location.origin}${addressOf(process)}/join#${person}.${await invite(process, person)}`;
}

/**
 * A button that makes a link, and then copies it.
 * @param {HTMLElement} row with a button, an output and the person's id
 * @param {string} process origin of the main log
 * @param {HTMLElement} state where refusals are said
 */
export function offerLink(row, process, state) {
  const button = row.querySelector("button");
  const label = button.querySelector("span");
  const where = row.querySelector("output");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      if (where.textContent === "") {
        where.textContent = await linkFor(process, row.dataset.person);
        label.textContent = _("Copy the link");
      } else {
        await navigator.clipboard.writeText(where.textContent);
        label.textContent = _("Copied: send it to them alone");
      }
    } catch (error) {
      say(state, error);
    }
  });
}
