// How far a log was signed, by itself and by its cosigners, and that a proof's acts stand in what was signed.

import { decodeBase64url } from "../codec/base64url.js";
import { Refused } from "../codec/refusal.js";
import { openCheckpoint } from "../tlog/checkpoint.js";
import { cosignatureVerifier, MLDSA44_COSIGNATURE } from "../tlog/cosignature.js";
import { checkInclusion } from "../tlog/merkle.js";
import { ED25519, noteVerifier, parseNote, parseVkey, verifierKey } from "../tlog/signed_note.js";
import { gettext as _ } from "../words.js";

/**
 * That the checkpoint is signed, and holds these acts.
 * @param {import("./lines.js").LineReader} reader
 * @param {import("./stated.js").Stated} first the convening act
 * @param {string} log
 * @param {Uint8Array} note
 * @param {import("./one_act.js").Placed[]} acts
 * @returns {Promise<import("./one_act.js").SignedLog>}
 */
export async function checkLog(reader, first, log, note, acts) {
  const cosigners = [];
  for (const vkey of first.clear.cosigners ?? []) cosigners.push(cosignatureVerifier(await parseVkey(vkey)));
  const key = await verifierKey(log, ED25519, decodeBase64url(first.clear.log_key));
  const { opened, passedOver } = await openSigned(note, noteVerifier(key), cosigners, await ownMldsa(first, log));
  if (parseNote(note).signatures.length !== 1 + opened.cosigners.length + passedOver) {
    // A note may carry any signature; a proof is to mean the same to everybody who reads it.
    const sentence = _("a signature is neither the log's nor of a cosigner whom the process names.");
    throw reader.fault("signature", sentence);
  }
  const { size, root } = opened.checkpoint;
  for (const { act, leaf, path } of acts) await checkInclusion(leaf, act.number - 1, size, path, root);
  return { size, cosigners: opened.cosigners.filter(({ name }) => name !== log), note, key };
}

/** The verifier of the log's own ML-DSA-44 line, where it has such a key. */
async function ownMldsa(first, log) {
  const { log_mldsa_key: mldsa } = first.clear;
  if (mldsa === undefined) return null;
  return cosignatureVerifier(await verifierKey(log, MLDSA44_COSIGNATURE, decodeBase64url(mldsa)));
}

/** The checkpoint, opened. A browser that does not know ML-DSA-44 passes over the log's own line with it, and no other. */
async function openSigned(note, log, cosigners, own) {
  if (own === null) return { opened: await openCheckpoint(note, log, cosigners), passedOver: 0 };
  try {
    return { opened: await openCheckpoint(note, log, [...cosigners, own]), passedOver: 0 };
  } catch (error) {
    if (!(error instanceof Refused) || error.refusals[0].code !== "browser.algorithm") throw error;
    const lines = parseNote(note).signatures.filter(({ name, keyId }) => name === own.key.name && keyId === own.key.keyId);
    return { opened: await openCheckpoint(note, log, cosigners), passedOver: lines.length };
  }
}
