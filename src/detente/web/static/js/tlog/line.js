// What the lines of notes, checkpoints and proofs are made of: standard base64 and decimal numbers.
//
// Both have one spelling for each value; any other spelling gives null, and the caller refuses with a code of
// its own.

import { fromLatin1, latin1 } from "../codec/bytes.js";
import { refuse } from "../codec/refusal.js";

/**
 * Sizes, indexes and times, as far as a number here is exact. C2SP goes on to 2^63 - 1; an act cannot: the
 * numbers in it have at most 53 bits.
 */
export const LARGEST_NUMBER = Number.MAX_SAFE_INTEGER;

const DECIMAL = /^(?:0|[1-9][0-9]{0,18})$/;
const NOT_IN_A_LINE = /[\x00-\x1f\p{Surrogate}]/u;

/**
 * Whether `text` can stand in one line of a note: no control character, no lone surrogate.
 * @param {string} text
 */
export function isLine(text) {
  return !NOT_IN_A_LINE.test(text);
}

/**
 * Standard base64 with padding (RFC 4648 sec. 4).
 * @param {Uint8Array} raw
 * @returns {string}
 */
export function encodeBase64(raw) {
  return btoa(latin1(raw));
}

/**
 * @param {string} text
 * @returns {Uint8Array | null} null unless `text` is their one encoding
 */
export function decodeBase64(text) {
  try {
    const raw = fromLatin1(atob(text));
    return encodeBase64(raw) === text ? raw : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} text
 * @returns {Uint8Array | null} the 32 bytes of a SHA-256 hash in base64, or null
 */
export function decodeHash(text) {
  const raw = decodeBase64(text);
  return raw !== null && raw.length === 32 ? raw : null;
}

/**
 * @param {string} text
 * @returns {number | null} a number from 0 to `LARGEST_NUMBER` without sign or leading zero, or null
 */
export function parseDecimal(text) {
  const number = DECIMAL.test(text) ? Number(text) : null;
  return number !== null && number <= LARGEST_NUMBER ? number : null;
}

/**
 * What stands before and after the first `mark`; all before it where there is none.
 * @param {string} text
 * @param {string} mark
 * @returns {[string, string]}
 */
export function partition(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + mark.length)];
}

/**
 * A refusal under one clause: `const refuseNote = under("C2SP signed-note")`.
 * @param {string} clause
 * @returns {(code: string, sentence: string, instead?: string) => import("../codec/refusal.js").Refused}
 */
export function under(clause) {
  return (code, sentence, instead = "") => refuse(code, sentence, clause, instead);
}
