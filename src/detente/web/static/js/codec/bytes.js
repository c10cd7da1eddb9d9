// Bytes and texts, one into the other. Nothing here looks at what they mean.

const ENCODER = new TextEncoder();
// A byte order mark is kept: dropping it would give two spellings to one text.
const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const AT_A_TIME = 0x8000; // a function takes only so many arguments

/**
 * @param {string} text
 * @returns {Uint8Array}
 */
export function utf8(text) {
  return ENCODER.encode(text);
}

/**
 * @param {Uint8Array} raw
 * @returns {string | null} null unless `raw` is UTF-8
 */
export function fromUtf8(raw) {
  try {
    return DECODER.decode(raw);
  } catch {
    return null;
  }
}

/**
 * Any bytes as text: each character of it is one byte.
 * @param {Uint8Array} raw
 * @returns {string}
 */
export function latin1(raw) {
  let text = "";
  for (let start = 0; start < raw.length; start += AT_A_TIME) {
    text += String.fromCharCode(...raw.subarray(start, start + AT_A_TIME));
  }
  return text;
}

/**
 * @param {string} text of which each character is one byte
 * @returns {Uint8Array}
 */
export function fromLatin1(text) {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/**
 * @param {...Uint8Array} parts
 * @returns {Uint8Array}
 */
export function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * @param {Uint8Array} left
 * @param {Uint8Array} right
 * @returns {boolean}
 */
export function equalBytes(left, right) {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}

/**
 * @param {Uint8Array} raw
 * @returns {string}
 */
export function hex(raw) {
  return Array.from(raw, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {string} text an even number of hexadecimal digits
 * @returns {Uint8Array}
 */
export function fromHex(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/**
 * The number that `raw` spells, its most significant byte first.
 * @param {Uint8Array} raw
 * @returns {bigint}
 */
export function bigEndian(raw) {
  return BigInt(`0x0${hex(raw)}`);
}

/**
 * The number that `raw` spells, its least significant byte first.
 * @param {Uint8Array} raw
 * @returns {bigint}
 */
export function littleEndian(raw) {
  return bigEndian(raw.slice().reverse());
}

/**
 * @param {number} number from 0 to 2^53 - 1
 * @returns {Uint8Array} 8 bytes, the most significant first
 */
export function eightBytes(number) {
  return fromHex(number.toString(16).padStart(16, "0"));
}

/** @param {string} text */
export function isAscii(text) {
  return /^[\x00-\x7f]*$/.test(text);
}
