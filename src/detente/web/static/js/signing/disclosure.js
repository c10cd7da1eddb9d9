// Hidden fields (RFC 9901 sec. 4.2): the payload's `_sd` holds digests, a disclosure opens one of them.
//
// A disclosure is the base64url text of the canonical JSON array `[salt, name, value]`; its digest is SHA-256
// over that text. `_sd` always has the kind's full number of digests, sorted. Those of absent fields are
// decoys: digests of a bare salt, which no array can open.

import { decodeBase64url, encodeBase64url } from "../codec/base64url.js";
import { utf8 } from "../codec/bytes.js";
import { decodeCanonical, encodeCanonical } from "../codec/canonical_json.js";
import { refuse, unlessRefused } from "../codec/refusal.js";
import { sha256 } from "../codec/web_crypto.js";
import { gettext as _ } from "../words.js";
import { SALT_BYTES } from "./salt.js";

/** Payload members of every kind. None of them can be hidden. */
export const ENVELOPE_MEMBERS = Object.freeze([
  "v", "proc", "act", "iat", "seq", "prev", "seen", "on", "aud", "_sd",
]);
/** Names with a meaning of their own in RFC 9901. */
export const SD_JWT_NAMES = Object.freeze(["_sd", "...", "_sd_alg"]);

const DIGEST_BYTES = 32;
/** As fields of acts are named: what its author calls a disclosure is no line of a report and no heading of a page. */
const NAME = /^[a-z][a-z0-9_]*$/;
const NOTHING = new Uint8Array();

const makeAnew = () => _("Make the act anew, each hidden field once and under its own name, and sign it again.");
const sendItsOwn = () => _("Send each disclosure of this act once, as it was made, and no other.");

/**
 * One hidden field, opened.
 * @typedef {{ salt: string, name: string, value: any }} Disclosure
 */

/**
 * SHA-256 of a disclosure's ASCII text, base64url (RFC 9901 sec. 4.2.3).
 * @param {string} disclosure
 * @returns {Promise<string>}
 */
export async function digestOf(disclosure) {
  return encodeBase64url(await sha256(utf8(disclosure)));
}

/**
 * The digest that stands for a field which is absent (RFC 9901 sec. 4.2.5).
 * @param {string} salt
 * @returns {Promise<string>}
 */
export function decoyOf(salt) {
  return digestOf(salt);
}

/** @param {unknown} value @returns {boolean} */
function holdsSdJwtName(value) {
  if (value === null || typeof value !== "object") return false;
  if (!Array.isArray(value) && SD_JWT_NAMES.some((name) => Object.hasOwn(value, name))) return true;
  return Object.values(value).some(holdsSdJwtName);
}

/** The size of what `text` spells in base64url; 0 where it spells nothing. @param {unknown} text */
function sizeOf(text) {
  return typeof text === "string" ? unlessRefused(() => decodeBase64url(text), NOTHING).length : 0;
}

/** @param {string} salt */
function checkSalt(salt) {
  if (sizeOf(salt) >= SALT_BYTES) return;
  throw refuse(
    "disclosure.salt",
    _("The salt is not base64url of at least 128 bits, so the hidden value could be guessed."),
    "RFC 9901 sec. 9.3",
    _("Draw a new salt from the system's generator."),
  );
}

/** @param {Disclosure} disclosure */
function checkNames({ name, value }) {
  if (SD_JWT_NAMES.includes(name)) {
    const sentence = _("A disclosure is named “{name}”.", { name });
    throw refuse("disclosure.reserved_name", sentence, "RFC 9901 sec. 7.1", makeAnew());
  }
  if (holdsSdJwtName(value)) {
    throw refuse(
      "disclosure.nested",
      _("The value of “{name}” holds digests of its own.", { name }),
      "RFC 9901 sec. 4.2.6",
      _("Hide whole fields only, at the top of the payload."),
    );
  }
}

/**
 * @param {string} disclosure
 * @returns {Disclosure}
 * @throws {Refused} `disclosure.malformed`, `.salt`, `.reserved_name` or `.nested`
 */
export function readDisclosure(disclosure) {
  const array = unlessRefused(() => decodeCanonical(decodeBase64url(disclosure)), null);
  const [salt, name, value] = Array.isArray(array) && array.length === 3 ? array : [];
  if (typeof salt !== "string" || typeof name !== "string" || !(SD_JWT_NAMES.includes(name) || NAME.test(name))) {
    throw refuse(
      "disclosure.malformed",
      _("A disclosure is not base64url of a canonical JSON array of salt, name and value."),
      "RFC 9901 sec. 4.2.1",
      sendItsOwn(),
    );
  }
  checkSalt(salt);
  checkNames({ salt, name, value });
  return { salt, name, value };
}

/**
 * The text that opens `name`.
 * @param {string} name
 * @param {unknown} value
 * @param {string} salt
 * @returns {string}
 * @throws {Refused} `json.outside_profile`, or as `readDisclosure`
 */
export function makeDisclosure(name, value, salt) {
  const disclosure = encodeBase64url(encodeCanonical([salt, name, value]));
  readDisclosure(disclosure);
  return disclosure;
}

/**
 * That `_sd` holds SHA-256 digests, sorted, none twice.
 * @param {readonly string[]} sd
 * @throws {Refused} `disclosure.digest`, `.digest_twice` or `.not_sorted`
 */
export function checkDigests(sd) {
  if (sd.some((digest) => sizeOf(digest) !== DIGEST_BYTES)) {
    throw refuse("disclosure.digest", _("_sd holds something that is no SHA-256 digest."), "", makeAnew());
  }
  if (new Set(sd).size < sd.length) {
    throw refuse("disclosure.digest_twice", _("_sd holds a digest twice."), "RFC 9901 sec. 7.1", makeAnew());
  }
  if (sd.some((digest, at) => at > 0 && sd[at - 1] > digest)) {
    // An author's own order would tell which digest is which field.
    const sentence = _("The digests of _sd are not sorted.");
    throw refuse("disclosure.not_sorted", sentence, "RFC 9901 sec. 4.2.4.1", makeAnew());
  }
}

/**
 * The hidden fields that `disclosures` open, by name, in their order. Fewer than `sd` may be opened.
 * @param {readonly string[]} sd
 * @param {readonly string[]} disclosures
 * @param {readonly string[]} clearNames the members of the payload
 * @returns {Promise<Record<string, any>>}
 * @throws {Refused} the codes of `checkDigests` and `readDisclosure`, `disclosure.duplicate`, `.unreferenced`,
 * `.overrides` or `.name_twice`
 */
export async function openDisclosures(sd, disclosures, clearNames) {
  checkDigests(sd);
  if (new Set(disclosures).size < disclosures.length) {
    throw refuse("disclosure.duplicate", _("A disclosure is there twice."), "RFC 9901 sec. 7.1", sendItsOwn());
  }
  const opened = Object.create(null);
  for (const text of disclosures) {
    const { name, value } = readDisclosure(text);
    const found = await placeFault(name, text, sd, clearNames, opened);
    if (found !== null) throw found;
    opened[name] = value;
  }
  return opened;
}

/** The refusal of a disclosure that is sound by itself and cannot be opened here, or null. */
async function placeFault(name, text, sd, clearNames, opened) {
  const found = (code, sentence, instead) => refuse(`disclosure.${code}`, sentence, "RFC 9901 sec. 7.1", instead);
  if (!sd.includes(await digestOf(text))) {
    const sentence = _("The disclosure of “{name}” opens no digest of this act.", { name });
    return found("unreferenced", sentence, sendItsOwn());
  }
  if (clearNames.includes(name) || ENVELOPE_MEMBERS.includes(name)) {
    const sentence = _("The disclosure of “{name}” would replace a field that stands in the clear.", { name });
    return found("overrides", sentence, makeAnew());
  }
  if (!(name in opened)) return null;
  return found("name_twice", _("Two disclosures are named “{name}”.", { name }), makeAnew());
}
