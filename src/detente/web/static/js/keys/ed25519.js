// The numbers of Ed25519 (RFC 8032 sec. 5.1) and the one place where a signature is checked.
//
// Implementations disagree about what lies at the edge, so the edge is refused before the browser is asked:
// keys in keys/public.js, signatures here.

import { littleEndian } from "../codec/bytes.js";
import { ifKnown, webCrypto } from "../codec/web_crypto.js";

/** The field's prime. */
export const P = 2n ** 255n - 19n;
/** The order of the base point. */
export const L = 2n ** 252n + 27742317777372353535851937790883648493n;
export const KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

/**
 * Whether S, the second half, is below L: otherwise S + L is a second signature of the same act.
 * @param {Uint8Array} signature
 */
export function scalarBelowOrder(signature) {
  return littleEndian(signature.subarray(32)) < L;
}

/**
 * Whether R, the first half, is the identity. No signer draws it by chance, and who signs so gives the private
 * key away; libsodium refuses it where OpenSSL and browsers do not.
 * @param {Uint8Array} signature
 */
function beginsWithIdentity(signature) {
  return littleEndian(signature.subarray(0, 32)) === 1n;
}

/**
 * Whether `signature` is `publicKey`'s over `message` (RFC 8032 sec. 5.1.7). Never throws on bad bytes.
 * @param {Uint8Array} publicKey must have passed `checkPublicKey`
 * @param {Uint8Array} message
 * @param {Uint8Array} signature
 * @returns {Promise<boolean>}
 */
export async function signatureHolds(publicKey, message, signature) {
  if (signature.length !== SIGNATURE_BYTES || !scalarBelowOrder(signature)) return false;
  if (beginsWithIdentity(signature)) return false;
  return ifKnown("Ed25519", async () => {
    const key = await webCrypto().importKey("raw", publicKey, "Ed25519", false, ["verify"]);
    return webCrypto().verify("Ed25519", key, signature, message);
  });
}
