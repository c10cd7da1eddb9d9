// Canonical JSON: the JCS form (RFC 8785) of a profile in which it has one spelling.
//
// The profile: objects with ASCII keys, arrays, strings, integers of at most 53 bits, true, false, null.
// No floats: a signed 1.0 and 1 would be two texts of one number.

import { gettext as _ } from "../words.js";
import { fromUtf8, isAscii, utf8 } from "./bytes.js";
import { beyond53Bits, notAnInteger, OutsideProfile, readJson, writeAgain } from "./json_text.js";
import { refuse } from "./refusal.js";

const DEEPEST = 64; // a fixed limit, so that no verdict depends on how much stack a reader has left
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The first departure from the profile, as a sentence, or null.
 * @param {unknown} value
 * @param {number} [depth]
 * @returns {string | null}
 * @throws {Refused} `json.too_deep`
 */
function fault(value, depth = 0) {
  if (value === null || typeof value !== "object") return scalarFault(value);
  if (value instanceof OutsideProfile) return value.fault;
  if (depth === DEEPEST) {
    const sentence = _("The JSON is nested more than {depth} deep.", { depth: DEEPEST });
    throw refuse("json.too_deep", sentence, "RFC 8259 sec. 9", writeAgain());
  }
  if (!Array.isArray(value)) {
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== null && prototype !== Object.prototype) return ofType(value.constructor.name);
    if (!Object.keys(value).every(isAscii)) return _("The value holds a key that is not ASCII.");
  }
  for (const item of Array.isArray(value) ? value : Object.values(value)) {
    const found = fault(item, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** @param {unknown} value */
function scalarFault(value) {
  if (value === null || typeof value === "boolean") return null;
  // RFC 8785 sec. 3.2.2.2: a lone surrogate has no UTF-8 form.
  if (typeof value === "string") return LONE_SURROGATE.test(value) ? _("The value holds a lone surrogate.") : null;
  if (typeof value !== "number") return ofType(typeof value);
  if (!Number.isInteger(value)) return notAnInteger();
  return Number.isSafeInteger(value) ? null : beyond53Bits();
}

/** @param {string} type as programs call it */
function ofType(type) {
  return _("The value holds a value of type {type}.", { type });
}

/** The canonical text of a value within the profile. @param {any} value */
function write(value) {
  // For strings and safe integers, JSON.stringify gives RFC 8785's own form.
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${write(value[name])}`).join(",")}}`;
}

/** @param {unknown} value */
function canonicalText(value) {
  const found = fault(value);
  if (found !== null) throw refuse("json.outside_profile", found, "RFC 8785 sec. 3", writeAgain());
  return write(value);
}

/**
 * `value` (plain JSON types) in canonical form.
 * @param {unknown} value
 * @returns {Uint8Array}
 * @throws {Refused} `json.outside_profile`, `json.too_deep`
 */
export function encodeCanonical(value) {
  return utf8(canonicalText(value));
}

/**
 * The value that `raw` is the canonical form of, from anyone.
 *
 * Duplicate keys, spaces, other orders and other spellings all fail the same test: encoded again, the bytes
 * differ.
 * @param {Uint8Array} raw
 * @returns {any}
 * @throws {Refused} `json.malformed`, `json.too_deep`, `json.outside_profile`, `json.duplicate_key` or
 * `json.not_canonical`
 */
export function decodeCanonical(raw) {
  const text = fromUtf8(raw);
  if (text === null) {
    throw refuse("json.malformed", _("The bytes are not JSON: they are not UTF-8."), "RFC 8259", writeAgain());
  }
  const { value, repeated } = readJson(text);
  if (canonicalText(value) === text) return value;
  if (repeated) {
    throw refuse(
      "json.duplicate_key",
      _("The JSON names a member twice, so that two readers could read two values."),
      "RFC 8785 sec. 3.1",
      _("Write each member once."),
    );
  }
  throw refuse(
    "json.not_canonical",
    _("The JSON is not in canonical form (sorted keys, no spaces, no duplicates)."),
    "RFC 8785 sec. 3",
    _("Encode it again in canonical form before signing."),
  );
}

/**
 * As `decodeCanonical`, and it is an object; otherwise `Refused` with `json.not_object`.
 * @param {Uint8Array} raw
 * @returns {Record<string, any>}
 */
export function decodeCanonicalObject(raw) {
  const value = decodeCanonical(raw);
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw refuse("json.not_object", _("The JSON is not an object."), "RFC 7519 sec. 7.2", _("Write a JSON object."));
  }
  return value;
}
