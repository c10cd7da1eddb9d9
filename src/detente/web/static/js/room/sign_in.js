// Signing in: the host asks, and a reader's token that answers, signed by a key that this browser holds, opens a session.
// No password, nothing to type.

import { Refused, refuse } from "../codec/refusal.js";
import { keysOf, signingKey } from "../keys/keyring.js";
import { makeReaderToken } from "../signing/reader_token.js";
import { gettext as _ } from "../words.js";
import { addressOf, ask, isOpen, now } from "./host.js";

const LIFE = 60; // seconds: a token that signs in is spent at once
const LOOKED = "detente looked again at";
/** Keys that asked for a passkey, by the origin of their process. @type {Map<string, Asking>} */
const asking = new Map();
const ENDED = ["log.members_only", "log.unknown"]; // how the host answers somebody who is not signed in

/** @typedef {{ key: import("../keys/generate.js").SigningKey, credential: string }} Asking */

/** The key with which this page has tried to sign in, and that asks for a passkey. @param {string} origin */
export function keyThatAsks(origin) {
  return asking.get(origin);
}

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
 * @throws {Refused} `token.*` where the key is not in force there, or asks for a passkey; `participation.left`, `host.*`
 */
export async function openSession(origin, key) {
  const { token } = await answered(origin, key);
  const { person, credential } = await ask(`${addressOf(origin)}/session`, { method: "POST", body: token });
  if (credential === undefined) return person;
  asking.set(origin, { key, credential });
  throw asksForPasskey("token.second_factor");
}

/**
 * A token that answers a challenge of the host: what proves, once and now, that one holds a key.
 * @param {string} origin @param {import("../keys/generate.js").SigningKey} key
 * @returns {Promise<{ token: string, challenge: string }>}
 * @throws {Refused} `host.*`
 */
export async function answered(origin, key) {
  const { challenge } = await ask(`${addressOf(origin)}/session`);
  return { token: await makeReaderToken(key, origin, now(), LIFE, challenge), challenge };
}

/** @param {string} code */
function asksForPasskey(code) {
  return refuse(code, _("The key in this browser asks for a passkey too."), "", _("Sign in with both, from the room."));
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
    if (!ended) throw error;
    if ((await signIn(origin)) === null) throw asking.has(origin) ? asksForPasskey("host.second_factor") : error;
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

/**
 * A link from another site brings no session with it (SameSite), though one holds: ask for the page once more, from here.
 * @param {string} code of the refusal that the page says
 */
export function lookFromHere(code) {
  const again = sessionStorage.getItem(LOOKED) === location.href;
  if (again || !ENDED.includes(code)) return sessionStorage.removeItem(LOOKED);
  sessionStorage.setItem(LOOKED, location.href);
  location.replace(location.pathname + location.search);
}
