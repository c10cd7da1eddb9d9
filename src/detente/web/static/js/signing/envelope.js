// An act on the wire: `<header>.<payload>.<signature>~<disclosure>~...~` (RFC 9901; docs/specs/act.md).
//
// What the log keeps, the *entry*, is the part before the first `~`. Disclosures travel and live beside it.
// Parsing is strict, so that one act has one spelling: what is parsed here and written again is equal.

import { encodeBase64url } from "../codec/base64url.js";
import { isAscii, latin1, utf8 } from "../codec/bytes.js";
import { refuse } from "../codec/refusal.js";
import { sha256 } from "../codec/web_crypto.js";
import { gettext as _ } from "../words.js";
import { parseCompact } from "./compact.js";

export const ACT_TYPE = "detente-act+sd-jwt";
/** Bytes; the length field of a tile's entry has 16 bits (C2SP tlog-tiles). */
export const LARGEST_ENTRY = 65_535;
/** Bytes of an act with its disclosures, unless the caller sets another limit. */
export const LARGEST_SUBMISSION = 1_048_576;

/**
 * An act taken apart: a statement with the entry that it came from and its disclosures, not yet opened. Nothing
 * in it is verified: see `verify` in signing/verifier.js.
 * @typedef {import("./compact.js").Statement & { entry: Uint8Array, disclosures: string[] }} Envelope
 */

/**
 * SHA-256 of the signing input, base64url: the same for an act signed twice with randomness.
 * @param {import("./compact.js").Statement} statement
 * @returns {Promise<string>}
 */
export async function submissionOf(statement) {
  return encodeBase64url(await sha256(statement.signingInput));
}

/**
 * @param {number} size of an entry, in bytes
 * @throws {Refused} `envelope.entry_size`
 */
export function checkEntrySize(size) {
  if (size <= LARGEST_ENTRY) return;
  throw refuse(
    "envelope.entry_size",
    _("The entry has {size} bytes; a tile holds at most {largest}.", { size, largest: LARGEST_ENTRY }),
    "C2SP tlog-tiles",
    _("Move the content into a hidden field or a sealed file."),
  );
}

/**
 * @param {string} entry
 * @param {string[]} disclosures
 * @returns {Envelope}
 */
function envelope(entry, disclosures) {
  checkEntrySize(entry.length);
  return { ...parseCompact(entry, ACT_TYPE), entry: utf8(entry), disclosures };
}

/**
 * Take an entry of the log apart; it has no `~` and brings no disclosures.
 * @param {Uint8Array} entry
 * @returns {Envelope}
 * @throws {Refused} `envelope.*`, `base64.not_canonical` or `json.*`
 */
export function parseEntry(entry) {
  return envelope(latin1(entry), []);
}

/**
 * Take a submitted act apart. It ends in `~`, disclosures or none; a key-binding JWT is not admitted.
 * @param {Uint8Array} raw
 * @param {number} [largest] bytes, the whole of `raw`
 * @returns {Envelope}
 * @throws {Refused} `envelope.*`, `base64.not_canonical` or `json.*`
 */
export function parseEnvelope(raw, largest = LARGEST_SUBMISSION) {
  if (raw.length > largest) {
    const places = { size: raw.length, largest };
    const sentence = _("The act has {size} bytes; at most {largest} are admitted.", places);
    throw refuse("envelope.size", sentence, "", _("Send large content as a sealed file beside the log."));
  }
  const text = latin1(raw);
  if (!isAscii(text)) {
    const instead = _("Send it as it was signed: base64url, dots and “~”.");
    throw refuse("envelope.not_ascii", _("The act holds a byte that is not ASCII."), "RFC 9901 sec. 4", instead);
  }
  if (!text.endsWith("~")) {
    throw refuse(
      "envelope.no_tilde",
      _("The act does not end in “~”."),
      "RFC 9901 sec. 4",
      _("End it with “~” after the last disclosure, or after the signature where there is none."),
    );
  }
  const [entry, ...disclosures] = text.slice(0, -1).split("~");
  if (disclosures.includes("")) {
    const instead = _("Write one “~” between two disclosures.");
    throw refuse("envelope.empty_disclosure", _("A disclosure is empty."), "RFC 9901 sec. 4", instead);
  }
  return envelope(entry, disclosures);
}
