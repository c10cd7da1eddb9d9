// Base32 (RFC 4648 sec. 6) in capital letters, without padding.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * @param {Uint8Array} raw
 * @returns {string}
 */
export function encodeBase32(raw) {
  let [text, held, bits] = ["", 0, 0];
  for (const byte of raw) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += LETTERS[(held >> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + LETTERS[(held << (5 - bits)) & 31] : text;
}

/**
 * @param {string} text
 * @returns {Uint8Array | null} null unless `text` is base32 of whole bytes; bits left over are not looked at
 */
export function decodeBase32(text) {
  if (!/^[A-Z2-7]*$/.test(text) || [1, 3, 6].includes(text.length % 8)) return null;
  const raw = new Uint8Array(Math.floor((text.length * 5) / 8));
  let [held, bits, at] = [0, 0, 0];
  for (const letter of text) {
    held = (held << 5) | LETTERS.indexOf(letter);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      raw[at] = held >> bits;
      at += 1;
      held &= (1 << bits) - 1;
    }
  }
  return raw;
}
