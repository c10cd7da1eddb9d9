// What the browser says of a file, beside what Python says: evidence against a log, and a policy over a checkpoint.

import { Refused } from "/static/js/codec/refusal.js";
import { verifyEvidence } from "/static/js/proofs/evidence.js";
import { weighCheckpoint } from "/static/js/tlog/policy.js";
import { parsePolicy } from "/static/js/tlog/policy_file.js";
import { parseVkey } from "/static/js/tlog/signed_note.js";
import { fromLatin1 } from "./given.js";

async function orRefusals(work) {
  try {
    return { found: await work(), refusals: [] };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { found: null, refusals: error.refusals };
  }
}

/** @param {string[]} files in Latin-1 */
export function evidence(files) {
  return Promise.all(files.map((raw) => orRefusals(() => verifyEvidence(fromLatin1(raw)))));
}

export function policy(raw, note, log) {
  return orRefusals(async () => weighCheckpoint(await parsePolicy(fromLatin1(raw)), fromLatin1(note), await parseVkey(log)));
}
