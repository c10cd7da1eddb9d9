// Verification turns an `Envelope` into a `VerifiedEnvelope`. There is no flag to forget.
//
// The caller finds the public key by `kid` in the record's registry. Whether that key was in force at the act's
// index, and whose it is, is asked elsewhere.

import { encodeBase64url } from "../codec/base64url.js";
import { refuse } from "../codec/refusal.js";
import { scalarBelowOrder, signatureHolds } from "../keys/ed25519.js";
import { checkPublicKey } from "../keys/public.js";
import { thumbprint } from "../keys/thumbprint.js";
import { gettext as _ } from "../words.js";

/** Keys that were admitted, and their ids: a record has few keys and many acts. @type {Map<string, string>} */
const ADMITTED = new Map();

const signAgain = () => _("Sign it again with the key that its header names, and send it unchanged.");

/**
 * An act whose signature holds under the key `kid`. Made by `verify` only. Disclosures: unopened.
 * @typedef {{ kid: string, members: Record<string, any>, payload: Uint8Array, entry: Uint8Array,
 *   disclosures: string[] }} VerifiedEnvelope
 */

/** @param {Uint8Array} publicKey @returns {Promise<string>} its key id */
async function admittedKeyId(publicKey) {
  const text = encodeBase64url(publicKey);
  if (!ADMITTED.has(text)) {
    checkPublicKey(publicKey);
    ADMITTED.set(text, await thumbprint(publicKey));
  }
  return ADMITTED.get(text);
}

/**
 * @param {import("./compact.js").Statement} signed
 * @param {Uint8Array} publicKey
 */
async function check(signed, publicKey) {
  if ((await admittedKeyId(publicKey)) !== signed.kid) {
    const sentence = _("The header names another key than this one.");
    throw refuse("envelope.kid", sentence, "RFC 7638 sec. 3", signAgain());
  }
  if (!scalarBelowOrder(signed.signature)) {
    throw refuse(
      "envelope.signature_range",
      _("The signature's S is not below the group's order, so a second spelling of it exists."),
      "RFC 8032 sec. 5.1.7 and 8.4",
      signAgain(),
    );
  }
  if (!(await signatureHolds(publicKey, signed.signingInput, signed.signature))) {
    throw refuse(
      "envelope.signature",
      _("The signature does not hold for these bytes under this key."),
      "RFC 8032 sec. 5.1.7",
      signAgain(),
    );
  }
}

/**
 * @param {import("./envelope.js").Envelope} envelope
 * @param {Uint8Array} publicKey
 * @returns {Promise<VerifiedEnvelope>}
 * @throws {Refused} `key.*`, `envelope.kid`, `.signature_range` or `.signature`
 */
export async function verify(envelope, publicKey) {
  await check(envelope, publicKey);
  const { kid, members, payload, entry, disclosures } = envelope;
  return { kid, members, payload, entry, disclosures };
}

/**
 * As `verify`, for a statement of another type.
 * @param {import("./compact.js").Statement} statement
 * @param {Uint8Array} publicKey
 * @returns {Promise<{ typ: string, kid: string, members: Record<string, any> }>}
 */
export async function verifyStatement(statement, publicKey) {
  await check(statement, publicKey);
  const { typ, kid, members } = statement;
  return { typ, kid, members };
}
