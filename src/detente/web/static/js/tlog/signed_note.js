// Signed notes and verifier keys (C2SP signed-note).
//
// A note is a text that ends in a newline, an empty line, and one line for each signature: an em dash, a space,
// the key's name, a space, base64(4-byte key id || signature). All of it is UTF-8 without control characters.
//
// A verifier key is `name+key id in hex+base64(algorithm || public key)`. The key id is the first 4 bytes of
// SHA-256(name || newline || algorithm || public key); here it is spelled in hex.

import { concat, fromHex, fromUtf8, hex, utf8 } from "../codec/bytes.js";
import { sha256 } from "../codec/web_crypto.js";
import { signatureHolds } from "../keys/ed25519.js";
import { checkPublicKey } from "../keys/public.js";
import { gettext as _ } from "../words.js";
import { decodeBase64, encodeBase64, isLine, partition, under } from "./line.js";

export const ED25519 = 0x01;
const LARGEST_SIGNATURE_COUNT = 100; // the specification asks for some limit, of 16 or more
const PUBLIC_KEY_LENGTHS = new Map([[ED25519, 32], [0x04, 32], [0x06, 1312]]);
const CONTROL = /[\x00-\x09\x0b-\x1f]/;
const refuseNote = under("C2SP signed-note");
const copyKey = () => _("Copy the whole line of the key again: its name, its id and its public part.");
const sendWhole = () => _("Send the note as it was signed, whole: its text, an empty line, each signature once.");
// What Unicode calls white space, and the plus sign; `\s` would not be the same set.
const SPACE_OR_PLUS = /[+ \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/**
 * A key as others know it.
 * @typedef {object} VerifierKey
 * @property {string} name
 * @property {number} algorithm 0x01 Ed25519, 0x04 Ed25519 cosignature, 0x06 ML-DSA-44 cosignature
 * @property {Uint8Array} publicKey 32 bytes, for ML-DSA-44 1,312
 * @property {string} keyId
 *
 * One signature line; at least 1 byte of signature, its form set by the algorithm.
 * @typedef {{ name: string, keyId: string, signature: Uint8Array }} NoteSignature
 *
 * A note nobody has verified yet.
 * @typedef {{ text: string, signatures: NoteSignature[] }} Note
 *
 * A key that can check signatures on a note's text. `verify` gives the time that the signature states (Unix
 * seconds), or null where its algorithm states none; it refuses with `note.signature`.
 * @typedef {(text: string, signature: Uint8Array) => Promise<number | null>} Verify
 * @typedef {{ key: VerifierKey, verify: Verify }} Verifier
 */

/**
 * @param {string} name
 * @param {number} algorithm
 * @param {Uint8Array} publicKey
 * @returns {Promise<VerifierKey>}
 * @throws {Refused} `vkey.name`, `vkey.algorithm` or `vkey.length`
 */
export async function verifierKey(name, algorithm, publicKey) {
  if (!isKeyName(name)) {
    throw refuseNote("vkey.name", _("A key's name is not empty and has no space and no plus sign."), copyKey());
  }
  if (!PUBLIC_KEY_LENGTHS.has(algorithm)) {
    throw refuseNote("vkey.algorithm", _("Algorithm {algorithm} is not known here.", { algorithm }), copyKey());
  }
  if (publicKey.length !== PUBLIC_KEY_LENGTHS.get(algorithm)) {
    throw refuseNote("vkey.length", _("The public key's length is not its algorithm's."), copyKey());
  }
  const digest = await sha256(utf8(`${name}\n`), Uint8Array.of(algorithm), publicKey);
  return { name, algorithm, publicKey, keyId: hex(digest.subarray(0, 4)) };
}

/** @param {string} name */
function isKeyName(name) {
  return name !== "" && isLine(name) && !SPACE_OR_PLUS.test(name);
}

/**
 * @param {VerifierKey} key
 * @returns {string}
 */
export function formatVkey(key) {
  const typedKey = concat(Uint8Array.of(key.algorithm), key.publicKey);
  return `${key.name}+${key.keyId}+${encodeBase64(typedKey)}`;
}

/**
 * @param {string} text
 * @returns {Promise<VerifierKey>}
 * @throws {Refused} `vkey.malformed`, or one of those of `verifierKey`
 */
export async function parseVkey(text) {
  const [name, rest] = partition(text, "+");
  const typedKey = decodeBase64(partition(rest, "+")[1]);
  if (typedKey !== null && typedKey.length > 0) {
    const key = await verifierKey(name, typedKey[0], typedKey.slice(1));
    if (formatVkey(key) === text) return key;
  }
  throw refuseNote("vkey.malformed", _("The text is not a verifier key."), _("Copy the whole line again."));
}

/**
 * @param {Uint8Array} raw
 * @returns {Note}
 * @throws {Refused} `note.malformed`
 */
export function parseNote(raw) {
  const decoded = fromUtf8(raw);
  if (decoded === null) throw malformed(_("The note is not UTF-8."));
  if (CONTROL.test(decoded)) throw malformed(_("The note has a control character."));
  const end = decoded.lastIndexOf("\n\n");
  if (end < 0 || decoded.length === end + 2 || !decoded.endsWith("\n")) {
    throw malformed(_("The note has no block of signatures after an empty line."));
  }
  const lines = decoded.slice(end + 2, -1).split("\n");
  if (lines.length > LARGEST_SIGNATURE_COUNT) throw malformed(_("The note has more than 100 signatures."));
  return { text: decoded.slice(0, end + 1), signatures: lines.map(parseSignature) };
}

/** @param {string} line @returns {NoteSignature} */
function parseSignature(line) {
  const [dash, rest] = partition(line, " ");
  const [name, encoded] = partition(rest, " ");
  const raw = decodeBase64(encoded);
  if (dash !== "—" || !isKeyName(name) || raw === null || raw.length < 5) {
    throw malformed(_("A signature line does not have the form “— name base64”."));
  }
  return { name, keyId: hex(raw.subarray(0, 4)), signature: raw.slice(4) };
}

/** A signature line, with its end. @param {NoteSignature} line */
export function formatSignature({ name, keyId, signature }) {
  return `— ${name} ${encodeBase64(concat(fromHex(keyId), signature))}\n`;
}

/**
 * Check every signature by a known key; ignore the others. The caller asks who is among `verified`.
 * @param {Uint8Array} raw
 * @param {readonly Verifier[]} verifiers
 * @returns {Promise<{ text: string, verified: { name: string, keyId: string, time: number | null }[],
 *   unverified: NoteSignature[] }>}
 * @throws {Refused} `note.malformed`, `note.ambiguous_key` (two verifiers with one name and key id),
 * `note.signature` (a known key's signature does not verify), `note.repeated` (two signatures by one known key)
 * or `note.unverified` (none by a known key)
 */
export async function openNote(raw, verifiers) {
  const note = parseNote(raw);
  const known = new Map(verifiers.map((verifier) => [lineOf(verifier.key), verifier]));
  if (known.size !== verifiers.length) {
    throw refuseNote("note.ambiguous_key", _("Two verifiers have the same name and key id."), _("Name each key once."));
  }
  const [verified, unverified] = [[], []];
  for (const line of note.signatures) {
    const verifier = known.get(lineOf(line));
    if (verifier === undefined) unverified.push(line);
    else verified.push({ ...line, time: await verifier.verify(note.text, line.signature) });
  }
  if (new Set(verified.map(lineOf)).size !== verified.length) {
    throw refuseNote("note.repeated", _("One key has signed the note twice."), sendWhole());
  }
  if (verified.length === 0) {
    const instead = _("Send it with a signature by a key that this record names.");
    throw refuseNote("note.unverified", _("No signature on the note is by a known key."), instead);
  }
  return { text: note.text, verified, unverified };
}

/** Which key a line names: no name holds a plus sign. @param {{ name: string, keyId: string }} line */
function lineOf({ name, keyId }) {
  return `${name}+${keyId}`;
}

/**
 * Verifies plain Ed25519 signatures.
 * @param {VerifierKey} key
 * @returns {Verifier}
 * @throws {Refused} `vkey.algorithm` for a key of another algorithm, or as `checkPublicKey`
 */
export function noteVerifier(key) {
  if (key.algorithm !== ED25519) {
    throw refuseNote("vkey.algorithm", _("The key does not sign notes with plain Ed25519."), copyKey());
  }
  checkPublicKey(key.publicKey);
  const verify = async (text, signature) => {
    if (!(await signatureHolds(key.publicKey, utf8(text), signature))) throw badSignature(key.name);
    return null;
  };
  return { key, verify };
}

/** @param {string} name */
export function badSignature(name) {
  return refuseNote(
    "note.signature",
    _("The signature by the known key “{name}” does not verify.", { name }),
    _("Fetch the note again; if it stays so, keep it as evidence."),
  );
}

/** @param {string} sentence */
function malformed(sentence) {
  return refuseNote("note.malformed", sentence, sendWhole());
}
