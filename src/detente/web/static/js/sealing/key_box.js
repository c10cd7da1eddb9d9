// Key boxes, and content sealed to the key that is in one (docs/specs/sealed-content.md). As detente.sealing.key_box.
// It brings age with it: import it where something is sealed or opened.

import { decodeBase64url, encodeBase64url } from "../codec/base64url.js";
import { latin1, utf8 } from "../codec/bytes.js";
import { refuse } from "../codec/refusal.js";
import { gettext as _ } from "../words.js";
import { seal, unseal } from "./age.js";
import { readIdentity } from "./identity.js";

/**
 * A box with a chamber's keys.
 * @param {string[]} identities
 * @param {Uint8Array[]} recipients X25519 public keys of those it is for
 * @returns {Promise<string>} base64url
 * @throws {Refused} as `seal`
 */
export async function makeKeyBox(identities, recipients) {
  return encodeBase64url(await seal(utf8(identities.map((one) => `${one}\n`).join("")), recipients));
}

/**
 * The chamber's keys in a box. Whether they are the chamber's is for the reader to compare.
 * @param {string} box base64url
 * @param {import("./age.js").Identity} identity
 * @returns {Promise<string[]>}
 * @throws {Refused} `base64.not_canonical`, `sealing.identity`, or as `unseal`
 */
export async function openKeyBox(box, identity) {
  const text = latin1(await unseal(decodeBase64url(box), identity));
  return text.split("\n").filter(Boolean).map(readIdentity);
}

/**
 * @param {string} disclosures of an act, each with `~` after it
 * @param {Uint8Array} publicKey the chamber's
 * @returns {Promise<string>} base64url
 */
export async function sealContent(disclosures, publicKey) {
  return encodeBase64url(await seal(utf8(disclosures), [publicKey]));
}

/**
 * The disclosures in sealed content. Whether they open the act's digests is for the reader to check.
 * @param {string} file base64url
 * @param {string} identity of the chamber's key
 * @returns {Promise<string[]>}
 * @throws {Refused} `base64.not_canonical`, `sealing.malformed`, or as `unseal`
 */
export async function openContent(file, identity) {
  const text = latin1(await unseal(decodeBase64url(file), identity));
  if (!text.endsWith("~")) {
    const instead = _("Ask its author to write it again.");
    throw refuse("sealing.malformed", _("What was sealed holds no disclosures of an act."), "", instead);
  }
  return text.slice(0, -1).split("~");
}
