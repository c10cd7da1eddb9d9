// Key pairs, and the only randomness in this folder. A private key never leaves the browser's own keeping:
// `extractable` is false, so that no script can read it, though a script that runs in this page can use it. The one
// exception is a key that is to be wrapped behind a passkey (wrapped_identity.js): nothing keeps it as it is made here.

import { ifKnown, webCrypto } from "../codec/web_crypto.js";
import { thumbprint } from "./thumbprint.js";

/**
 * An Ed25519 key that can sign.
 * @typedef {object} SigningKey
 * @property {Uint8Array} publicKey 32 bytes
 * @property {string} keyId the thumbprint, 43 characters
 * @property {(message: Uint8Array) => Promise<Uint8Array>} sign 64 bytes; some browsers draw randomness for them
 */

/**
 * @param {boolean} [toBeWrapped] whether its private half can be read
 * @returns {Promise<CryptoKeyPair>} for signing
 * @throws {Refused} `browser.algorithm`, `browser.insecure_context`
 */
export function generateSigningPair(toBeWrapped = false) {
  return ifKnown("Ed25519", () => webCrypto().generateKey("Ed25519", toBeWrapped, ["sign", "verify"]));
}

/**
 * @param {boolean} [toBeWrapped] whether its private half can be read
 * @returns {Promise<CryptoKeyPair>} for reading what is sealed to its public half
 * @throws {Refused} `browser.algorithm`, `browser.insecure_context`
 */
export function generateSealingPair(toBeWrapped = false) {
  return ifKnown("X25519", () => webCrypto().generateKey("X25519", toBeWrapped, ["deriveBits"]));
}

/** Bytes that nobody can guess, for a nonce, a challenge or a handle. @param {number} count @returns {Uint8Array} */
export function drawBytes(count) {
  return crypto.getRandomValues(new Uint8Array(count));
}

/**
 * The 32 bytes of a pair's public half.
 * @param {CryptoKeyPair} pair
 * @returns {Promise<Uint8Array>}
 */
export async function publicHalf(pair) {
  return new Uint8Array(await webCrypto().exportKey("raw", pair.publicKey));
}

/**
 * @param {CryptoKeyPair} pair of Ed25519
 * @returns {Promise<SigningKey>}
 */
export async function signingKeyOf(pair) {
  const publicKey = await publicHalf(pair);
  const sign = async (message) =>
    new Uint8Array(await webCrypto().sign("Ed25519", pair.privateKey, message));
  return { publicKey, keyId: await thumbprint(publicKey), sign };
}
