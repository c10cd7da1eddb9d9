// What this browser has seen of each log: the last checkpoint that it verified. Every act cites one as `seen`, so
// that the act proves what lay on the table; and a log that shows two people two records is found out.
//
// A newer checkpoint is taken only with a proof that it extends the one kept. Where none leads from one to the
// other, both are kept: each is signed by the log's key, so the pair can be shown to anybody. No more is signed
// for that log until the same checkpoint is proved to chain after all (the proof was bad, and not the log).

import { encodeBase64url } from "../codec/base64url.js";
import { equalBytes, fromUtf8 } from "../codec/bytes.js";
import { refuse, Refused } from "../codec/refusal.js";
import { add, oneAtATime, read, readEach, remove, write } from "../store/database.js";
import { openCheckpoint } from "../tlog/checkpoint.js";
import { checkConsistency } from "../tlog/merkle.js";
import { formatVkey } from "../tlog/signed_note.js";
import { gettext as _ } from "../words.js";

const CLAUSE = "C2SP tlog-checkpoint";
const compare = () => _("Compare them with what another party holds: together they may prove a fork.");
const bothKept = () => [_("Both checkpoints are kept."), compare()].join(" ");

/**
 * The last verified head of a log. vkey: of the log's key; note: the signed checkpoint as it came.
 * @typedef {{ origin: string, vkey: string, size: number, root: Uint8Array, note: Uint8Array }} Seen
 *
 * Two checkpoints of one log that do not chain. code: what the proof was refused with; size, root: of `shown`.
 * @typedef {{ number: number, origin: string, vkey: string, kept: Uint8Array, shown: Uint8Array, size: number,
 *   root: Uint8Array, code: string }} Contradiction
 */

/** @param {string} origin @returns {Promise<Seen | undefined>} */
export function lastSeen(origin) {
  return read("seen", origin);
}

/** The pairs that stand against a log. @param {string} origin @returns {Promise<Contradiction[]>} */
export function contradictions(origin) {
  return readEach("contradictions", "origin", origin);
}

/**
 * What the next act cites: size and root (base64url) of the main log.
 * @param {string} origin
 * @returns {Promise<[number, string]>}
 * @throws {Refused} `seen.nothing`, `seen.contradicted`
 */
export async function seenForNextAct(origin) {
  const seen = await lastSeen(origin);
  if (seen === undefined) {
    const instead = _("Fetch the latest checkpoint and check it first.");
    throw refuse("seen.nothing", _("This browser has not verified any state of this record."), CLAUSE, instead);
  }
  const [pair] = await contradictions(origin);
  if (pair !== undefined) {
    throw refuse("seen.contradicted", twoStates(sizeOf(pair.kept), pair.size), CLAUSE, bothKept());
  }
  return [seen.size, encodeBase64url(seen.root)];
}

/**
 * Take a checkpoint in: verify it, and that it and the one kept are two states of one log. An older one is
 * checked the same way and not kept. The first one of a log is taken as it is: nothing is kept to compare with.
 * @param {import("../tlog/signed_note.js").Verifier} log its key's name is the origin
 * @param {Uint8Array} note
 * @param {readonly Uint8Array[]} [proof] of consistency between the smaller and the larger size
 * @param {readonly import("../tlog/signed_note.js").Verifier[]} [cosigners]
 * @returns {Promise<import("../tlog/checkpoint.js").OpenedCheckpoint>}
 * @throws {Refused} `seen.foreign` (both are kept), `seen.other_key`, or as `openCheckpoint`
 */
export function advance(log, note, proof = [], cosigners = []) {
  const origin = log.key.name;
  return oneAtATime(`log ${origin}`, async () => {
    const opened = await openCheckpoint(note, log, cosigners);
    const shown = { ...opened.checkpoint, vkey: formatVkey(log.key), note };
    const kept = await lastSeen(origin);
    if (kept !== undefined) await checkChains(kept, shown, proof);
    if (kept === undefined || shown.size >= kept.size) await write("seen", shown);
    await withdraw(shown);
    return opened;
  });
}

/**
 * That two checkpoints are of one log. proof: of consistency between the smaller and the larger size.
 * @param {Seen} kept @param {Seen} shown @param {readonly Uint8Array[]} proof
 * @throws {Refused} `seen.foreign` (both are kept), `seen.other_key`
 */
export async function checkChains(kept, shown, proof) {
  if (kept.vkey !== shown.vkey) {
    const sentence = _("The checkpoint is signed by another key than the one this record had.");
    throw refuse("seen.other_key", sentence, CLAUSE, _("Ask the convenor whether the log's key was replaced."));
  }
  const [older, newer] = shown.size < kept.size ? [shown, kept] : [kept, shown];
  try {
    await checkConsistency(older.size, newer.size, proof, older.root, newer.root);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await keepBoth(kept, shown, error.refusals[0].code);
    throw foreign(kept, shown, error);
  }
}

/** @param {Seen} kept @param {Seen} shown @param {string} code */
async function keepBoth(kept, shown, code) {
  const { origin, vkey, size, root, note } = shown;
  if ((await contradictions(origin)).some((pair) => isOf(pair, shown))) return;
  await add("contradictions", { origin, vkey, kept: kept.note, shown: note, size, root, code });
}

/** The same checkpoint has been proved to chain: the pair said nothing against the log. @param {Seen} shown */
async function withdraw(shown) {
  for (const pair of await contradictions(shown.origin)) {
    if (isOf(pair, shown)) await remove("contradictions", pair.number);
  }
}

/** @param {Contradiction} pair @param {Seen} shown */
function isOf(pair, shown) {
  return pair.size === shown.size && equalBytes(pair.root, shown.root);
}

/** @param {Seen} kept @param {Seen} shown @param {Refused} cause */
function foreign(kept, shown, cause) {
  const [{ sentence }] = cause.refusals;
  const found = twoStates(kept.size, shown.size);
  return refuse("seen.foreign", kept.size === shown.size ? found : `${found} ${sentence}`, CLAUSE, bothKept());
}

/** @param {number} kept @param {number} shown sizes */
function twoStates(kept, shown) {
  return kept === shown
    ? _("This record shows another state of its first {shown} acts than the one verified here before.", { shown })
    : _("Nothing shows that this record's states of {kept} and of {shown} acts are of one log.", { kept, shown });
}

/** Of a checkpoint that was verified before it was kept. @param {Uint8Array} note */
function sizeOf(note) {
  return Number(fromUtf8(note).split("\n", 2)[1]);
}
