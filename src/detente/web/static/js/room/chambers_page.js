// The sealed chambers: making a recovery key, putting a chamber's key in use, giving it to somebody, and opening all
// with the recovery key. Keys are made here; what goes into the record is signed on the page of every other act.

import { encodeBase64url } from "../codec/base64url.js";
import { refuse } from "../codec/refusal.js";
import { keysOf } from "../keys/keyring.js";
import { gettext as _ } from "../words.js";
import { chamberKeys, openedHere, openedWith, publicKeys } from "./chamber_keys.js";
import { goSign } from "./go_sign.js";
import { say } from "./host.js";
import { signedIn } from "./sign_in.js";

const HEAD = "AGE-SECRET-KEY-1";
const GROUP = 6; // letters that stand together on paper; four are left for the last group

const head = document.getElementById("chambers");
const { process, sign } = head?.dataset ?? {};

for (const section of document.querySelectorAll("[data-chamber]")) {
  const button = section.querySelector("[data-do]");
  if (button !== null) offer(button, section.querySelector(".state-of-signing"), () => DEEDS[button.dataset.do](section.dataset.chamber));
}
const recovery = document.querySelector('[data-do="make"]');
if (recovery !== null) offer(recovery, head, makeRecoveryKey);
const recover = document.getElementById("recover");
if (recover !== null) {
  recover.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(recover.querySelector(".state-of-signing"), () => recoverAll(document.getElementById("typed-key").value));
  });
  recover.hidden = false; // what is typed there is never sent as a form
}

const DEEDS = { begin, change: begin, share };

/** @param {HTMLElement} button @param {HTMLElement} state @param {() => Promise<void>} work */
function offer(button, state, work) {
  button.hidden = false;
  button.addEventListener("click", () => attempt(state, work));
}

/** @param {HTMLElement} state @param {() => Promise<void>} work */
async function attempt(state, work) {
  state.textContent = "";
  try {
    await work();
  } catch (error) {
    say(state, error);
  }
}

// --- the recovery key

async function makeRecoveryKey() {
  const { makeIdentity, publicOf } = await import("../sealing/identity.js");
  const identity = await makeIdentity();
  const shown = document.getElementById("new-recovery-key");
  shown.querySelector(".recovery-key").textContent = grouped(identity);
  shown.hidden = false;
  recovery.hidden = true;
  shown.querySelector('[data-do="print"]').addEventListener("click", () => print());
  shown.querySelector('[data-do="name"]').addEventListener("click", () =>
    attempt(head, async () => {
      const typed = document.getElementById("typed-back").value.replace(/[^A-Za-z0-9]/g, "").toUpperCase();
      if (typed !== grouped(identity).split(" ").at(-1)) {
        const instead = _("Compare what you wrote down with what stands here, group by group.");
        throw refuse("sealing.not_on_paper", _("These are not the last four letters of the key."), "", instead);
      }
      goSign(sign, "name_recovery_key", "", { public: encodeBase64url(await publicOf(identity)) });
    }),
  );
  shown.scrollIntoView();
}

/** As it is printed. @param {string} identity */
function grouped(identity) {
  return [HEAD, ...identity.slice(HEAD.length).match(new RegExp(`.{1,${GROUP}}`, "g"))].join(" ");
}

// --- a chamber's key

/** @param {string} chamber */
async function begin(chamber) {
  const found = await signedIn(process, () => chamberKeys(process, chamber));
  if (found.recovery[found.group] === undefined) {
    const instead = _("Make and print it first, above.");
    throw refuse("sealing.no_recovery", _("Your side has no recovery key on paper yet."), "", instead);
  }
  const { makeIdentity, publicOf } = await import("../sealing/identity.js");
  const identity = await makeIdentity();
  const box = await boxFor([identity], Object.values(found.reading), Object.values(found.recovery));
  goSign(sign, "begin_epoch", chamber, {
    public: encodeBase64url(await publicOf(identity)),
    keys: Object.keys(found.reading).join(", "),
    recovery: Object.keys(found.recovery).join(", "),
    box,
  });
}

/** Give every key of the chamber that this browser opens to those who lack the one in use. @param {string} chamber */
async function share(chamber) {
  const found = await signedIn(process, () => chamberKeys(process, chamber));
  await shareWith(chamber, found, await openedHere(process, found), found.unboxed);
}

/**
 * @param {string} chamber
 * @param {import("./chamber_keys.js").ChamberKeys} found
 * @param {Map<string, string>} opened
 * @param {string[]} names key ids and groups that the keys are for
 */
async function shareWith(chamber, found, opened, names) {
  if (opened.size === 0) {
    const instead = _("Ask a member who can open it, or use the recovery key.");
    throw refuse("sealing.not_for_you", _("This browser cannot open this chamber itself."), "", instead);
  }
  const keys = names.filter((name) => name in found.reading);
  const groups = names.filter((name) => name in found.recovery);
  const box = await boxFor([...opened.values()], keys.map((key) => found.reading[key]), groups.map((group) => found.recovery[group]));
  goSign(sign, "share_epochs", chamber, { epochs: [...opened.keys()].join(", "), keys: keys.join(", "), recovery: groups.join(", "), box });
}

/** @param {string[]} identities @param {string[]} members @param {string[]} groups keys to seal to, base64url */
async function boxFor(identities, members, groups) {
  const { makeKeyBox } = await import("../sealing/key_box.js");
  return makeKeyBox(identities, publicKeys([...members, ...groups]));
}

// --- all keys lost

/** Open what the recovery key opens, and share it with the keys of this browser: one chamber at a time. */
async function recoverAll(typed) {
  const { readIdentity } = await import("../sealing/identity.js");
  const identity = readIdentity(typed);
  const mine = (await keysOf(process)).map(({ keyId }) => keyId);
  let opens = false;
  for (const section of document.querySelectorAll("[data-chamber]")) {
    const chamber = section.dataset.chamber;
    const found = await signedIn(process, () => chamberKeys(process, chamber));
    const opened = await openedWith(found, identity);
    opens ||= opened.size > 0;
    const here = await openedHere(process, found);
    const lacking = [...opened.keys()].some((epoch) => !here.has(epoch));
    const names = mine.filter((key) => key in found.reading);
    if (lacking && names.length > 0) return shareWith(chamber, found, opened, names);
  }
  const sentence = opens ? _("This browser can open all that this key opens.") : _("This key opens nothing here.");
  const instead = opens
    ? _("There is nothing left to recover here.")
    : _("Look for the paper of the key that was named in the record, and have a new key of yours enrolled first.");
  throw refuse("sealing.nothing_to_recover", sentence, "", instead);
}
