// Proofs over trees, for tests/javascript/test_merkle.py: many a call.

import { checkConsistency, checkInclusion, leafHash, nodeHash } from "/static/js/tlog/merkle.js";
import { fromHex, hex, outcome } from "./given.js";

const code = async (work) => (await outcome(work)).refusals?.[0].code ?? "";

/** Of each {leaf, index, size, proof, root}: "", or the code it is refused with. */
export function included(cases) {
  return Promise.all(cases.map(({ leaf, index, size, proof, root }) =>
    code(() => checkInclusion(fromHex(leaf), index, size, proof.map(fromHex), fromHex(root)))));
}

/** Of each {old, new, proof, roots}: "", or the code it is refused with. */
export function consistent(cases) {
  return Promise.all(cases.map(({ old, new: now, proof, roots: [oldRoot, newRoot] }) =>
    code(() => checkConsistency(old, now, proof.map(fromHex), fromHex(oldRoot), fromHex(newRoot)))));
}

export async function hashes(left, right) {
  return [hex(await leafHash(fromHex(left))), hex(await nodeHash(fromHex(left), fromHex(right)))];
}
