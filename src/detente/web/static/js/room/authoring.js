// From a draft that the host wrote to an act that this browser signed: where it stands, what was seen, and the receipt.
//
// An act cites the checkpoint of the record that its author's page showed, which the browser has checked, and no later
// one: what came since was not on the table. The receipt is checked before the page says that the act is in the record.
// The bytes signed are kept until then, so that the same act can be sent again: the host takes it once.

import { authorAct } from "../acts/authoring.js";
import { decodeBase64url, encodeBase64url } from "../codec/base64url.js";
import { utf8 } from "../codec/bytes.js";
import { Refused, refuse } from "../codec/refusal.js";
import { keysOf, signingKey } from "../keys/keyring.js";
import { advance, lastSeen, seenForNextAct } from "../record/last_seen.js";
import { parseEnvelope } from "../signing/envelope.js";
import { oneAtATime } from "../store/database.js";
import { leafHash } from "../tlog/merkle.js";
import { checkProof, parseProof } from "../tlog/proof.js";
import { ED25519, noteVerifier, verifierKey } from "../tlog/signed_note.js";
import { addressOf, ask, now } from "./host.js";

/**
 * An act as the host drafted it. log: origin of the log it is for; clear, hidden: its fields.
 * @typedef {{ kind: string, log: string, clear: Record<string, any>, hidden: Record<string, any>,
 *   audience: string[], person: string }} Draft
 */

/** @param {string} origin of a log @param {string} logKey base64url */
export async function logVerifier(origin, logKey) {
  return noteVerifier(await verifierKey(origin, ED25519, decodeBase64url(logKey)));
}

/**
 * Where the next act of a key would stand, with the record's latest checkpoint, checked against what was seen before.
 * @param {string} process origin of the main log
 * @param {string} chamber
 * @param {string} [keyId]
 * @throws {Refused} `host.*`, `log.*`, `seen.*`
 */
function place(process, chamber, keyId = "") {
  // The proof starts from what is kept: no other tab may move that on in between.
  return oneAtATime(`place ${process}`, async () => {
    const kept = await lastSeen(process);
    const found = await ask(`${addressOf(process)}/place?key=${keyId}&log=${chamber}&from=${kept?.size ?? 0}`);
    const proof = found.consistency.map((node) => decodeBase64url(node));
    const opened = await advance(await logVerifier(process, found.logKey), utf8(found.checkpoint), proof);
    return { ...found, checkpoint: opened.checkpoint };
  });
}

/**
 * The record as a page showed it, checked: what an act signed on that page cites as seen.
 * @param {string} process origin of the main log
 * @param {number} shown acts in the record when the page was drawn
 * @returns {Promise<[number, string]>} its size and root (base64url)
 * @throws {Refused} `seen.moved_on` where there are more acts by now; `host.*`, `log.*`, `seen.*`
 */
export async function recordShown(process, shown) {
  const { checkpoint } = await place(process, "");
  await seenForNextAct(process);
  if (checkpoint.size !== shown) {
    const sentence = `The record has grown while you read: this page shows ${shown} acts, and there are ${checkpoint.size} now.`;
    throw refuse("seen.moved_on", sentence, "", "Nothing is signed. Read it again as it would be now.");
  }
  return [checkpoint.size, encodeBase64url(checkpoint.root)];
}

/**
 * Sign a draft. Nothing is sent.
 * @param {string} process origin of the main log
 * @param {Draft} draft
 * @param {[number, string]} seen as `recordShown`
 * @returns {Promise<{ act: Uint8Array, logKey: string }>} the act, ready to be submitted, and the log's key
 * @throws {Refused} `keyring.absent`, `seen.*`, or as `authorAct`
 */
export async function signDraft(process, draft, seen) {
  const chamber = draft.log.slice(process.length + 1);
  const held = (await keysOf(process)).reverse();
  const enrolled = (await place(process, chamber)).keys;
  const mine = held.find(({ keyId }) => enrolled.includes(keyId));
  if (mine === undefined) {
    throw refuse("keyring.absent", "This browser holds no key that is enrolled for you.", "", "Use the browser that does.");
  }
  const { chain, logKey } = await place(process, chamber, mine.keyId);
  await seenForNextAct(process);
  const key = await signingKey(mine.keyId);
  const where = { origin: draft.log, chain, seen };
  const act = await authorAct(key, draft.kind, where, now(), draft.clear, draft.hidden, draft.audience);
  return { act, logKey };
}

/**
 * Send a signed act and check its receipt.
 * @param {string} process origin of the main log
 * @param {string} log origin of the log it is for
 * @param {string} logKey base64url
 * @param {Uint8Array} act
 * @returns {Promise<{ index: number, leaf: string, proof: string }>} the receipt
 * @throws {Refused} as the door refuses; `host.receipt` where the receipt does not hold
 */
export async function sendAct(process, log, logKey, act) {
  const headers = { "content-type": "application/sd-jwt" };
  const receipt = await ask(`${addressOf(process)}/acts`, { method: "POST", headers, body: act });
  const leaf = await leafHash(parseEnvelope(act).entry);
  try {
    await checkProof(parseProof(utf8(receipt.proof)), leaf, await logVerifier(log, logKey));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const sentence = `The host answered, but its receipt does not hold. ${error.refusals[0].sentence}`;
    throw refuse("host.receipt", sentence, "", "Send the act again. If that does not help, tell the other participants.");
  }
  return receipt;
}
