// The name of a process, derived from what fixes it: whoever was given the name can check that the log's key and
// the convenor's belong to it, and nobody else can convene the same process.

import { bigEndian } from "../codec/bytes.js";
import { encodeCanonical } from "../codec/canonical_json.js";
import { sha256 } from "../codec/web_crypto.js";

const BASE32 = "abcdefghijklmnopqrstuvwxyz234567"; // RFC 4648 sec. 6, in small letters
const LENGTH = 26;

/**
 * `detente/` and 26 characters of base32.
 * @param {string} label
 * @param {string} logKey base64url
 * @param {string} convenorKey base64url
 * @param {string} nonce
 * @returns {Promise<string>}
 */
export async function processOrigin(label, logKey, convenorKey, nonce) {
  const stated = { label, log: logKey, convenor: convenorKey, nonce };
  const number = bigEndian(await sha256(encodeCanonical(stated)));
  const letter = (at) => BASE32[Number((number >> BigInt(256 - 5 * (at + 1))) & 31n)];
  return `detente/${Array.from({ length: LENGTH }, (_, at) => letter(at)).join("")}`;
}
