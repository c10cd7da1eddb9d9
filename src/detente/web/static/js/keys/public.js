// Which bytes are admitted as a public key. Checked at enrolment and again before any signature.
//
// 1. 32 bytes.
// 2. One encoding for each point: y below p, and no sign on x = 0 (RFC 8032 sec. 5.1.3).
// 3. A point of the curve.
// 4. Not one of the eight points of small order: the identity point "verifies" any message.
// 5. In the group of prime order: with a component of small order, verifiers disagree on one signature.

import { decodeBase64url } from "../codec/base64url.js";
import { littleEndian } from "../codec/bytes.js";
import { refuse } from "../codec/refusal.js";
import { gettext as _ } from "../words.js";
import { hasPrimeOrder, hasSmallOrder, isOnCurve } from "./curve.js";
import { KEY_BYTES, P } from "./ed25519.js";

const anotherKey = () => _("Enrol another key, made by a generator that you trust.");

/**
 * @param {Uint8Array} publicKey
 * @throws {Refused} `key.length`, `key.not_canonical`, `key.not_on_curve`, `key.small_order` or
 * `key.mixed_order`, in that order
 */
export function checkPublicKey(publicKey) {
  if (publicKey.length !== KEY_BYTES) {
    const sentence = _("A public key has 32 bytes, not {found}.", { found: publicKey.length });
    throw refuse("key.length", sentence, "RFC 8032 sec. 5.1.5", anotherKey());
  }
  const number = littleEndian(publicKey);
  const [y, signed] = [number & (2n ** 255n - 1n), number >> 255n === 1n];
  if (y >= P || (signed && (y === 1n || y === P - 1n))) {
    const sentence = _("The public key is a second spelling of another key.");
    throw refuse("key.not_canonical", sentence, "RFC 8032 sec. 5.1.3", anotherKey());
  }
  if (!isOnCurve(y)) {
    const sentence = _("The bytes are no point of Ed25519.");
    throw refuse("key.not_on_curve", sentence, "RFC 8032 sec. 5.1.3", anotherKey());
  }
  if (hasSmallOrder(y)) {
    const sentence = _("The public key is a point of small order, for which anyone can make signatures.");
    throw refuse("key.small_order", sentence, "", anotherKey());
  }
  if (!hasPrimeOrder(y)) {
    const sentence = _("The public key has a component of small order, on which verifiers disagree.");
    throw refuse("key.mixed_order", sentence, "RFC 8032 sec. 8.8", anotherKey());
  }
}

/**
 * The 32 bytes behind a JWK's `x` (RFC 8037 sec. 2), checked.
 * @param {string} x
 * @returns {Uint8Array}
 * @throws {Refused} `base64.not_canonical`, or as `checkPublicKey`
 */
export function readPublicKey(x) {
  const publicKey = decodeBase64url(x);
  checkPublicKey(publicKey);
  return publicKey;
}
