// Checkpoints: the head of a log as a signed note (C2SP tlog-checkpoint).
//
// The text has three lines, each ending in a newline: the log's origin, the number of leaves, the root in
// base64. There are no extension lines: nobody could audit them, and ML-DSA-44 cosignatures do not sign them.

import { equalBytes, hex } from "../codec/bytes.js";
import { refuse } from "../codec/refusal.js";
import { gettext as _ } from "../words.js";
import { decodeHash, encodeBase64, isLine, LARGEST_NUMBER, parseDecimal } from "./line.js";
import { EMPTY_ROOT } from "./merkle.js";
import { openNote } from "./signed_note.js";

/** @param {string} code @param {string} sentence */
function refuseCheckpoint(code, sentence) {
  return refuse(code, sentence, "C2SP tlog-checkpoint", _("Send the checkpoint of this log as it was signed, whole."));
}

/**
 * A tree head. origin: the log's name, one line; size: leaves; root: 32 bytes.
 * @typedef {{ origin: string, size: number, root: Uint8Array }} Checkpoint
 *
 * A verified cosignature. time: Unix seconds; 0 where an ML-DSA-44 cosigner states no time.
 * @typedef {{ name: string, keyId: string, time: number }} Cosigned
 *
 * A checkpoint signed by its log. cosigners: one for each key that verified, in the order of the lines. A
 * cosigner with two keys stands there twice: a quorum counts names. The log's own ML-DSA-44 line stands there
 * under the origin: it is no witness.
 * @typedef {{ checkpoint: Checkpoint, cosigners: Cosigned[] }} OpenedCheckpoint
 */

/**
 * @param {Checkpoint} checkpoint
 * @returns {Checkpoint} the same
 * @throws {Refused} `checkpoint.origin`, `checkpoint.size` or `checkpoint.root`
 */
export function checkCheckpoint(checkpoint) {
  const { origin, size, root } = checkpoint;
  if (origin === "" || !isLine(origin)) {
    throw refuseCheckpoint("checkpoint.origin", _("The origin is empty or is not one line of text."));
  }
  if (!Number.isInteger(size) || size < 0 || size > LARGEST_NUMBER) {
    throw refuseCheckpoint("checkpoint.size", _("The size is not a number from 0 to 2^53 - 1."));
  }
  if (root.length !== 32 || (size === 0 && !equalBytes(root, EMPTY_ROOT))) {
    const sentence = _("The root is not 32 bytes, or is not the empty tree's where the size is 0.");
    throw refuseCheckpoint("checkpoint.root", sentence);
  }
  return checkpoint;
}

/**
 * The note's text.
 * @param {Checkpoint} checkpoint
 * @returns {string}
 */
export function formatCheckpoint({ origin, size, root }) {
  return `${origin}\n${size}\n${encodeBase64(root)}\n`;
}

/**
 * @param {string} text
 * @returns {Checkpoint}
 * @throws {Refused} `checkpoint.lines`, or one of those of `checkCheckpoint`
 */
export function parseCheckpoint(text) {
  const lines = text.split("\n");
  if (lines.length !== 4 || lines[3] !== "") {
    throw refuseCheckpoint("checkpoint.lines", _("A checkpoint has three lines: origin, size and root."));
  }
  const [size, root] = [parseDecimal(lines[1]), decodeHash(lines[2])];
  if (size === null) {
    throw refuseCheckpoint("checkpoint.size", _("The size is not a decimal number without leading zeros."));
  }
  if (root === null) throw refuseCheckpoint("checkpoint.root", _("The root is not 32 bytes in base64."));
  return checkCheckpoint({ origin: lines[0], size, root });
}

/**
 * Verify the signature of `log` and those of the known `cosigners`; the log's key name is the origin.
 * @param {Uint8Array} raw
 * @param {import("./signed_note.js").Verifier} log
 * @param {readonly import("./signed_note.js").Verifier[]} [cosigners]
 * @returns {Promise<OpenedCheckpoint>}
 * @throws {Refused} `note.shared_key` (one public key under two verifiers: an Ed25519 cosignature does not commit
 * to the cosigner's name), `checkpoint.unsigned` (no signature by `log`), `checkpoint.origin` (another log's),
 * or one of those of `openNote` and `parseCheckpoint`
 */
export async function openCheckpoint(raw, log, cosigners = []) {
  const verifiers = [log, ...cosigners];
  if (new Set(verifiers.map(({ key }) => hex(key.publicKey))).size !== verifiers.length) {
    const sentence = _("Two verifiers have the same public key.");
    throw refuse("note.shared_key", sentence, "C2SP tlog-cosignature", _("Name each key once."));
  }
  const { text, verified } = await openNote(raw, verifiers);
  const { name, keyId } = log.key;
  if (!verified.some((line) => line.name === name && line.keyId === keyId)) {
    throw refuseCheckpoint("checkpoint.unsigned", _("The log “{name}” has not signed the checkpoint.", { name }));
  }
  const checkpoint = parseCheckpoint(text);
  if (checkpoint.origin !== name) {
    const sentence = _("The checkpoint is of “{origin}”, not of “{name}”.", { origin: checkpoint.origin, name });
    throw refuseCheckpoint("checkpoint.origin", sentence);
  }
  const cosigned = verified.filter((line) => line.time !== null);
  return { checkpoint, cosigners: cosigned.map(({ name: by, keyId: id, time }) => ({ name: by, keyId: id, time })) };
}
