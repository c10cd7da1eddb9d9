// Keys that wait to be enrolled: one that is handed in while the page is open stands on it by itself. Nothing else of the
// page moves: what somebody has opened, made or written there stays.

import { gettext as _ } from "../words.js";
import { addressOf, ask } from "./host.js";

const EVERY = 2000; // milliseconds between two looks

/** Look for keys while the page is looked at and the session holds. */
export function watchForKeys() {
  const section = document.getElementById("keys-to-enrol");
  if (section === null) return;
  const address = `${addressOf(section.dataset.process)}/waiting-keys`;
  let shown = null;

  const look = async () => {
    if (document.visibilityState === "visible") {
      const { waiting } = await ask(address);
      const found = JSON.stringify(waiting);
      if (found !== shown) draw(section, waiting);
      shown = found;
    }
    setTimeout(again, EVERY);
  };
  const again = () => look().catch(() => {}); // the session has ended, or the line is down: what is shown stays
  again();
}

/** @param {HTMLElement} section @param {{ who: string, words: string, href: string }[]} waiting */
function draw(section, waiting) {
  section.querySelector("ul").replaceChildren(...waiting.map(row));
  section.hidden = waiting.length === 0;
}

/** As the page draws it. @param {{ who: string, words: string, href: string }} key */
function row({ who, words, href }) {
  const [line, said, name, fingerprint, link] = ["li", "p", "bdi", "span", "a"].map((tag) => document.createElement(tag));
  name.textContent = who;
  Object.assign(fingerprint, { className: "fingerprint", lang: "en", dir: "ltr", textContent: words });
  Object.assign(link, { className: "button", href, textContent: _("They read out the same words: enrol it") });
  said.append(name, document.createElement("br"), fingerprint);
  line.append(said, link);
  return line;
}
