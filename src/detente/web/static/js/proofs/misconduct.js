// Evidence against a log: two checkpoints under its key whose trees do not begin alike, in one file that proves it to
// anybody (docs/specs/evidence-against-a-log.md). The counterpart of what `detente.proofs.misconduct` writes.

import { decodeBase64url } from "../codec/base64url.js";
import { concat, equalBytes, fromHex, fromUtf8, utf8 } from "../codec/bytes.js";
import { encodeCanonical } from "../codec/canonical_json.js";
import { parseCheckpoint } from "../tlog/checkpoint.js";
import { encodeBase64 } from "../tlog/line.js";
import { prefixRoot } from "../tlog/merkle.js";
import { ED25519, parseNote, verifierKey } from "../tlog/signed_note.js";

/** @typedef {import("../tlog/signed_note.js").VerifierKey} VerifierKey */

export const EVIDENCE_LINE = "detente evidence against a log v1";

/** What a note says, without looking at who signed it. @param {Uint8Array} note */
export function statedIn(note) {
  return parseCheckpoint(parseNote(note).text);
}

/**
 * That the tree of `shown` does not begin with the one of `kept`, which is no larger. Both were verified before.
 * @param {string} origin of the log
 * @param {{ convenor: string, label: string, log: string, nonce: string }} identity what the process id is derived from
 * @param {Uint8Array} kept
 * @param {Uint8Array} shown
 * @param {readonly Uint8Array[]} path that leads to the root of `shown`, as for `prefixRoot`
 * @returns {Promise<Uint8Array | null>} null where the one does begin with the other
 * @throws {import("../codec/refusal.js").Refused} as `prefixRoot`
 */
export async function twoHistories(origin, identity, kept, shown, path) {
  const [earlier, later] = [statedIn(kept), statedIn(shown)];
  if (equalBytes(await prefixRoot(earlier.size, later.size, path, later.root), earlier.root)) return null;
  const log = await verifierKey(origin, ED25519, decodeBase64url(identity.log));
  const heading = `${EVIDENCE_LINE}\nlog ${origin}\nfixed by ${fromUtf8(encodeCanonical(identity))}\nabout first ${earlier.size}\n`;
  return concat(utf8(heading), testimony(log, kept, [earlier.root]), testimony(log, shown, path));
}

/** @param {VerifierKey} log @param {Uint8Array} note @param {readonly Uint8Array[]} path */
function testimony(log, note, path) {
  const own = byTheLogAlone(note, log);
  const lines = own.filter((byte) => byte === 10).length;
  const hashes = path.map((node) => `${encodeBase64(node)}\n`).join("");
  return concat(utf8(`root ${path.length}\n${hashes}checkpoint ${lines}\n`), own);
}

/**
 * A checkpoint with nothing but its log's own signature: evidence says the same to everybody who reads it.
 * @param {Uint8Array} note
 * @param {VerifierKey} log
 */
export function byTheLogAlone(note, log) {
  const { text, signatures } = parseNote(note);
  const own = signatures.filter(({ name, keyId }) => name === log.name && keyId === log.keyId);
  const lines = (own.length > 0 ? own : signatures).map(
    ({ name, keyId, signature }) => `— ${name} ${encodeBase64(concat(fromHex(keyId), signature))}\n`,
  );
  return utf8(`${text}\n${lines.join("")}`);
}
