// Convening: the convenor's key is made first, because the process is named after it.

import { authorAct } from "../acts/authoring.js";
import { processOrigin } from "../acts/convening.js";
import { encodeBase64url } from "../codec/base64url.js";
import { makeKeys, signingKey, tie } from "../keys/keyring.js";
import { makeNonce } from "../signing/salt.js";
import { EMPTY_ROOT } from "../tlog/merkle.js";
import { addressOf, ask, isOpen, now, say } from "./host.js";
import { sendAct } from "./authoring.js";
import { signIn } from "./sign_in.js";

const LABEL = "talks";
const PROCEDURE = 1;

const form = /** @type {HTMLFormElement} */ (document.getElementById("convene"));
const state = document.getElementById("state");
const button = form.querySelector("button");
let signed = null; // kept until its receipt is checked: sent again, the host takes it once
button.disabled = false;
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const option of form.zone.options) if (option.value === here) option.selected = true;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  state.textContent = "Convening.";
  try {
    signed ??= await prepare(Object.fromEntries(new FormData(form)));
    for (const field of form.querySelectorAll("input, select")) field.disabled = true;
    const { origin, logKey, act } = signed;
    await sendAct(origin, origin, logKey, act);
    await signIn(origin);
    location.assign(`${addressOf(origin)}/room`);
  } catch (error) {
    say(state, error);
    if (!isOpen(error)) signed = null;
    for (const field of form.querySelectorAll("input, select")) field.disabled = signed !== null;
    button.textContent = signed === null ? "Convene" : "Send again";
    button.disabled = false;
  }
});

/** @param {Record<string, string>} given @returns {Promise<{ origin: string, logKey: string, act: Uint8Array }>} */
async function prepare(given) {
  const { log_key, keeper_key } = await ask("/processes", { method: "POST" });
  const kept = await makeKeys("", now());
  const nonce = makeNonce();
  const origin = await processOrigin(LABEL, log_key, kept.publicKey, nonce);
  await tie(kept.keyId, origin);
  const sides = ["A", "B", "C"].filter((side) => given[side].trim() !== "");
  const clear = {
    label: LABEL, nonce, procedure: PROCEDURE, convenor: "M", convenor_key: kept.publicKey, keeper: "K", keeper_key, log_key,
    sides, open_to: given.open,
  };
  const hidden = {
    title: given.title, zone: given.zone, convenor_title: given.convenor, keeper_title: "Keeper of the record",
    names: Object.fromEntries(sides.map((side) => [side, given[side].trim()])),
  };
  const place = { origin, chain: null, seen: [0, encodeBase64url(EMPTY_ROOT)] };
  const act = await authorAct(await signingKey(kept.keyId), "convene", place, now(), clear, hidden);
  return { origin, logKey: log_key, act };
}
