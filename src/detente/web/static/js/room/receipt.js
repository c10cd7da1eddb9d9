// Receipts of the acts signed in this browser, kept with the bytes signed, and checked again on each later visit.
//
// A receipt names a checkpoint of its log. Once that is proved to be an earlier state of what this browser last saw of
// the log, every later state it takes in is proved to contain the act too: consistency carries over. So each receipt is
// tied in once, and a visit costs one checkpoint and, where the log has grown, one proof.

import { decodeBase64url } from "../codec/base64url.js";
import { utf8 } from "../codec/bytes.js";
import { Refused } from "../codec/refusal.js";
import { advance, lastSeen, seenForNextAct } from "../record/last_seen.js";
import { tellHost } from "./contradiction.js";
import { oneAtATime, readEach, write } from "../store/database.js";
import { openCheckpoint } from "../tlog/checkpoint.js";
import { parseProof } from "../tlog/proof.js";
import { logVerifier } from "./authoring.js";
import { addressOf, ask, askBytes } from "./host.js";

/**
 * index: of the act, from 0; proof: a tlog-proof, as it came; checked: when, Unix seconds; tied: whether its
 * checkpoint is proved to be a state of the log that was last seen.
 * @typedef {{ leaf: string, process: string, log: string, logKey: string, keyId: string, seq: number, sentence: string,
 *   act: Uint8Array, index: number, proof: string, checked: number, tied?: boolean }} KeptReceipt
 */

/** @param {string} process @returns {Promise<KeptReceipt[]>} the newest first */
export async function receiptsOf(process) {
  return (await readEach("receipts", "process", process)).sort((left, right) => right.checked - left.checked || right.index - left.index);
}

/** Address of the page of a receipt's act. @param {KeptReceipt} receipt */
export function actPage({ process, log, index }) {
  const chamber = log.slice(process.length + 1);
  return `${addressOf(process)}/acts/${index + 1}${chamber === "" ? "" : `?log=${chamber}`}`;
}

/** Offer bytes for download. @param {HTMLAnchorElement} link @param {string} name @param {BlobPart} bytes */
export function offerFile(link, name, bytes) {
  link.href = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  link.download = name;
}

/** The two files of a receipt. @param {KeptReceipt} receipt @param {ParentNode} where holds both links */
export function offerReceipt(receipt, where) {
  const { process, log, index } = receipt;
  const chamber = log.slice(process.length + 1);
  const name = `${chamber === "" ? "act" : `${chamber}-act`}-${index + 1}`;
  offerFile(where.querySelector("[data-file=receipt]"), `${name}.tlog-proof`, receipt.proof);
  offerFile(where.querySelector("[data-file=act]"), `${name}.sd-jwt`, receipt.act);
}

let checking = null;

/**
 * Check every receipt of a process against its logs as they are now; once for each page.
 * @param {string} process
 * @returns {Promise<Map<string, number>>} acts in each log that was checked, by origin
 * @throws {Refused} as `recheckLog`
 */
export function recheck(process) {
  checking ??= recheckAll(process);
  return checking;
}

/** @param {string} process */
async function recheckAll(process) {
  const [receipts, sizes] = [await receiptsOf(process), new Map()];
  for (const log of new Set(receipts.map((receipt) => receipt.log))) {
    const own = receipts.filter((receipt) => receipt.log === log);
    // The proof starts from what is kept: no other tab may move that on in between.
    sizes.set(log, await oneAtATime(`place ${log}`, () => recheckLog(process, log, own)));
  }
  return sizes;
}

/**
 * @param {string} process
 * @param {string} log
 * @param {KeptReceipt[]} receipts of that log
 * @returns {Promise<number>} acts in the log
 * @throws {Refused} `seen.*`, `note.*` and the like where the log does not bear the receipts out (see `isBroken`);
 * `host.*`, `log.*` where it cannot be asked
 */
async function recheckLog(process, log, receipts) {
  const address = `${addressOf(process)}/log${log.slice(process.length)}`;
  const verifier = await logVerifier(log, receipts[0].logKey);
  // What the log is now comes first: a receipt of more acts than that is evidence.
  await takeIn(address, verifier, await askBytes(`${address}/checkpoint`));
  for (const receipt of receipts.filter(({ tied }) => !tied)) {
    await takeIn(address, verifier, parseProof(utf8(receipt.proof)).checkpoint);
    await write("receipts", { ...receipt, tied: true });
  }
  const [size] = await seenForNextAct(log);
  return size;
}

/** Take a checkpoint in, with the proof that it and the last one seen are states of one log: under the lock of its place. */
export async function takeIn(address, verifier, note) {
  const { checkpoint } = await openCheckpoint(note, verifier);
  const kept = await lastSeen(verifier.key.name);
  const known = kept?.size ?? checkpoint.size;
  const proof = await proofBetween(address, Math.min(known, checkpoint.size), Math.max(known, checkpoint.size));
  await advance(verifier, note, proof).catch(tellHost(verifier.key.name, kept?.note, note));
}

/** Hashes of the proof between two sizes; none where the host has no such size: that proves nothing, and is refused. */
export async function proofBetween(address, from, to) {
  if (from === to) return [];
  try {
    const { consistency } = await ask(`${address}/consistency?from=${from}&to=${to}`);
    return consistency.map((node) => decodeBase64url(node));
  } catch (error) {
    if (error instanceof Refused && error.refusals[0].code === "proof.sizes") return [];
    throw error;
  }
}

/** Whether an error says that the log does not bear a receipt out, and not only that it could not be asked. */
export function isBroken(error) {
  return error instanceof Refused && !/^(host|log|token|browser|http)\./.test(error.refusals[0].code);
}
