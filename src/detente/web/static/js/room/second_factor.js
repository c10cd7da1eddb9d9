// A passkey beside a key: signing in takes both. The host checks what the authenticator signs; nothing is derived from it
// (that is passkeys.js), and no act is signed with it.

import { decodeBase64url, encodeBase64url } from "../codec/base64url.js";
import { refuse } from "../codec/refusal.js";
import { drawBytes } from "../keys/generate.js";
import { signingKey } from "../keys/keyring.js";
import { gettext as _ } from "../words.js";
import { onClick } from "./clicking.js";
import { addressOf, ask } from "./host.js";
import { knowsPasskeys, used } from "./passkeys.js";
import { answered, keyThatAsks } from "./sign_in.js";

const HANDLE_BYTES = 32; // names nobody
const ALGORITHMS = [-8, -7]; // EdDSA, ES256: what the host checks

/**
 * Where signing in by itself met a key that asks for a passkey, offer to use it.
 * @param {string} process origin of the main log @returns {boolean} whether that is so
 */
export function offerSecondFactor(process) {
  const found = keyThatAsks(process);
  if (found === undefined) return false;
  const entrance = document.getElementById("use-second-factor");
  entrance.hidden = false;
  onClick(entrance.querySelector("button"), entrance.querySelector(".state-of-signing"), async () => {
    const { token, challenge } = await answered(process, found.key);
    const assertion = await assertionOf(found.credential, challenge);
    await send(process, "session", { token, assertion });
    location.replace(location.pathname + location.search);
  });
  return true;
}

/**
 * On the page of one's keys: let the key of this browser ask for a passkey, or no longer.
 * @param {string} process @param {Set<string>} held ids of the keys that this browser holds @param {HTMLElement} state
 */
export function offerToSet(process, held, state) {
  const own = [...document.querySelectorAll(".key")].find((key) => held.has(key.dataset.key) && key.querySelector("details"));
  if (own === undefined || !knowsPasskeys()) return;
  const asks = own.dataset.asks !== undefined;
  const row = document.getElementById(asks ? "no-second-factor" : "second-factor");
  row.hidden = false;
  onClick(row.querySelector("button"), state, async () => {
    const key = await signingKey(own.dataset.key);
    await (asks ? end(process, key) : set(process, key));
    location.reload();
  });
}

/** @param {string} process @param {import("../keys/generate.js").SigningKey} key */
async function set(process, key) {
  const name = [process.split("/")[1].slice(0, 8), _("to sign in")].join(" · ");
  const made = await used(() => navigator.credentials.create({
    publicKey: {
      rp: { id: location.hostname, name: "detente" },
      user: { id: drawBytes(HANDLE_BYTES), name, displayName: name },
      challenge: drawBytes(HANDLE_BYTES), // nobody checks it: the passkey is used at once, for the host's
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: { userVerification: "required" },
      attestation: "none",
    },
  }));
  const response = /** @type {AuthenticatorAttestationResponse} */ (made.response);
  const publicKey = response.getPublicKey?.() ?? null;
  if (publicKey === null) throw notKnown();
  const [credential, publicText] = [text(made.rawId), text(publicKey)];
  const { token, challenge } = await answered(process, key);
  const assertion = await assertionOf(credential, challenge);
  await send(process, "second-factor", { token, credential, public: publicText, assertion });
}

/** @param {string} process @param {import("../keys/generate.js").SigningKey} key */
async function end(process, key) {
  const first = await answered(process, key);
  const { credential } = await ask(`${addressOf(process)}/session`, { method: "POST", body: first.token });
  if (credential === undefined) return; // it asks for none any more
  const { token, challenge } = await answered(process, key);
  await send(process, "second-factor/end", { token, assertion: await assertionOf(credential, challenge) });
}

/** @param {string} credential base64url @param {string} challenge of the host */
async function assertionOf(credential, challenge) {
  const passkey = await used(() => navigator.credentials.get({
    publicKey: {
      rpId: location.hostname, challenge: new TextEncoder().encode(challenge), userVerification: "required",
      allowCredentials: [{ type: "public-key", id: decodeBase64url(credential) }],
    },
  }));
  const { clientDataJSON, authenticatorData, signature } = /** @type {AuthenticatorAssertionResponse} */ (passkey.response);
  return { client_data: text(clientDataJSON), authenticator_data: text(authenticatorData), signature: text(signature) };
}

/** @param {string} process @param {string} where @param {object} what */
function send(process, where, what) {
  return ask(`${addressOf(process)}/${where}`, { method: "POST", body: JSON.stringify(what) });
}

/** @param {ArrayBuffer} bytes */
function text(bytes) {
  return encodeBase64url(new Uint8Array(bytes));
}

function notKnown() {
  const sentence = _("This browser does not say what the passkey’s key is, or the host does not know its kind.");
  return refuse("passkey.failed", sentence, "", _("Keep the passkey on another device."));
}
