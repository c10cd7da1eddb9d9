// Signing in: a reader's token, signed by a key that this browser holds, opens a session. No password, nothing to type.

import { Refused } from "../codec/refusal.js";
import { keysOf, signingKey } from "../keys/keyring.js";
import { makeReaderToken } from "../signing/reader_token.js";
import { addressOf, ask, now } from "./host.js";

/**
 * Sign in to a process with the newest key that it has enrolled.
 * @param {string} origin
 * @returns {Promise<string | null>} who one is in it; null where no key of this browser is enrolled there
 * @throws {Refused} `host.*`
 */
export async function signIn(origin) {
  for (const { keyId } of (await keysOf(origin)).reverse()) {
    const token = await makeReaderToken(await signingKey(keyId), origin, now());
    try {
      return (await ask(`${addressOf(origin)}/session`, { method: "POST", body: token })).person;
    } catch (error) {
      if (!(error instanceof Refused) || !error.refusals[0].code.startsWith("token.")) throw error;
    }
  }
  return null;
}
