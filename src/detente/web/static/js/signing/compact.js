// A signed statement: a JWS in compact form (RFC 7515 sec. 7.1), `<header>.<payload>.<signature>`.
//
// The header has exactly three members, in canonical form: `{"alg":"Ed25519","kid":"...","typ":"..."}`.
// `alg` is the fully specified name of RFC 9864; no other is known, so none can be chosen by an attacker. The
// key is never in the header: `kid` only names one that the reader already holds. The payload is a JSON object
// in canonical form. `typ` keeps a statement of one type from being read as another.

import { decodeBase64url, encodeBase64url } from "../codec/base64url.js";
import { utf8 } from "../codec/bytes.js";
import { decodeCanonicalObject, encodeCanonical } from "../codec/canonical_json.js";
import { refuse, unlessRefused } from "../codec/refusal.js";
import { SIGNATURE_BYTES } from "../keys/ed25519.js";
import { gettext as _ } from "../words.js";

const ALG = "Ed25519";
const MEMBERS = ["alg", "kid", "typ"];
const KEY_IN_HEADER = ["jwk", "jku", "x5c", "x5u", "x5t", "x5t#S256"];
const THUMBPRINT_BYTES = 32;

const makeAnew = () =>
  _("Make the statement anew in the form that its specification gives it, and sign it again.");

/**
 * A compact JWS of one type, taken apart; nothing in it is verified yet.
 * @typedef {object} Statement
 * @property {string} typ
 * @property {string} kid
 * @property {Uint8Array} payload
 * @property {Record<string, any>} members what the payload says
 * @property {Uint8Array} signature
 * @property {Uint8Array} signingInput
 */

/**
 * @param {Record<string, any>} members
 * @param {string} typ
 */
function checkHeader(members, typ) {
  const foreign = Object.keys(members).filter((name) => !MEMBERS.includes(name)).sort();
  if (members.alg !== ALG) {
    const clause = "RFC 9864 sec. 2.2; RFC 8725 sec. 3.1";
    const sentence = _("The signature algorithm is not {algorithm}.", { algorithm: ALG });
    throw refuse("envelope.alg", sentence, clause, _("Sign with {algorithm}.", { algorithm: ALG }));
  }
  if ("crit" in members) {
    throw refuse("envelope.crit", _("The header holds a critical extension."), "RFC 7515 sec. 4.1.11", makeAnew());
  }
  if (foreign.some((name) => KEY_IN_HEADER.includes(name))) {
    throw refuse(
      "envelope.key_in_header",
      _("The header brings its own key; keys come from the record's registry only."),
      "RFC 8725 sec. 3.10",
      _("Name the key by its thumbprint in kid."),
    );
  }
  if (foreign.length > 0) {
    const sentence = _("The header holds “{member}”, which is not known.", { member: foreign[0] });
    throw refuse("envelope.header_member", sentence, "", makeAnew());
  }
  if (members.typ !== typ) {
    const sentence = _("The statement is not of type {typ}.", { typ });
    throw refuse("envelope.typ", sentence, "RFC 8725 sec. 3.11", makeAnew());
  }
}

/** @param {unknown} kid */
function isThumbprint(kid) {
  if (typeof kid !== "string") return false;
  return unlessRefused(() => decodeBase64url(kid).length === THUMBPRINT_BYTES, false);
}

/**
 * The `kid` of a header, given as its base64url text.
 * @param {string} text
 * @param {string} typ
 * @returns {string}
 * @throws {Refused} `envelope.alg`, `.crit`, `.key_in_header`, `.header_member`, `.typ`, `.kid_malformed`,
 * `base64.not_canonical` or `json.*`
 */
export function readHeader(text, typ) {
  const members = decodeCanonicalObject(decodeBase64url(text));
  checkHeader(members, typ);
  if (!isThumbprint(members.kid)) {
    throw refuse(
      "envelope.kid_malformed",
      _("The header does not name a key by its thumbprint."),
      "RFC 7638 sec. 3",
      makeAnew(),
    );
  }
  return members.kid;
}

/**
 * `payload` in canonical form, signed.
 * @param {import("../keys/generate.js").SigningKey} key
 * @param {string} typ
 * @param {Record<string, any>} payload
 * @returns {Promise<string>}
 * @throws {Refused} `json.*`
 */
export async function signCompact(key, typ, payload) {
  const header = encodeBase64url(encodeCanonical({ alg: ALG, kid: key.keyId, typ }));
  const signingInput = `${header}.${encodeBase64url(encodeCanonical(payload))}`;
  return `${signingInput}.${encodeBase64url(await key.sign(utf8(signingInput)))}`;
}

/**
 * Take a compact JWS of type `typ` apart. Its signature is not verified here.
 * @param {string} text
 * @param {string} typ
 * @returns {Statement}
 * @throws {Refused} the codes of `readHeader`, `envelope.parts`, `envelope.signature_length`,
 * `base64.not_canonical` or `json.*`
 */
export function parseCompact(text, typ) {
  const parts = text.split(".");
  if (parts.length !== 3) {
    const sentence = _("The statement does not consist of header, payload and signature.");
    throw refuse("envelope.parts", sentence, "RFC 7515 sec. 7.1", makeAnew());
  }
  const kid = readHeader(parts[0], typ);
  const payload = decodeBase64url(parts[1]);
  const signature = decodeBase64url(parts[2]);
  if (signature.length !== SIGNATURE_BYTES) {
    const places = { size: SIGNATURE_BYTES, found: signature.length };
    const sentence = _("A signature has {size} bytes, not {found}.", places);
    throw refuse("envelope.signature_length", sentence, "RFC 8032 sec. 5.1.6", makeAnew());
  }
  const members = decodeCanonicalObject(payload);
  return { typ, kid, payload, members, signature, signingInput: utf8(`${parts[0]}.${parts[1]}`) };
}
