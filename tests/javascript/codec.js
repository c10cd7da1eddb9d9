// The codec, for tests/javascript/test_codec.py: many values a call.

import { decodeBase64url, encodeBase64url } from "/static/js/codec/base64url.js";
import { fromUtf8 } from "/static/js/codec/bytes.js";
import { decodeCanonical, encodeCanonical } from "/static/js/codec/canonical_json.js";
import { readJson } from "/static/js/codec/json_text.js";
import { fromHex, fromLatin1, hex, outcome } from "./given.js";

const code = async (work) => {
  const { found, refusals } = await outcome(work);
  return refusals === undefined ? found : refusals[0].code;
};

/** The value of a JSON text, written again in canonical form. */
export function canonicalOf(text) {
  return fromUtf8(encodeCanonical(readJson(text).value));
}

/** Of each of these bytes: the canonical form of what they say, or the code of the refusal. */
export function decoded(raws) {
  const one = (raw) => code(() => hex(encodeCanonical(decodeCanonical(fromLatin1(raw)))));
  return Promise.all(raws.map(one));
}

/** Of each of these texts: the bytes that they spell, or the code of the refusal. */
export function unspelled(texts) {
  return Promise.all(texts.map((text) => code(() => hex(decodeBase64url(text)))));
}

export function spelled(raw) {
  return encodeBase64url(fromHex(raw));
}

const OUTSIDE = {
  fraction: 1.5, nan: NaN, infinity: Infinity, large: 2 ** 53, big: 1n, nothing: undefined, symbol: Symbol("x"),
  surrogate: "\ud800", key: { é: 1 }, nested: { a: [1.5] }, bytes: new Uint8Array(2), date: new URL("http://x"),
  member: { a: undefined }, hole: [, 1], // eslint-disable-line no-sparse-arrays
};

/** The code for each value that no canonical JSON holds. */
export async function outsideProfile() {
  const found = {};
  for (const [name, value] of Object.entries(OUTSIDE)) found[name] = await code(() => encodeCanonical(value));
  return found;
}

/** A member may have any name, also those with a meaning of their own in JavaScript. */
export function oddNames() {
  const value = decodeCanonical(fromLatin1('{"__proto__":{"a":1},"constructor":2,"toString":3}'));
  return [Object.keys(value), value.constructor, fromUtf8(encodeCanonical(value))];
}
