// Sharing an exhibit with colleagues who came after it was presented: its key is taken out of a box here, put into one for
// them, and stands on the page on which every act is read before it is signed. No file is fetched or sent.

import { decodeBase64url } from "../codec/base64url.js";
import { refuse } from "../codec/refusal.js";
import { gettext as _ } from "../words.js";
import { switchedOff } from "./clicking.js";
import { boxesHere, identitiesHere, ownAmong } from "./exhibit_key.js";
import { goSign } from "./go_sign.js";
import { say } from "./host.js";

const offered = new WeakSet(); // buttons: a page that is redrawn may bring the same one again

async function offer() {
  const place = document.getElementById("exhibit");
  const [button] = place.getElementsByTagName("button");
  if (offered.has(button)) return;
  offered.add(button);
  const { process, lacking, recovery } = place.dataset;
  const somebody = lacking !== "{}" || recovery !== "{}";
  const mine = await ownAmong(process, boxesHere().filter(({ box }) => box !== null));
  button.hidden = !somebody || mine.length === 0;
  button.addEventListener("click", async () => {
    const state = place.querySelector("[role=status], [role=alert]");
    const switchOn = switchedOff(button);
    try {
      goSign(place.dataset.sign, "share_exhibit", "", await made(place.dataset));
    } catch (error) {
      say(state, error);
      switchOn();
    }
  });
}

/**
 * The fields of the act.
 * @param {DOMStringMap} exhibit
 * @returns {Promise<Record<string, string>>}
 */
async function made({ process, number, lacking, recovery, readers }) {
  const identities = await identitiesHere(process, boxesHere().filter(({ box }) => box !== null));
  if (identities.length === 0) {
    const instead = _("Ask a colleague who can open it to share it with you.");
    throw refuse("sealing.not_for_you", _("No box of this exhibit opens with this browser’s key."), "", instead);
  }
  const { makeKeyBox } = await import("../sealing/key_box.js");
  const [keys, groups] = [JSON.parse(lacking), JSON.parse(recovery)];
  const publics = [...Object.values(keys), ...Object.values(groups)].map(decodeBase64url);
  const fields = {
    exhibit: `#${number}`,
    keys: Object.keys(keys).length > 0 ? JSON.stringify(Object.keys(keys)) : "",
    recovery: Object.keys(groups).length > 0 ? JSON.stringify(Object.keys(groups)) : "",
    box: await makeKeyBox(identities, publics),
    readers,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
}

document.addEventListener("redrawn", offer); // the page has grown under it
offer();
