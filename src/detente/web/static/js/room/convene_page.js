// Convening: the convenor's key is made first, because the process is named after it. What was signed is kept like any
// other act until its receipt is checked.

import { processOrigin } from "../acts/convening.js";
import { encodeBase64url } from "../codec/base64url.js";
import { refuse } from "../codec/refusal.js";
import { forget, keysOf, makeKeys, tie } from "../keys/keyring.js";
import { makeNonce } from "../signing/salt.js";
import { EMPTY_ROOT } from "../tlog/merkle.js";
import { gettext as _ } from "../words.js";
import { switchedOff } from "./clicking.js";
import { addressOf, ask, now, say } from "./host.js";
import { keptConvening, outboxOf, putAway, refusalOf, sendWaiting, signAndKeep } from "./outbox.js";
import { signIn } from "./sign_in.js";
import { unfoldWhatCounts } from "./unfolding.js";

const LABEL = "talks";
const PROCEDURE = 3;

const form = /** @type {HTMLFormElement} */ (document.getElementById("convene"));
const state = document.getElementById("state");
const button = form.querySelector("button");
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const option of form.zone.options) if (option.value === here) option.selected = true;

let signed = await keptConvening().catch(() => undefined);
for (const [name, value] of signed?.form.fields ?? []) form.elements[name].value = value;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  go();
});
addEventListener("online", () => {
  if (signed !== undefined) go();
});
unfoldWhatCounts(form);
button.disabled = false;
if (signed !== undefined) await go();

async function go() {
  const switchOn = switchedOff(button);
  state.textContent = _("Convening.");
  try {
    signed ??= await prepare(written());
    lockFields(true);
    const { process } = signed;
    await sendWaiting(process);
    const [refused] = await outboxOf(process);
    if (refused !== undefined) {
      signed = undefined;
      await putAway(refused); // a process that is not there has no record for it to enter
      for (const { keyId } of await keysOf(process)) await forget(keyId); // and none for its key to be enrolled in
      throw refusalOf(refused);
    }
    await signIn(process);
    location.assign(`${addressOf(process)}/room`);
  } catch (error) {
    say(state, error);
    lockFields(signed !== undefined);
    button.textContent = signed === undefined ? _("Convene") : _("Send again");
    switchOn();
  }
}

/** What is signed is not changed any more. @param {boolean} locked */
function lockFields(locked) {
  for (const field of form.querySelectorAll("input, select, textarea")) field.disabled = locked;
}

/**
 * Who proves the time: verifier keys, one a line, and how many of them must have signed; left out, all.
 * @param {Record<string, string>} given @returns {{ cosigners: string[], quorum: number }}
 */
function cosigningOf(given) {
  const cosigners = given.cosigners.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  return { cosigners, quorum: given.quorum === "" ? cosigners.length : Number(given.quorum) };
}

/** What the form says, without spaces around it. @returns {Record<string, string>} */
function written() {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));
}

/**
 * What can be read in the record for good is refused while it can be mended: a form takes spaces for words.
 * @param {Record<string, string>} given @param {string[]} sides @throws {Refused} `convening.blank`, `convening.same_name`
 */
function checkNames(given, sides) {
  if ([given.title, given.convenor, given.A, given.B].includes("")) {
    const instead = _("Write what the record is to call each of them; spaces alone are no name.");
    throw refuse("convening.blank", _("The talks need a title, you an office, and sides A and B a name each."), "", instead);
  }
  const names = sides.map((side) => given[side].normalize().toLocaleLowerCase());
  const twice = sides.find((_named, place) => names.indexOf(names[place]) < place);
  if (twice !== undefined) {
    const instead = _("Give each side a name of its own: the record tells them apart by it.");
    throw refuse("convening.same_name", _("Two sides are named “{name}”.", { name: given[twice] }), "", instead);
  }
}

/** @param {Record<string, string>} given @returns {Promise<import("./outbox.js").Kept>} the act, signed and kept */
async function prepare(given) {
  const sides = ["A", "B", "C"].filter((side) => given[side] !== "");
  checkNames(given, sides);
  const { log_key, keeper_key, log_mldsa_key } = await ask("/processes", { method: "POST" });
  const kept = await makeKeys("", now());
  const nonce = makeNonce();
  const origin = await processOrigin(LABEL, log_key, kept.publicKey, nonce);
  await tie(kept.keyId, origin);
  const clear = {
    label: LABEL, nonce, procedure: PROCEDURE, convenor: "M", convenor_key: kept.publicKey, convenor_sealing: kept.sealingKey, keeper: "K", keeper_key, log_key,
    log_mldsa_key, sides, open_to: given.open, ...cosigningOf(given),
  };
  const hidden = {
    title: given.title, zone: given.zone, convenor_title: given.convenor, keeper_title: "Keeper of the record",
    names: Object.fromEntries(sides.map((side) => [side, given[side]])),
    languages: given.languages.split(",").map((tag) => tag.trim()).filter((tag) => tag !== ""),
  };
  const draft = { kind: "convene", log: origin, clear, hidden, audience: ["all"], person: "M" };
  const ready = { keyId: kept.keyId, logKey: log_key, seen: [0, encodeBase64url(EMPTY_ROOT)], chain: null };
  const fields = /** @type {[string, string][]} */ (Object.entries(given));
  const sentence = _("You convene “{title}”.", { title: given.title });
  const said = { sentence, draft: JSON.stringify(draft), form: { action: "/convene", fields, kept: [] } };
  return signAndKeep(origin, draft, ready, said);
}
