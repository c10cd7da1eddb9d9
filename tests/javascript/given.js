// What the tests hand over and take back: bytes as Latin-1 text or as hex, refusals as plain objects.

import { decodeBase64url, encodeBase64url } from "/static/js/codec/base64url.js";
import { concat, fromHex, fromLatin1, latin1 } from "/static/js/codec/bytes.js";
import { Refused } from "/static/js/codec/refusal.js";
import { thumbprint } from "/static/js/keys/thumbprint.js";

export { encodeBase64url, fromHex, fromLatin1, latin1 };
export { hex } from "/static/js/codec/bytes.js";

/** What `work` gives as `found`, or the refusals. */
export async function outcome(work) {
  try {
    return { found: await work() };
  } catch (error) {
    if (error instanceof Refused) return { refusals: error.refusals };
    throw error;
  }
}

const PKCS8 = fromHex("302e020100300506032b657004220420"); // RFC 8410 sec. 7, then the seed

/** The key of a seed that the test knows. */
export async function keyFromSeed(seed) {
  const raw = concat(PKCS8, fromHex(seed));
  const privateKey = await crypto.subtle.importKey("pkcs8", raw, "Ed25519", true, ["sign"]);
  const { x } = await crypto.subtle.exportKey("jwk", privateKey);
  const publicKey = decodeBase64url(x);
  const sign = async (message) => new Uint8Array(await crypto.subtle.sign("Ed25519", privateKey, message));
  return { publicKey, keyId: await thumbprint(publicKey), sign };
}

/** Salts from a list. */
export function saltsFrom(list) {
  const rest = [...list];
  return () => rest.shift();
}
