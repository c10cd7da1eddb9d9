// A key's names: its id for programs, and five words for the telephone.
//
// The id is the RFC 7638 thumbprint of the key as an OKP JWK (RFC 8037 appendix A.3), 43 characters.
// Five words carry 40 bits. They catch a slip, and a key exchanged in passing. Someone who prepares can find a
// second key with the same words in days on ordinary machines; where that is to be feared, read out the id too.

import { encodeBase64url } from "../codec/base64url.js";
import { utf8 } from "../codec/bytes.js";
import { sha256 } from "../codec/web_crypto.js";
import { WORDS } from "./word_list.js";

const FINGERPRINT_WORDS = 5;
const LABEL = "detente fingerprint words v1\n";

/**
 * The key id: SHA-256 of the JWK's required members in RFC 7638's order, base64url.
 * @param {Uint8Array} publicKey
 * @returns {Promise<string>}
 */
export async function thumbprint(publicKey) {
  const jwk = `{"crv":"Ed25519","kty":"OKP","x":"${encodeBase64url(publicKey)}"}`;
  return encodeBase64url(await sha256(utf8(jwk)));
}

/**
 * Five words, one for each of the first five bytes of SHA-256(label || public key).
 * @param {Uint8Array} publicKey
 * @returns {Promise<string[]>}
 */
export async function fingerprintWords(publicKey) {
  const digest = await sha256(utf8(LABEL), publicKey);
  return Array.from(digest.subarray(0, FINGERPRINT_WORDS), (byte) => WORDS[byte]);
}
