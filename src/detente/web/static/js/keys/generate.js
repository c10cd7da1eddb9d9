// Key pairs, and the only randomness in this folder. A private key never leaves the browser's own keeping:
// `extractable` is false, so that no script can read it, though a script that runs in this page can use it.

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
 * @returns {Promise<CryptoKeyPair>} for signing
 * @throws {Refused} `browser.algorithm`, `browser.insecure_context`
 */
export function generateSigningPair() {
  return ifKnown("Ed25519", () => webCrypto().generateKey("Ed25519", false, ["sign", "verify"]));
}

/**
 * @returns {Promise<CryptoKeyPair>} for reading what is sealed to its public half
 * @throws {Refused} `browser.algorithm`, `browser.insecure_context`
 */
export function generateSealingPair() {
  return ifKnown("X25519", () => webCrypto().generateKey("X25519", false, ["deriveBits"]));
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
