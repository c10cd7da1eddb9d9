// Your key: made here, never shown to anybody, and waiting until somebody who may enrol it has heard its words.

import { refuse } from "../codec/refusal.js";
import { keysOf, makeKeys, signingKey } from "../keys/keyring.js";
import { provePossession } from "../keys/possession.js";
import { fingerprintWords } from "../keys/thumbprint.js";
import { gettext as _ } from "../words.js";
import { addressOf, ask, isOpen, now, say } from "./host.js";
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
  if (location.hash.length < 2 && (await enter())) return;
  const [person, invitation] = invited();
  const { kept, stands } = (await bringOneHeld(person, invitation)) ?? (await bringNew(person, invitation));
  if (stands === "enrolled" && (await enter())) return;
  showWords(await fingerprintWords((await signingKey(kept.keyId)).publicKey), kept.persistent);
  setTimeout(() => look(kept, person, invitation), EVERY);
}

/** Sign in and go to the room. @returns {Promise<boolean>} whether one goes there */
async function enter() {
  if ((await signIn(process)) === null) return false;
  location.replace(`${addressOf(process)}/room`);
  return true;
}

/**
 * Hand in a key of this browser, the newest first. One that was enrolled and revoked signs nothing more: it is passed over.
 * @param {string} person @param {string} invitation
 */
async function bringOneHeld(person, invitation) {
  for (const kept of (await keysOf(process)).reverse()) {
    const stands = await bring(kept, person, invitation);
    if (stands !== "spent") return { kept, stands };
  }
  return null;
}

/** @param {string} person @param {string} invitation */
async function bringNew(person, invitation) {
  const kept = await makeKeys(process, now());
  return { kept, stands: await bring(kept, person, invitation) };
}

/**
 * Hand in a key with its proof. The host keeps waiting keys in memory alone: the key is handed in at each look.
 * @param {import("../keys/keyring.js").KeptKey} kept
 * @param {string} person
 * @param {string} invitation
 * @returns {Promise<"waiting" | "enrolled" | "spent">} what became of it
 */
async function bring({ keyId, publicKey, sealingKey }, person, invitation) {
  const possession = await provePossession(await signingKey(keyId), process, person, sealingKey);
  const body = JSON.stringify({ invitation, public: publicKey, possession, sealing: sealingKey });
  return (await ask(`${addressOf(process)}/waiting-keys`, { method: "POST", body })).stands;
}

/** @param {import("../keys/keyring.js").KeptKey} kept @param {string} person @param {string} invitation */
async function look(kept, person, invitation) {
  try {
    const stands = await bring(kept, person, invitation);
    if (stands === "enrolled" && (await enter())) return;
    if (stands === "spent") {
      throw refuse("key.revoked", _("This key was enrolled and then revoked."), "", _("Ask a mediator for a new link."));
    }
  } catch (error) {
    if (!isOpen(error)) {
      say(where, error);
      return;
    }
  }
  setTimeout(() => look(kept, person, invitation), EVERY);
}

/** Person and invitation, from behind the #. */
function invited() {
  const [person, ...token] = location.hash.slice(1).split(".");
  if (person === "" || token.length !== 3) {
    const instead = _("Open the link that a mediator sent you, whole.");
    throw refuse("invitation.absent", _("This address brings no invitation."), "", instead);
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
    _("Your key is made. Read these words out to the mediator over the telephone:"),
    said,
    _("The mediator sees the same words and enrols your key. This page goes on by itself then."),
    _("Where you made the link yourself, the words stand on your own page of keys: compare them, and enrol the key there."),
    persistent ? "" : _("This browser may forget the key when space runs short."),
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
