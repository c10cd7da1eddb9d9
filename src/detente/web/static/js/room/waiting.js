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

/** What stands there stays, with the focus in it; the list says what is added. @param {HTMLElement} section @param {{ who: string, words: string, href: string }[]} waiting */
function draw(section, waiting) {
  const list = section.querySelector("ul");
  const shown = new Map([...list.children].map((line) => [line.querySelector("a").getAttribute("href"), line]));
  section.hidden = waiting.length === 0;
  for (const [href, line] of shown) if (!waiting.some((key) => key.href === href)) line.remove();
  list.append(...waiting.filter(({ href }) => !shown.has(href)).map(row));
}

/** As the page draws it. @param {{ who: string, words: string, href: string }} key */
function row({ who, words, href }) {
  const [line, said, name, fingerprint, link] = ["li", "p", "bdi", "span", "a"].map((tag) => document.createElement(tag));
  name.textContent = who;
  Object.assign(fingerprint, { className: "fingerprint", lang: "en", dir: "ltr", textContent: words });
  Object.assign(link, { className: "button", href, textContent: _("They read out the same words: enrol it") });
  // Every link says the same: whose key it enrols, and its words, are said with it.
  said.id = `waits-${words.replaceAll(" ", "-")}`;
  link.setAttribute("aria-describedby", said.id);
  said.append(name, document.createElement("br"), fingerprint);
  line.append(said, link);
  return line;
}
