// Authoring an act: the payload of a kind, signed by its author's key, ready to be submitted.
//
// The one place in the browser where acts are made. It knows which fields a kind has and what each is by
// default; whether a value is of its field's type is for the door, which refuses with `act.malformed` too.

import { encodeCanonical } from "../codec/canonical_json.js";
import { equalBytes } from "../codec/bytes.js";
import { refuse } from "../codec/refusal.js";
import { ENVELOPE_MEMBERS } from "../signing/disclosure.js";
import { signAct } from "../signing/signer.js";
import { makeSalt } from "../signing/salt.js";
import { gettext as _ } from "../words.js";
import { KINDS } from "./kinds.js";

/**
 * Where an act is to stand: the log's origin, the last act of its author's key there, and the size and root
 * (base64url) of the main log that the author has verified.
 * @typedef {{ origin: string, chain: { seq: number, leaf: string } | null, seen: [number, string] }} Place
 */

/** @param {string} sentence */
function malformed(sentence) {
  return refuse("act.malformed", sentence);
}

/**
 * That the clear fields are those of the kind, none missing.
 * @param {string} name
 * @param {import("./kinds.js").Kind} kind
 * @param {Record<string, any>} payload
 */
function checkFields(name, { required, defaults }, payload) {
  const known = [...ENVELOPE_MEMBERS, ...required, ...Object.keys(defaults)];
  const unknown = Object.keys(payload).find((field) => !known.includes(field));
  if (unknown !== undefined) {
    const places = { name, field: unknown };
    throw malformed(_("The fields are not those of “{name}”: it has no field “{field}”.", places));
  }
  const missing = required.find((field) => !Object.hasOwn(payload, field));
  if (missing !== undefined) {
    const places = { name, field: missing };
    throw malformed(_("The fields are not those of “{name}”: “{field}” is missing.", places));
  }
}

/** @param {string} name @param {readonly string[]} known @param {Record<string, any>} hidden */
function hiddenWithValue(name, known, hidden) {
  const opened = Object.fromEntries(Object.entries(hidden).filter(([, value]) => value !== null));
  const unknown = Object.keys(opened).find((field) => !known.includes(field));
  if (unknown !== undefined) {
    const places = { name, field: unknown };
    throw malformed(_("The fields are not those of “{name}”: it has no hidden field “{field}”.", places));
  }
  return opened;
}

/**
 * The members that say something: a default that is spelled out would be a second spelling of the same act.
 * @param {Record<string, any>} payload
 * @param {Record<string, any>} defaults
 */
function withoutDefaults(payload, defaults) {
  const isDefault = ([field, value]) =>
    Object.hasOwn(defaults, field) && equalBytes(encodeCanonical(value), encodeCanonical(defaults[field]));
  return Object.fromEntries(Object.entries(payload).filter((member) => !isDefault(member)));
}

/**
 * The signed act with its disclosures.
 * @param {import("../keys/generate.js").SigningKey} key
 * @param {string} name of the kind
 * @param {Place} place
 * @param {number} iat Unix seconds
 * @param {Record<string, any>} clear may hold `on`
 * @param {Record<string, any>} hidden
 * @param {readonly string[]} [audience]
 * @param {() => string} [salts]
 * @param {((disclosures: string) => Promise<Record<string, any>>) | null} [seal] as `signAct`
 * @returns {Promise<Uint8Array>}
 * @throws {Refused} `act.unknown_kind`, `act.malformed` where the fields are not those of the kind, or as
 * `signAct`
 */
export async function authorAct(key, name, place, iat, clear, hidden, audience = ["all"], salts = makeSalt, seal = null) {
  if (!Object.hasOwn(KINDS, name)) {
    const sentence = _("This page does not know acts of kind “{name}”.", { name });
    throw refuse("act.unknown_kind", sentence, "", _("Load it again."));
  }
  const kind = KINDS[name];
  const payload = {
    ...clear,
    act: name,
    v: 1,
    proc: place.origin,
    iat,
    seq: place.chain === null ? 0 : place.chain.seq + 1,
    prev: place.chain === null ? "" : place.chain.leaf,
    seen: place.seen,
    aud: audience,
  };
  checkFields(name, kind, payload);
  const opened = hiddenWithValue(name, kind.hidden, hidden);
  return signAct(key, withoutDefaults(payload, { on: null, ...kind.defaults }), opened, kind.hidden, salts, seal);
}
