// The name of a process, derived from what fixes it: whoever was given the name can check that the log's key and
// the convenor's belong to it, and nobody else can convene the same process.

import { encodeBase32 } from "../codec/base32.js";
import { encodeCanonical } from "../codec/canonical_json.js";
import { sha256 } from "../codec/web_crypto.js";

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
  const digest = await sha256(encodeCanonical(stated));
  return `detente/${encodeBase32(digest).slice(0, LENGTH).toLowerCase()}`;
}
