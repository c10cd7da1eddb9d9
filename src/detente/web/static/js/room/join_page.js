// Your key: made here, never shown to anybody, and waiting until somebody who may enrol it has heard its words.

import { keysOf, makeKeys, signingKey } from "../keys/keyring.js";
import { provePossession } from "../keys/possession.js";
import { fingerprintWords } from "../keys/thumbprint.js";
import { refuse } from "../codec/refusal.js";
import { addressOf, ask, now, say } from "./host.js";
import { signIn } from "./sign_in.js";

const EVERY = 2000; // milliseconds between two looks whether the key is enrolled

const where = document.getElementById("join");
const process = where.dataset.process;

try {
  await join();
} catch (error) {
  say(where, error);
}

async function join() {
  if ((await signIn(process)) !== null) {
    location.replace(`${addressOf(process)}/room`);
    return;
  }
  const [person, invitation] = invited();
  const kept = (await keysOf(process)).at(-1) ?? (await makeKeys(process, now()));
  const key = await signingKey(kept.keyId);
  const possession = await provePossession(key, process, person);
  const body = JSON.stringify({ invitation, public: kept.publicKey, possession });
  const handIn = () => ask(`${addressOf(process)}/waiting-keys`, { method: "POST", body });
  await handIn();
  showWords(await fingerprintWords(key.publicKey), kept.persistent);
  setTimeout(() => lookAgain(handIn), EVERY);
}

/** The host keeps waiting keys in memory alone: the key is handed in at each look. @param {() => Promise<any>} handIn */
async function lookAgain(handIn) {
  try {
    if ((await signIn(process)) !== null) {
      location.replace(`${addressOf(process)}/room`);
      return;
    }
    await handIn();
  } catch {
    // The line is down, or the key was enrolled in between: the next look tells.
  }
  setTimeout(() => lookAgain(handIn), EVERY);
}

/** Person and invitation, from behind the #. */
function invited() {
  const [person, ...token] = location.hash.slice(1).split(".");
  if (person === "" || token.length !== 3) {
    throw refuse("invitation.absent", "This address brings no invitation.", "", "Open the link that a mediator sent you, whole.");
  }
  return [person, token.join(".")];
}

/** @param {string[]} words @param {boolean} persistent */
function showWords(words, persistent) {
  const said = document.createElement("p");
  said.className = "fingerprint";
  said.lang = "en";
  said.textContent = words.join(" ");
  const lines = [
    "Your key is made. Read these words out to the mediator over the telephone:",
    said,
    "The mediator sees the same words and enrols your key. This page goes on by itself then.",
    persistent ? "" : "This browser may forget the key when space runs short.",
  ];
  where.replaceChildren(...lines.filter((line) => line !== "").map(paragraph));
}

/** @param {string | HTMLElement} line */
function paragraph(line) {
  if (typeof line !== "string") return line;
  const made = document.createElement("p");
  made.textContent = line;
  return made;
}
