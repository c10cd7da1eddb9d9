// Policies: which logs and witnesses a reader believes, and how many of them must have signed (C2SP tlog-policy). The
// file that says so is read by policy_file.js.

import { gettext as _ } from "../words.js";
import { openCheckpoint, parseCheckpoint } from "./checkpoint.js";
import { cosignatureVerifier } from "./cosignature.js";
import { under } from "./line.js";
import { formatVkey, noteVerifier, openNote, parseNote } from "./signed_note.js";

const refusePolicy = under("C2SP tlog-policy");

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
 *
 * A witness or a group, weighed. met: it has witnessed; key: of a witness; members, threshold, have: of a group, and how
 * many of its members have witnessed.
 * @typedef {{ name: string, met: boolean, key?: VerifierKey, threshold?: number, have?: number,
 *   members?: Weighed[] }} Weighed
 */

/**
 * Whether those who have cosigned are enough.
 * @param {Policy} policy
 * @param {readonly VerifierKey[]} cosigners the keys whose cosignatures were verified
 */
export function satisfied(policy, cosigners) {
  return weighed(policy, cosigners)?.met ?? true;
}

/**
 * In words, how many have cosigned of how many, and who is missing; "" where the policy is satisfied.
 * @param {Policy} policy
 * @param {readonly VerifierKey[]} cosigners
 */
export function missing(policy, cosigners) {
  const quorum = weighed(policy, cosigners);
  if (quorum === null || quorum.met) return "";
  return quorum.members ? lacks(quorum, ` in “${quorum.name}”`) : `0 of 1; missing: ${quorum.name}`;
}

function lacks({ members, threshold, have }, where) {
  const lacking = members.filter(({ met }) => !met);
  const named = lacking.map((member) => (member.members ? `${member.name} (${lacks(member, "")})` : member.name));
  return `${have} of ${members.length}${where}, which asks for ${threshold}; missing: ${named.join(", ")}`;
}

/**
 * The quorum and all that is in it, weighed; null where nobody is asked for.
 * @param {Policy} policy
 * @param {readonly VerifierKey[]} cosigners
 * @returns {Weighed | null}
 */
function weighed({ quorum }, cosigners) {
  return quorum === null ? null : weigh(quorum, new Set(cosigners.map(formatVkey)));
}

/** @returns {Weighed} */
function weigh({ name, key, threshold, members }, signed) {
  if (!members) return { name, key, met: signed.has(formatVkey(key)) };
  const each = members.map((member) => weigh(member, signed));
  const have = each.filter(({ met }) => met).length;
  return { name, threshold, have, members: each, met: have >= threshold };
}

/**
 * What a policy says of a checkpoint. strangers: the names under which others have signed it, whom the policy does not
 * name: nothing is known of them. The counterpart of `check_policy` in detente.tlog.policy, which refuses too few.
 * @param {Policy} policy
 * @param {Uint8Array} note
 * @param {VerifierKey} log of the checkpoint, as known from a process id; where the policy names logs, this must be one
 * @returns {Promise<{ quorum: Weighed | null, met: boolean, size: number, strangers: string[] }>}
 * @throws {Refused} `policy.log`, or as `openCheckpoint`
 */
export async function weighCheckpoint(policy, note, log) {
  const { origin } = parseCheckpoint(parseNote(note).text);
  if (policy.logs.length > 0 && !policy.logs.some(({ key }) => formatVkey(key) === formatVkey(log))) {
    const sentence = _("The policy names no log “{origin}” with this key.", { origin });
    throw refusePolicy("policy.log", sentence, _("Compare the log’s line with the process id that you were given."));
  }
  const verifiers = [noteVerifier(log), ...policy.witnesses.map(({ key }) => cosignatureVerifier(key))];
  const { checkpoint } = await openCheckpoint(note, verifiers[0], verifiers.slice(1));
  const { verified, unverified } = await openNote(note, verifiers);
  const signed = new Set(verified.map(({ name, keyId }) => `${name}+${keyId}`));
  const keys = policy.witnesses.map(({ key }) => key).filter(({ name, keyId }) => signed.has(`${name}+${keyId}`));
  const quorum = weighed(policy, keys);
  const strangers = unverified.map(({ name }) => name).filter((name) => name !== origin);
  return { quorum, met: quorum?.met ?? true, size: checkpoint.size, strangers };
}
