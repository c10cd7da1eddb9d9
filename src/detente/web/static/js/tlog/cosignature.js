// Cosignatures: a witness states that a checkpoint extends all it saw before (C2SP tlog-cosignature).
//
// A cosignature is a signature line on the checkpoint's note. Its signature is the time in Unix seconds, 8 bytes
// big-endian, and then the signature proper over a message that holds the same time:
//
// | algorithm | signature | message |
// |---|---|---|
// | 0x04 Ed25519 | 64 bytes | `cosignature/v1`, newline, `time N`, newline, the checkpoint's text |
// | 0x06 ML-DSA-44 | 2,420 bytes | `subtree/v1`, newline, 0x00; cosigner's name; time; origin; 0; size; root |
//
// In the second, names follow their length in one byte, numbers are 8 bytes big-endian, the root is 32 bytes.
// Not every browser knows ML-DSA-44 yet: who checks with such a key there is refused with `browser.algorithm`,
// and may leave the key out, so that its line says nothing.

import { bigEndian, concat, eightBytes, utf8 } from "../codec/bytes.js";
import { ifKnown, webCrypto } from "../codec/web_crypto.js";
import { signatureHolds } from "../keys/ed25519.js";
import { checkPublicKey } from "../keys/public.js";
import { gettext as _ } from "../words.js";
import { parseCheckpoint } from "./checkpoint.js";
import { LARGEST_NUMBER, under } from "./line.js";
import { badSignature } from "./signed_note.js";

export const ED25519_COSIGNATURE = 0x04;
export const MLDSA44_COSIGNATURE = 0x06;

const SUBTREE = "subtree/v1\n\0";
const refuseCosignature = under("C2SP tlog-cosignature");

/**
 * What the cosigner's key signs for the checkpoint `text` at `time`.
 * @param {import("./signed_note.js").VerifierKey} key
 * @param {string} text
 * @param {number} time Unix seconds
 * @returns {Uint8Array}
 * @throws {Refused} `cosignature.time`, `cosignature.name` (a name over 255 bytes), or as `parseCheckpoint`
 */
export function signedMessage(key, text, time) {
  const { origin, size, root } = parseCheckpoint(text);
  if (time > LARGEST_NUMBER) {
    const sentence = _("The time is not a number from 0 to 2^53 - 1.");
    throw refuseCosignature("cosignature.time", sentence, _("State Unix seconds."));
  }
  if (key.algorithm === ED25519_COSIGNATURE) return utf8(`cosignature/v1\ntime ${time}\n${text}`);
  const names = [withLength(key.name), withLength(origin)];
  const [start, end] = [eightBytes(0), eightBytes(size)];
  return concat(utf8(SUBTREE), names[0], eightBytes(time), names[1], start, end, root);
}

/** @param {string} name */
function withLength(name) {
  const raw = utf8(name);
  if (raw.length > 255) {
    const sentence = _("A cosigner's name or an origin is over 255 bytes.");
    throw refuseCosignature("cosignature.name", sentence, _("Give a shorter name."));
  }
  return concat(Uint8Array.of(raw.length), raw);
}

/**
 * The line of an Ed25519 cosigner. Whether the checkpoint may be cosigned is for the witness to decide first.
 * @param {import("./signed_note.js").VerifierKey} key
 * @param {(message: Uint8Array) => Promise<Uint8Array>} sign with that key
 * @param {string} text of the checkpoint
 * @param {number} time Unix seconds
 * @returns {Promise<import("./signed_note.js").NoteSignature>}
 * @throws {Refused} as `signedMessage`
 */
export async function cosign(key, sign, text, time) {
  const signature = await sign(signedMessage(key, text, time));
  return { name: key.name, keyId: key.keyId, signature: concat(eightBytes(time), signature) };
}

/**
 * Verifies one cosigner's cosignatures.
 * @param {import("./signed_note.js").VerifierKey} key
 * @returns {import("./signed_note.js").Verifier}
 * @throws {Refused} `vkey.algorithm` for another key, or as `checkPublicKey`
 */
export function cosignatureVerifier(key) {
  const isEd25519 = key.algorithm === ED25519_COSIGNATURE;
  if (!isEd25519 && key.algorithm !== MLDSA44_COSIGNATURE) {
    const instead = _("Copy the whole line of the cosigner’s key again.");
    throw refuseCosignature("vkey.algorithm", _("The key is not a cosigner's key."), instead);
  }
  if (isEd25519) checkPublicKey(key.publicKey);
  const holds = isEd25519 ? signatureHolds : mldsa44SignatureHolds;
  const verify = async (text, signature) => {
    const time = Number(bigEndian(signature.subarray(0, 8)));
    const message = signedMessage(key, text, time);
    if (!(await holds(key.publicKey, message, signature.slice(8)))) throw badSignature(key.name);
    return time;
  };
  return { key, verify };
}

/** This format of keys came with the algorithm: where neither is known, its name is a fault of type. */
function formatUnknown(error) {
  throw error instanceof TypeError ? new DOMException(error.message, "NotSupportedError") : error;
}

/** As `signatureHolds`, with an empty context (FIPS 204). */
function mldsa44SignatureHolds(publicKey, message, signature) {
  return ifKnown("ML-DSA-44", async () => {
    const key = await webCrypto().importKey("raw-public", publicKey, "ML-DSA-44", false, ["verify"]).catch(formatUnknown);
    return webCrypto().verify("ML-DSA-44", key, signature, message);
  });
}
