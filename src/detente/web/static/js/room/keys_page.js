// Your keys: which of them this browser holds, a link for a further one, and the further one when it comes.

import { keysOf } from "../keys/keyring.js";
import { say } from "./host.js";
import { offerLink } from "./invitation.js";
import { watchForKeys } from "./waiting.js";

const link = document.getElementById("own-link");

if (link !== null) {
  const { process } = link.dataset;
  const state = document.getElementById("link-state");
  offerLink(link, process, state);
  watchForKeys();
  try {
    const held = new Set((await keysOf(process)).map(({ keyId }) => keyId));
    for (const key of document.querySelectorAll(".key")) {
      key.querySelector(".in-this-browser").hidden = !held.has(key.dataset.key);
    }
  } catch (error) {
    say(state, error);
  }
}
