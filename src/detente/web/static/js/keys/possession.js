// Proof of possession: at enrolment a person signs, with the new key, who it is for and in which log.
//
// The signed bytes are a label, a line end and a canonical JSON statement. Neither a JWS signing input nor a
// signed note can begin with the label, so a proof is never an act or a checkpoint, nor the other way round.
// A proof names the log and the person: one made elsewhere, or for someone else, proves nothing here.
// Where a key to read with stands beside the new key, the proof names it too: whoever carries the two cannot exchange
// the second.

import { decodeBase64url, encodeBase64url } from "../codec/base64url.js";
import { concat, utf8 } from "../codec/bytes.js";
import { encodeCanonical } from "../codec/canonical_json.js";
import { refuse, unlessRefused } from "../codec/refusal.js";
import { gettext as _ } from "../words.js";
import { signatureHolds } from "./ed25519.js";
import { checkPublicKey } from "./public.js";
import { thumbprint } from "./thumbprint.js";

const LABEL = "detente proof of possession v1\n";

/**
 * The bytes that the new key signs.
 * @param {string} keyId
 * @param {string} origin
 * @param {string} person
 * @param {string | null} [sealing] the X25519 key beside it, base64url
 * @returns {Uint8Array}
 */
export function possessionStatement(keyId, origin, person, sealing = null) {
  const stated = { key: keyId, origin, person };
  return concat(utf8(LABEL), encodeCanonical(sealing === null ? stated : { ...stated, sealing }));
}

/**
 * The proof: a signature, base64url, 86 characters.
 * @param {import("./generate.js").SigningKey} key
 * @param {string} origin
 * @param {string} person
 * @param {string | null} [sealing]
 * @returns {Promise<string>}
 */
export async function provePossession(key, origin, person, sealing = null) {
  return encodeBase64url(await key.sign(possessionStatement(key.keyId, origin, person, sealing)));
}

/**
 * @param {Uint8Array} publicKey
 * @param {string} origin
 * @param {string} person
 * @param {string} proof
 * @param {string | null} [sealing]
 * @throws {Refused} `key.possession`, or one of `checkPublicKey` for the key itself
 */
export async function checkPossession(publicKey, origin, person, proof, sealing = null) {
  checkPublicKey(publicKey);
  const signature = unlessRefused(() => decodeBase64url(proof), new Uint8Array());
  const statement = possessionStatement(await thumbprint(publicKey), origin, person, sealing);
  if (!(await signatureHolds(publicKey, statement, signature))) {
    throw refuse(
      "key.possession",
      _("The proof does not show that this person holds this key in this process."),
      "RFC 4211 sec. 4",
      _("Sign the proof again with the key that is being enrolled."),
    );
  }
}
