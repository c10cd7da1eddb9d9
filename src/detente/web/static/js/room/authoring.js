// From a draft that the host wrote to an act that this browser signed: where it stands, what was seen, and the receipt.
//
// The host says where the act is to stand; the browser checks the checkpoint it cites before it signs, and the receipt
// before it believes that the act is in the record. The bytes signed are kept until then, so that the same act can be
// sent again: the host takes it once.

import { authorAct } from "../acts/authoring.js";
import { decodeBase64url } from "../codec/base64url.js";
import { utf8 } from "../codec/bytes.js";
import { refuse } from "../codec/refusal.js";
import { keysOf, signingKey } from "../keys/keyring.js";
import { advance, lastSeen, seenForNextAct } from "../record/last_seen.js";
import { parseEnvelope } from "../signing/envelope.js";
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
 * Sign a draft. Nothing is sent.
 * @param {string} process origin of the main log
 * @param {Draft} draft
 * @returns {Promise<{ act: Uint8Array, logKey: string }>} the act, ready to be submitted, and the log's key
 * @throws {Refused} `keyring.absent`, `seen.*`, or as `authorAct`
 */
export async function signDraft(process, draft) {
  const chamber = draft.log.slice(process.length + 1);
  const held = (await keysOf(process)).reverse();
  const kept = await lastSeen(process);
  const asked = (key) => `${addressOf(process)}/place?key=${key}&log=${chamber}&from=${kept?.size ?? 0}`;
  const enrolled = (await ask(asked(""))).keys;
  const mine = held.find(({ keyId }) => enrolled.includes(keyId));
  if (mine === undefined) {
    throw refuse("keyring.absent", "This browser holds no key that is enrolled for you.", "", "Use the browser that does.");
  }
  const place = await ask(asked(mine.keyId));
  const proof = place.consistency.map((node) => decodeBase64url(node));
  await advance(await logVerifier(process, place.logKey), utf8(place.checkpoint), proof);
  const where = { origin: draft.log, chain: place.chain, seen: await seenForNextAct(process) };
  const key = await signingKey(mine.keyId);
  const act = await authorAct(key, draft.kind, where, now(), draft.clear, draft.hidden, draft.audience);
  return { act, logKey: place.logKey };
}

/**
 * Send a signed act and check its receipt.
 * @param {string} process origin of the main log
 * @param {string} log origin of the log it is for
 * @param {string} logKey base64url
 * @param {Uint8Array} act
 * @returns {Promise<{ index: number, leaf: string, proof: string }>} the receipt
 * @throws {Refused} as the door refuses, or as `checkProof` where the receipt does not hold
 */
export async function sendAct(process, log, logKey, act) {
  const headers = { "content-type": "application/sd-jwt" };
  const receipt = await ask(`${addressOf(process)}/acts`, { method: "POST", headers, body: act });
  const leaf = await leafHash(parseEnvelope(act).entry);
  await checkProof(parseProof(utf8(receipt.proof)), leaf, await logVerifier(log, logKey));
  return receipt;
}
