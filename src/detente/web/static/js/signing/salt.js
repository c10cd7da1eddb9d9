// Randomness for salts and nonces, 128 bits each from the system's generator (RFC 9901 sec. 9.3).

import { encodeBase64url } from "../codec/base64url.js";

export const SALT_BYTES = 16;

function draw() {
  return encodeBase64url(crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
}

/**
 * A new salt for one disclosure or one decoy, base64url, 22 characters. Never use one twice.
 * @returns {string}
 */
export function makeSalt() {
  return draw();
}

/**
 * A new nonce, of the same form, for a content hash: an edition that differs by a word is guessable.
 * @returns {string}
 */
export function makeNonce() {
  return draw();
}
