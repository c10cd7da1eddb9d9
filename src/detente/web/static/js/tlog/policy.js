// Policies: which logs and witnesses a reader believes, and how many of them must have signed (C2SP tlog-policy). The
// file that says so is read by policy_file.js.

import { formatVkey } from "./signed_note.js";

/**
 * @typedef {import("./signed_note.js").VerifierKey} VerifierKey
 *
 * A log that is believed, under its origin's name; `url` is where it is, or "".
 * @typedef {{ key: VerifierKey, url: string }} KnownLog
 *
 * @typedef {{ name: string, key: VerifierKey, url: string }} KnownWitness
 *
 * Has witnessed a checkpoint where at least `threshold` of its members have.
 * @typedef {{ name: string, threshold: number, members: (KnownWitness | Group)[] }} Group
 *
 * quorum: what must have witnessed a checkpoint; null where nothing must (`quorum none`).
 * @typedef {{ logs: KnownLog[], witnesses: KnownWitness[], quorum: KnownWitness | Group | null }} Policy
 */

/**
 * Whether those who have cosigned are enough.
 * @param {Policy} policy
 * @param {readonly VerifierKey[]} cosigners the keys whose cosignatures were verified
 */
export function satisfied({ quorum }, cosigners) {
  return quorum === null || hasWitnessed(quorum, new Set(cosigners.map(formatVkey)));
}

/**
 * In words, how many have cosigned of how many, and who is missing; "" where the policy is satisfied.
 * @param {Policy} policy
 * @param {readonly VerifierKey[]} cosigners
 */
export function missing({ quorum }, cosigners) {
  const signed = new Set(cosigners.map(formatVkey));
  if (quorum === null || hasWitnessed(quorum, signed)) return "";
  return quorum.members ? lacks(quorum, signed, ` in “${quorum.name}”`) : `0 of 1; missing: ${quorum.name}`;
}

function hasWitnessed(part, signed) {
  if (!part.members) return signed.has(formatVkey(part.key));
  return part.members.filter((member) => hasWitnessed(member, signed)).length >= part.threshold;
}

function lacks({ members, threshold }, signed, where) {
  const lacking = members.filter((member) => !hasWitnessed(member, signed));
  const named = lacking.map((member) => (member.members ? `${member.name} (${lacks(member, signed, "")})` : member.name));
  const [have, total] = [members.length - lacking.length, members.length];
  return `${have} of ${total}${where}, which asks for ${threshold}; missing: ${named.join(", ")}`;
}
