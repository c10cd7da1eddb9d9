// A person's keys for one process, wrapped under a secret that an authenticator derives (docs/specs/wrapped-identity.md).
//
// The secret is the output of the authenticator's pseudo-random function (WebAuthn sec. 10.1.4) for an input that names
// the process. It leaves the authenticator only after its owner was verified; the host never has it.

import { decodeBase64url, encodeBase64url } from "../codec/base64url.js";
import { concat, equalBytes, fromHex, utf8 } from "../codec/bytes.js";
import { encodeCanonical } from "../codec/canonical_json.js";
import { refuse } from "../codec/refusal.js";
import { ifKnown, webCrypto } from "../codec/web_crypto.js";
import { gettext as _ } from "../words.js";
import { signatureHolds } from "./ed25519.js";
import { drawBytes, publicHalf, signingKeyOf } from "./generate.js";

/** @typedef {{ signingPair: CryptoKeyPair, sealingPair: CryptoKeyPair }} Pairs of Ed25519 and of X25519 */

/**
 * What the host keeps.
 * @typedef {object} WrappedIdentity
 * @property {string} person
 * @property {string} public of the pair to sign with, base64url
 * @property {string} sealing of the pair to read with, base64url
 * @property {string} wrapped nonce, both private keys encrypted, tag; base64url
 */

const LABEL = "detente wrapped identity v1\n";
const PRIVATE_BYTES = 32;
const NONCE_BYTES = 12;
const PKCS8 = { Ed25519: pkcs8Of("70"), X25519: pkcs8Of("6e") };
const BASE_POINT = Uint8Array.of(9, ...new Uint8Array(31)); // RFC 7748 sec. 4.1

/** What stands before a private key in its file (RFC 8410 sec. 7). @param {string} curve last byte of its OID, in hex */
function pkcs8Of(curve) {
  return fromHex(`302e020100300506032b65${curve}04220420`);
}

/** What the authenticator derives the secret from. @param {string} process @returns {Uint8Array} */
export function secretInput(process) {
  return utf8(LABEL + process);
}

/** HKDF-SHA-256 (RFC 5869). @param {Uint8Array} secret 32 bytes @param {string} process @returns {Promise<CryptoKey>} */
async function wrappingKey(secret, process) {
  const material = await webCrypto().importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: utf8(LABEL), info: utf8(process) };
  return webCrypto().deriveKey(hkdf, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** What a wrapped identity says of itself in the clear, and is bound to. */
function said(process, { person, public: publicKey, sealing }) {
  return concat(utf8(LABEL), encodeCanonical({ origin: process, person, public: publicKey, sealing }));
}

/**
 * @param {Uint8Array} secret of the authenticator, for `secretInput(process)`
 * @param {string} process
 * @param {string} person
 * @param {Pairs} pairs whose private halves can be read
 * @returns {Promise<WrappedIdentity>}
 */
export async function wrapIdentity(secret, process, person, { signingPair, sealingPair }) {
  const [publicKey, sealing] = [await publicHalf(signingPair), await publicHalf(sealingPair)].map(encodeBase64url);
  const told = { person, public: publicKey, sealing };
  const inside = concat(await privateHalf(signingPair), await privateHalf(sealingPair));
  const nonce = drawBytes(NONCE_BYTES);
  const gcm = { name: "AES-GCM", iv: nonce, additionalData: said(process, told) };
  const encrypted = await webCrypto().encrypt(gcm, await wrappingKey(secret, process), inside);
  inside.fill(0);
  return { ...told, wrapped: encodeBase64url(concat(nonce, new Uint8Array(encrypted))) };
}

/**
 * The keys that were wrapped, as keys that no script can read. Their public halves are those that the host told.
 * @param {Uint8Array} secret
 * @param {string} process
 * @param {WrappedIdentity} kept
 * @returns {Promise<Pairs>}
 * @throws {Refused} `passkey.damaged`
 */
export async function openIdentity(secret, process, kept) {
  const inside = await decrypted(secret, process, kept);
  const [seed, scalar] = [inside.subarray(0, PRIVATE_BYTES), inside.subarray(PRIVATE_BYTES)];
  const pairs = {
    signingPair: await imported("Ed25519", seed, kept.public, ["sign"], ["verify"]),
    sealingPair: await imported("X25519", scalar, kept.sealing, ["deriveBits"], []),
  };
  inside.fill(0);
  if (!(await signs(pairs.signingPair, said(process, kept))) || !(await opens(pairs.sealingPair))) throw damaged();
  return pairs;
}

/** @returns {Promise<Uint8Array>} the private keys, one after the other */
async function decrypted(secret, process, kept) {
  try {
    const raw = decodeBase64url(kept.wrapped);
    const gcm = { name: "AES-GCM", iv: raw.subarray(0, NONCE_BYTES), additionalData: said(process, kept) };
    const inside = await webCrypto().decrypt(gcm, await wrappingKey(secret, process), raw.subarray(NONCE_BYTES));
    return new Uint8Array(inside);
  } catch {
    throw damaged(); // another secret, another process, person or key, or a byte that is not as it was
  }
}

/** RFC 8037 sec. 2. @param {CryptoKeyPair} pair @returns {Promise<Uint8Array>} 32 bytes */
async function privateHalf({ privateKey }) {
  return decodeBase64url((await webCrypto().exportKey("jwk", privateKey)).d);
}

/** @returns {Promise<CryptoKeyPair>} of which nobody has checked yet that its halves belong together */
function imported(curve, privateBytes, publicKey, uses, publicUses) {
  return ifKnown(curve, async () => {
    try {
      return {
        privateKey: await webCrypto().importKey("pkcs8", concat(PKCS8[curve], privateBytes), curve, false, uses),
        publicKey: await webCrypto().importKey("raw", decodeBase64url(publicKey), curve, true, publicUses),
      };
    } catch (error) {
      throw error.name === "NotSupportedError" ? error : damaged(); // not 32 bytes
    }
  });
}

/** @param {CryptoKeyPair} pair @param {Uint8Array} message */
async function signs(pair, message) {
  const { publicKey, sign } = await signingKeyOf(pair);
  return signatureHolds(publicKey, message, await sign(message));
}

/** Whether the private half gives the public one (RFC 7748 sec. 6.1). @param {CryptoKeyPair} pair */
async function opens(pair) {
  const base = await webCrypto().importKey("raw", BASE_POINT, "X25519", true, []);
  const found = await webCrypto().deriveBits({ name: "X25519", public: base }, pair.privateKey, 8 * PRIVATE_BYTES);
  return equalBytes(new Uint8Array(found), await publicHalf(pair));
}

function damaged() {
  return refuse(
    "passkey.damaged",
    _("What the host keeps behind this passkey does not open, or is not the key that it says."),
    "docs/specs/wrapped-identity.md",
    _("Use another key of yours, or ask a mediator for a link."),
  );
}
