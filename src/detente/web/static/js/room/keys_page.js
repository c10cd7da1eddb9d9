// Your keys: which of them this browser holds, a link for a further one, and the further one when it comes; or one behind
// a passkey. To whoever is not signed in, the passkey is the way back.

import { keysOf } from "../keys/keyring.js";
import { say } from "./host.js";
import { offerLink } from "./invitation.js";
import { offerEntrance } from "./passkey_entrance.js";
import { offerPasskey } from "./passkey_keeping.js";
import { offerToSet } from "./second_factor.js";
import { lookAgain } from "./sign_in.js";
import { watchForKeys } from "./waiting.js";

const entrance = document.getElementById("entrance");
const link = document.getElementById("own-link");

if (entrance !== null) {
  const { process } = entrance.dataset;
  if (!(await lookAgain(process).catch(() => false))) offerEntrance(process);
}

if (link !== null) {
  const { process, person } = link.dataset;
  const state = document.getElementById("link-state");
  const factorState = document.getElementById("factor-state");
  offerLink(link, process, state);
  offerPasskey(document.getElementById("own-passkey"), process, person, state);
  watchForKeys();
  try {
    const held = new Set((await keysOf(process)).map(({ keyId }) => keyId));
    for (const key of document.querySelectorAll(".key")) {
      key.querySelector(".in-this-browser").hidden = !held.has(key.dataset.key);
    }
    offerToSet(process, held, factorState);
  } catch (error) {
    say(state, error);
  }
}
