// The keys that this browser holds: for each process a pair to sign with and a pair to read with. Two processes
// never share a key, so nobody can tell from two records that one person is in both.
//
// Private keys cannot be read, by this page or any other; they can be used by what runs here. A browser may lose
// them (cleared data, a lost machine, a purge): that is routine, and whoever depends on one enrols a second.

import { encodeBase64url } from "../codec/base64url.js";
import { refuse } from "../codec/refusal.js";
import { oneAtATime, read, readAll, readEach, remove, write } from "../store/database.js";
import { gettext as _ } from "../words.js";
import { generateSealingPair, generateSigningPair, publicHalf, signingKeyOf } from "./generate.js";
import { thumbprint } from "./thumbprint.js";

/**
 * One person's keys for one process.
 * @typedef {object} KeptKey
 * @property {string} keyId the thumbprint of the signing key
 * @property {string} process origin of the main log; empty before it is known
 * @property {string} publicKey of the signing pair, base64url
 * @property {string} sealingKey public half of the pair to read with (X25519), base64url
 * @property {number} made Unix seconds
 * @property {boolean} persistent whether the browser promised not to purge it of its own accord
 */

/** What may be shown of a record: all but the pairs. @returns {KeptKey} */
function shown({ signingPair, sealingPair, ...kept }) {
  return kept;
}

/** Ask that what is kept here is not purged when space runs short. Some browsers ask the person, some decide. */
async function askToPersist() {
  return (await navigator.storage?.persist?.()) ?? false;
}

/**
 * Make keys for a process and keep them, before anybody hears of them.
 * @param {string} process origin of its main log; empty for a convenor, whose key goes into the origin
 * @param {number} made Unix seconds
 * @returns {Promise<KeptKey>}
 * @throws {Refused} `browser.insecure_context`, `browser.algorithm`, `browser.storage`
 */
export async function makeKeys(process, made) {
  return keepKeys(process, made, { signingPair: await generateSigningPair(), sealingPair: await generateSealingPair() });
}

/**
 * Keep keys that came from elsewhere, as if they had been made here.
 * @param {string} process origin of its main log
 * @param {number} made Unix seconds
 * @param {import("./wrapped_identity.js").Pairs} pairs whose private halves cannot be read
 * @returns {Promise<KeptKey>}
 * @throws {Refused} `browser.storage`
 */
export async function keepKeys(process, made, { signingPair, sealingPair }) {
  const publicKey = await publicHalf(signingPair);
  const kept = {
    keyId: await thumbprint(publicKey),
    process,
    publicKey: encodeBase64url(publicKey),
    sealingKey: encodeBase64url(await publicHalf(sealingPair)),
    made,
    persistent: await askToPersist(),
  };
  await write("keys", { ...kept, signingPair, sealingPair }); // over the same key, where it was held already
  return kept;
}

/**
 * Tie a convenor's keys to the process that they were made for, once its origin is derived.
 * @param {string} keyId
 * @param {string} process
 * @returns {Promise<KeptKey>}
 * @throws {Refused} `keyring.absent`, `keyring.tied`
 */
export function tie(keyId, process) {
  return oneAtATime(`key ${keyId}`, async () => {
    const record = await heldRecord(keyId);
    if (record.process !== "" && record.process !== process) {
      const sentence = _("This key belongs to another process; one key in two would tell who is in both.");
      throw refuse("keyring.tied", sentence, "", _("Make new keys for this process."));
    }
    await write("keys", { ...record, process });
    return shown({ ...record, process });
  });
}

/** @param {string} keyId */
async function heldRecord(keyId) {
  const record = await read("keys", keyId);
  if (record === undefined) {
    throw refuse(
      "keyring.absent",
      _("This browser does not hold that key."),
      "",
      _("Use the browser in which it was made, or make new keys and have them enrolled."),
    );
  }
  return record;
}

/** All keys held here. @returns {Promise<KeptKey[]>} */
export async function listKeys() {
  return (await readAll("keys")).map(shown);
}

/** The keys held here for one process, the oldest first. @param {string} process @returns {Promise<KeptKey[]>} */
export async function keysOf(process) {
  const records = await readEach("keys", "process", process);
  return records.map(shown).sort((left, right) => left.made - right.made);
}

/**
 * The key to sign with.
 * @param {string} keyId
 * @returns {Promise<import("./generate.js").SigningKey>}
 * @throws {Refused} `keyring.absent`
 */
export async function signingKey(keyId) {
  return signingKeyOf((await heldRecord(keyId)).signingPair);
}

/**
 * The pair to read with.
 * @param {string} keyId of the signing key beside it
 * @returns {Promise<CryptoKeyPair>}
 * @throws {Refused} `keyring.absent`
 */
export async function sealingPair(keyId) {
  return (await heldRecord(keyId)).sealingPair;
}

/** Forget a key for good. It stays enrolled until it is revoked. @param {string} keyId */
export function forget(keyId) {
  return remove("keys", keyId);
}
