// Receipts: a proof, to be checked offline, that an entry stands in a log (C2SP tlog-proof).
//
//     c2sp.org/tlog-proof@v1
//     index 1
//     <a hash of the inclusion proof in base64, leaf's sibling first; a line for each>
//                                                                  (an empty line)
//     <the checkpoint with its signatures, as it is>
//
// A line `extra <base64>` may stand before the index. Nothing authenticates it: it is parsed for other logs'
// proofs, and `checkProof` refuses a proof that has one.

import { isAscii, latin1 } from "../codec/bytes.js";
import { gettext as _ } from "../words.js";
import { openCheckpoint } from "./checkpoint.js";
import { decodeBase64, decodeHash, parseDecimal, under } from "./line.js";
import { checkInclusion } from "./merkle.js";

const FIRST_LINE = "c2sp.org/tlog-proof@v1";
const LONGEST_PATH = 63; // a tree has fewer than 2^63 leaves
const refuseProof = under("C2SP tlog-proof");

/**
 * A proof nobody has checked yet. index: of the entry, from 0; hashes: 32 bytes each, the leaf's sibling first;
 * checkpoint: the signed note, unopened; extra: data that nothing authenticates, empty where there is none.
 * @typedef {{ index: number, hashes: Uint8Array[], checkpoint: Uint8Array, extra: Uint8Array }} TlogProof
 *
 * The entry stands at `index` in the tree (size, root), which the log signed. cosigners: one for each known
 * cosigner's key that verified; a quorum counts names.
 * @typedef {{ index: number, size: number, root: Uint8Array,
 *   cosigners: import("./checkpoint.js").Cosigned[] }} CheckedProof
 */

/**
 * Nothing is verified: see `checkProof`.
 * @param {Uint8Array} raw
 * @returns {TlogProof}
 * @throws {Refused} `proof.malformed`, `proof.extra`, `proof.index`, `proof.path_length` or `proof.hash`
 */
export function parseProof(raw) {
  const text = latin1(raw);
  const end = text.indexOf("\n\n");
  const head = text.slice(0, Math.max(end, 0));
  if (end < 0 || !isAscii(head)) {
    throw refuseProof("proof.malformed", _("The proof has no head of ASCII lines before an empty line."));
  }
  const lines = head.split("\n");
  if (lines.shift() !== FIRST_LINE) {
    throw refuseProof("proof.malformed", _("The proof does not start with “{line}”.", { line: FIRST_LINE }));
  }
  const extra = lines[0]?.startsWith("extra ") ? parseExtra(lines.shift()) : new Uint8Array();
  const index = lines[0]?.startsWith("index ") ? parseDecimal(lines.shift().slice("index ".length)) : null;
  if (index === null) {
    throw refuseProof("proof.index", _("The proof has no line “index N” with a decimal number."));
  }
  if (lines.length > LONGEST_PATH) {
    throw refuseProof("proof.path_length", _("The proof has more than 63 hashes."));
  }
  return { index, hashes: lines.map(parseHash), checkpoint: raw.slice(end + 2), extra };
}

/** @param {string} line */
function parseExtra(line) {
  const extra = decodeBase64(line.slice("extra ".length));
  if (extra === null || extra.length === 0) {
    const sentence = _("The extra data is empty or not base64; without any, the line is left out.");
    throw refuseProof("proof.extra", sentence);
  }
  return extra;
}

/** @param {string} line */
function parseHash(line) {
  const node = decodeHash(line);
  if (node === null) {
    throw refuseProof("proof.hash", _("A line of the inclusion proof is not 32 bytes in base64."));
  }
  return node;
}

/**
 * Check that `log` proves the entry with this leaf, and which known `cosigners` signed. How many cosigners are
 * enough is the caller's policy.
 * @param {TlogProof} proof
 * @param {Uint8Array} leaf 32 bytes
 * @param {import("./signed_note.js").Verifier} log
 * @param {readonly import("./signed_note.js").Verifier[]} [cosigners]
 * @returns {Promise<CheckedProof>}
 * @throws {Refused} `proof.extra`, or one of those of `openCheckpoint` and `checkInclusion`
 */
export async function checkProof(proof, leaf, log, cosigners = []) {
  if (proof.extra.length > 0) {
    throw refuseProof("proof.extra", _("The proof carries extra data, which nothing authenticates."));
  }
  const opened = await openCheckpoint(proof.checkpoint, log, cosigners);
  const { size, root } = opened.checkpoint;
  await checkInclusion(leaf, proof.index, size, proof.hashes, root);
  return { index: proof.index, size, root, cosigners: opened.cosigners };
}
