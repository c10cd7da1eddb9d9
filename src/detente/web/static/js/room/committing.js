// Committing to words that stand sealed in a chamber, and revealing them later (detente.acts.positions). What is offered
// follows from the words once `opening.js` has opened them; the host learns a digest, or what is revealed.

import { digestOf, readDisclosure } from "../signing/disclosure.js";
import { gettext as _ } from "../words.js";
import { goSign } from "./go_sign.js";

const WORDS = "text"; // the hidden field that is committed to

document.addEventListener("unsealed", ({ detail }) => offer(detail));

/** @param {string[]} disclosures of the act */
async function offer(disclosures) {
  const place = document.getElementById("committing");
  const disclosure = disclosures.find((one) => readDisclosure(one).name === WORDS);
  if (place === null || disclosure === undefined) return;
  const { salt, value: text } = readDisclosure(disclosure);
  const digest = await digestOf(disclosure);
  const { position, revealed } = JSON.parse(place.dataset.committed)[digest] ?? {};
  const { sign } = place.dataset;
  if (position === undefined) onClick(place, "commit", () => goSign(sign, "commit_position", "", { digest }));
  else if (revealed === "") onClick(place, "reveal", () => goSign(sign, "reveal_position", "", { position, text: JSON.stringify(text), salt }));
  place.querySelector("[data-said]").textContent = inWords(position, revealed);
  place.hidden = false;
}

/** @param {string} [position] @param {string} [revealed] numbers of acts */
function inWords(position, revealed) {
  if (position === undefined) return "";
  if (revealed === "") return _("Committed to in act {position}, and not revealed.", { position });
  return _("Committed to in act {position}, and revealed in act {revealed}.", { position, revealed });
}

/** @param {HTMLElement} place @param {string} deed @param {() => void} work */
function onClick(place, deed, work) {
  const button = place.querySelector(`[data-do="${deed}"]`);
  button.hidden = false;
  button.addEventListener("click", work);
}
