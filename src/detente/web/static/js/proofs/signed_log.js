// How far a log was signed, by itself and by its cosigners, and that a proof's acts stand in what was signed.

import { decodeBase64url } from "../codec/base64url.js";
import { hex } from "../codec/bytes.js";
import { Refused } from "../codec/refusal.js";
import { openCheckpoint } from "../tlog/checkpoint.js";
import { cosignatureVerifier, ED25519_COSIGNATURE, MLDSA44_COSIGNATURE } from "../tlog/cosignature.js";
import { checkInclusion } from "../tlog/merkle.js";
import { ED25519, noteVerifier, parseNote, parseVkey, verifierKey } from "../tlog/signed_note.js";
import { gettext as _ } from "../words.js";
import { NAMES_COSIGNER } from "./stated.js";

/**
 * Who may sign the notes of a proof. first: the convening act; cosigners: those that it names; later: those named after
 * it, and by whom.
 * @typedef {{ first: import("./stated.js").Stated, cosigners: import("../tlog/signed_note.js").Verifier[],
 *   later: { verifier: import("../tlog/signed_note.js").Verifier, by: string }[] }} Signers
 */

/**
 * Each key of a cosigner counts under the first act that names it; one named later of another algorithm than the record
 * admits, or any under the name of a log of the process, is no cosigner.
 * @param {import("./stated.js").Stated[]} main acts of the main log
 * @param {Map<string, import("./stated.js").Holder>} keys
 * @returns {Promise<Signers>}
 */
export async function signersOf(main, keys) {
  const process = main[0].log;
  const cosigners = [];
  for (const vkey of main[0].clear.cosigners ?? []) {
    const verifier = cosignatureVerifier(await parseVkey(vkey));
    if (!isLogOf(process, verifier.key.name)) cosigners.push(verifier);
  }
  const known = new Set(cosigners.map(({ key }) => hex(key.publicKey)));
  const later = [];
  for (const act of main.filter(({ kind }) => kind === NAMES_COSIGNER)) {
    const key = await parseVkey(act.clear.vkey);
    if (key.algorithm !== ED25519_COSIGNATURE || isLogOf(process, key.name) || known.has(hex(key.publicKey))) continue;
    known.add(hex(key.publicKey));
    later.push({ verifier: cosignatureVerifier(key), by: keys.get(act.key).person });
  }
  return { first: main[0], cosigners, later };
}

/** Whether the main log or a chamber's goes by a name: a line under it would be read as the log's own. */
function isLogOf(process, name) {
  return name === process || name.startsWith(`${process}/`);
}

/**
 * That the checkpoint is signed, and holds these acts.
 * @param {import("./lines.js").LineReader} reader
 * @param {Signers} signers
 * @param {string} log
 * @param {Uint8Array} note
 * @param {import("./one_act.js").Placed[]} acts
 * @returns {Promise<import("./one_act.js").SignedLog>}
 */
export async function checkLog(reader, { first, cosigners, later }, log, note, acts) {
  const key = await verifierKey(log, ED25519, decodeBase64url(first.clear.log_key));
  const others = [...cosigners, ...later.map(({ verifier }) => verifier)];
  const { opened, passedOver } = await openSigned(note, noteVerifier(key), others, await ownMldsa(first, log));
  if (parseNote(note).signatures.length !== 1 + opened.cosigners.length + passedOver) {
    // A note may carry any signature; a proof is to mean the same to everybody who reads it.
    const sentence = _("a signature is neither the log's nor of a cosigner whom the process names.");
    throw reader.fault("signature", sentence);
  }
  const { size, root } = opened.checkpoint;
  for (const { act, leaf, path } of acts) await checkInclusion(leaf, act.number - 1, size, path, root);
  const named = opened.cosigners.map((cosigned) => ({ ...cosigned, by: namedBy(later, cosigned) }));
  const atFirst = named.filter(({ name, by }) => by === null && name !== log);
  return { size, cosigners: atFirst, later: named.filter(({ by }) => by !== null), note, key };
}

/** Who named the cosigner of a line after convening; null where the convening act did, or it is the log itself. */
function namedBy(later, { name, keyId }) {
  return later.find(({ verifier }) => verifier.key.name === name && verifier.key.keyId === keyId)?.by ?? null;
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
