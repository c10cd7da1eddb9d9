// Passkeys (W3C Web Authentication): an authenticator makes one, and derives a secret behind it for one process. Nobody is
// signed in by it: the host gets no assertion, only the credential's id.

import { encodeBase64url } from "../codec/base64url.js";
import { refuse } from "../codec/refusal.js";
import { drawBytes } from "../keys/generate.js";
import { secretInput } from "../keys/wrapped_identity.js";
import { gettext as _ } from "../words.js";

const UNIQUE_BYTES = 32; // of a challenge that nobody checks, and of a handle that names nobody
const ALGORITHMS = [-8, -7, -257]; // EdDSA, ES256, RS256: the credential's own signatures are not used

/** @typedef {{ credential: string, secret: Uint8Array }} Used id of the credential, base64url, and 32 secret bytes */

/** Whether this browser knows passkeys at all. */
export function knowsPasskeys() {
  return globalThis.PublicKeyCredential !== undefined;
}

/**
 * A new passkey for this host. Whoever keeps it hears neither the title of the talks nor an office.
 * @param {string} process @param {string} person
 * @returns {Promise<Used>}
 * @throws {Refused} `passkey.*`
 */
export async function makePasskey(process, person) {
  const known = await PublicKeyCredential.getClientCapabilities?.();
  if (known?.["extension:prf"] === false) throw withoutSecret();
  const name = `${process.split("/")[1].slice(0, 8)} ${person}`;
  const made = await used(() => navigator.credentials.create({
    publicKey: {
      rp: { id: location.hostname, name: "detente" },
      user: { id: drawBytes(UNIQUE_BYTES), name, displayName: name },
      challenge: drawBytes(UNIQUE_BYTES),
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      attestation: "none",
      extensions: secretFor(process),
    },
  }));
  const { prf } = made.getClientExtensionResults();
  if (!prf?.enabled) throw withoutSecret();
  // Some authenticators derive a secret only when the passkey is used.
  return prf.results?.first === undefined ? usePasskey(process, made.rawId) : found(made);
}

/**
 * A passkey of this host that its owner chooses, or the one that is named.
 * @param {string} process @param {ArrayBuffer} [credential]
 * @returns {Promise<Used>}
 * @throws {Refused} `passkey.*`
 */
export async function usePasskey(process, credential) {
  const allowCredentials = credential === undefined ? [] : [{ type: "public-key", id: credential }];
  return found(await used(() => navigator.credentials.get({
    publicKey: {
      rpId: location.hostname, challenge: drawBytes(UNIQUE_BYTES), allowCredentials,
      userVerification: "required", extensions: secretFor(process),
    },
  })));
}

/** @param {string} process */
function secretFor(process) {
  return { prf: { eval: { first: secretInput(process) } } };
}

/** @param {PublicKeyCredential} passkey @returns {Used} */
function found(passkey) {
  const secret = passkey.getClientExtensionResults().prf?.results?.first;
  if (secret === undefined) throw withoutSecret();
  return { credential: encodeBase64url(new Uint8Array(passkey.rawId)), secret: new Uint8Array(secret) };
}

/** @param {() => Promise<Credential | null>} ask @returns {Promise<PublicKeyCredential>} */
export async function used(ask) {
  try {
    const passkey = await ask();
    if (passkey !== null) return /** @type {PublicKeyCredential} */ (passkey);
  } catch (error) {
    if (error.name === "SecurityError") {
      const sentence = _("A browser uses passkeys only at an address with a name, over https or at http://localhost.");
      throw refuse("passkey.address", sentence, "W3C Web Authentication sec. 5.1.3", otherWays());
    }
    if (error.name !== "NotAllowedError") {
      const sentence = _("This browser could not use a passkey: {error}.", { error: error.name });
      throw refuse("passkey.failed", sentence, "", otherWays());
    }
  }
  const sentence = _("No passkey was used: it was called off, it took too long, or there is none for this host.");
  throw refuse("passkey.not_used", sentence, "", _("Try again, or use another key of yours."));
}

function withoutSecret() {
  const sentence = _("This passkey can keep no key: this browser, or what keeps its passkeys, does not support that (PRF).");
  return refuse("passkey.no_secret", sentence, "W3C Web Authentication sec. 10.1.4", otherWays());
}

/** What is possible where passkeys are not. */
export function otherWays() {
  return _("Have a key in another browser, or on the command line: a link brings it.");
}
