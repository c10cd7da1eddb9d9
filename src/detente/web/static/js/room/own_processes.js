// The list of processes for whoever holds keys: this browser alone knows which they are. Each is asked by itself, one
// after another, with its own session; no request names a second process.

import { Refused } from "../codec/refusal.js";
import { listKeys } from "../keys/keyring.js";
import { gettext as _ } from "../words.js";
import { addressOf, ask } from "./host.js";
import { signedIn, signIn } from "./sign_in.js";

const section = document.getElementById("own");
const held = await listKeys().catch(() => []);
const own = [...new Set(held.map(({ process }) => process).filter((process) => process !== ""))];

for (const process of own) {
  const entry = section.querySelector("ul").appendChild(document.createElement("li"));
  entry.className = "own-process";
  entry.append(heading(process, _("Process {name}", { name: process.split("/")[1].slice(0, 8) }), ""));
  section.hidden = false;
  document.querySelector("#subject > .empty")?.remove();
  try {
    draw(entry, process, await found(process));
  } catch (error) {
    entry.append(line(unfound(error)));
  }
}

/** @param {string} process origin @returns {Promise<any>} its entry, as the person of this browser is told it */
async function found(process) {
  const read = () => ask(`${addressOf(process)}/entry`);
  const entry = await signedIn(process, read);
  return entry.reader === "" && (await signIn(process)) !== null ? read() : entry;
}

/** @param {HTMLElement} entry @param {string} process @param {any} told */
function draw(entry, process, told) {
  const whom = told.as_whom === "" ? [] : [_("as {whom}", { whom: told.as_whom })];
  const stands = [told.phase, told.acts, ...whom].join(" · ");
  entry.replaceChildren(heading(process, told.title, told.subtitle), line(stands, "quiet"));
  const [yours, others] = [told.yours.join("; "), told.others.join("; ")];
  if (yours !== "") entry.append(line(_("Your turn: {acts}.", { acts: yours }), "your-turn"));
  if (others !== "") entry.append(line(_("Next: {acts}.", { acts: others })));
  if (yours === "" && others === "") entry.append(line(_("No act is awaited.")));
}

/** @param {unknown} error */
function unfound(error) {
  const isClosed = error instanceof Refused && error.refusals[0].code.startsWith("log.");
  return isClosed
    ? _("The key of this browser is not enrolled there: it waits, or it is revoked, or the process is not at this host.")
    : _("The host cannot be reached for it now.");
}

/** @param {string} process @param {string} title @param {string} subtitle */
function heading(process, title, subtitle) {
  const [head, link, name] = ["h3", "a", "bdi"].map((tag) => document.createElement(tag));
  link.href = `${addressOf(process)}/`;
  name.textContent = title;
  link.append(name);
  if (subtitle !== "") link.append(`: ${subtitle}`);
  head.append(link);
  return head;
}

/** @param {string} text @param {string} [look] */
function line(text, look = "") {
  const made = document.createElement("p");
  made.className = look;
  made.textContent = text;
  return made;
}
