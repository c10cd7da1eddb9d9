// Signing in: the host asks, and a reader's token that answers, signed by a key that this browser holds, opens a session.
// No password, nothing to type.

import { Refused } from "../codec/refusal.js";
import { keysOf, signingKey } from "../keys/keyring.js";
import { makeReaderToken } from "../signing/reader_token.js";
import { addressOf, ask, isOpen, now } from "./host.js";

const LIFE = 60; // seconds: a token that signs in is spent at once
const ENDED = ["log.members_only", "log.unknown"]; // how the host answers somebody who is not signed in

/**
 * Sign in to a process with the newest key that it has enrolled.
 * @param {string} origin
 * @returns {Promise<string | null>} who one is in it; null where no key of this browser is enrolled there
 * @throws {Refused} `host.*`
 */
export async function signIn(origin) {
  for (const { keyId } of (await keysOf(origin)).reverse()) {
    try {
      return await openSession(origin, await signingKey(keyId));
    } catch (error) {
      if (!(error instanceof Refused) || !error.refusals[0].code.startsWith("token.")) throw error;
    }
  }
  return null;
}

/**
 * @param {string} origin
 * @param {import("../keys/generate.js").SigningKey} key
 * @returns {Promise<string>} who one is in the process
 * @throws {Refused} `token.*` where the key is not in force there; `participation.left`, `host.*`
 */
export async function openSession(origin, key) {
  const { challenge } = await ask(`${addressOf(origin)}/session`);
  const token = await makeReaderToken(key, origin, now(), LIFE, challenge);
  return (await ask(`${addressOf(origin)}/session`, { method: "POST", body: token })).person;
}

/**
 * Do what needs a session; where it has ended, sign in and do it again.
 * @template T
 * @param {string} origin
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function signedIn(origin, work) {
  try {
    return await work();
  } catch (error) {
    const ended = error instanceof Refused && ENDED.includes(error.refusals[0].code);
    if (!ended || (await signIn(origin)) === null) throw error;
    return work();
  }
}

/**
 * Whether a session of this browser holds.
 * @param {string} origin
 * @throws {Refused} `host.*`
 */
export async function isSignedIn(origin) {
  try {
    await ask(`${addressOf(origin)}/place`);
    return true;
  } catch (error) {
    if (isOpen(error)) throw error;
    return false;
  }
}

/**
 * Where a session has ended, sign in and ask for the page again. Where one holds, the page is as it is for another reason.
 * @param {string} origin
 * @returns {Promise<boolean>} whether the page is asked for again
 * @throws {Refused} `host.*`
 */
export async function lookAgain(origin) {
  if ((await keysOf(origin)).length === 0) return false;
  if ((await isSignedIn(origin)) || (await signIn(origin)) === null || !(await isSignedIn(origin))) return false;
  location.replace(location.pathname + location.search);
  return true;
}
