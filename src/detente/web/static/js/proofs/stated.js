// What a proof reads of an act: what every payload has, and of the acts that keys and cosigners rest on, which key they
// bring.
// The counterpart of detente.proofs.stated. It weighs nothing else of them.

import { processOrigin } from "../acts/convening.js";
import { KINDS } from "../acts/kinds.js";
import { decodeBase64url } from "../codec/base64url.js";
import { refuse } from "../codec/refusal.js";
import { checkPossession } from "../keys/possession.js";
import { thumbprint } from "../keys/thumbprint.js";
import { ENVELOPE_MEMBERS, openDisclosures } from "../signing/disclosure.js";
import { gettext as _ } from "../words.js";

/** The kinds of act that a key rests on. */
export const RESTS_ON = Object.freeze(["convene", "admit", "enrol"]);
/** The kind that names a cosigner after convening. */
export const NAMES_COSIGNER = "name_cosigner";

/** 9999-12-31T23:59:59Z. */
export const LATEST_SECOND = 253_402_300_799;
/** Not told with the fields of a kind. `on` is: the version of a text that an assent or an initial is on. */
const OF_EVERY_ACT = ENVELOPE_MEMBERS.filter((name) => name !== "on");
const PERSON = /^[A-Z][A-Za-z0-9]{0,15}(?:\.[a-z0-9]{1,16})?$/;
const SIDE = /^[A-Z]$/;
const ROLE = /^[a-z_]{1,40}$/;
const KEY = /^[A-Za-z0-9_-]{43}$/;
const MLDSA_KEY = /^[A-Za-z0-9_-]{1750}$/;
const BASE64URL = /^[A-Za-z0-9_-]{1,100}$/;
const LABEL = /^[a-z0-9-]{1,40}$/;
const VKEY = /^[!-~]{1,2000}$/;

const READ = {
  convene: {
    label: LABEL, nonce: BASE64URL, convenor: PERSON, convenor_key: KEY, keeper: PERSON, keeper_key: KEY, log_key: KEY,
  },
  admit: { person: PERSON, role: ROLE },
  enrol: { person: PERSON, public: KEY, possession: BASE64URL },
  [NAMES_COSIGNER]: { vkey: VKEY },
};
const MAY_LACK = { convene: { log_mldsa_key: MLDSA_KEY }, admit: { side: SIDE }, enrol: { sealing: KEY } };

/**
 * One act of a proof. number: from 1; key: thumbprint of the key that is said to have signed; log: its origin; at:
 * Unix seconds, as its author states; clear: the fields of its kind, and `on`, where it has one; opened: the hidden
 * fields shown, by name.
 * @typedef {{ number: number, key: string, kind: string, log: string, at: number, clear: Record<string, any>,
 *   opened: Record<string, any> }} Stated
 *
 * Whose a key is. publicKey: 32 bytes; enrolled: number of the act that brings it.
 * @typedef {{ person: string, publicKey: Uint8Array, enrolled: number }} Holder
 */

/**
 * @param {number} number
 * @param {import("../signing/envelope.js").Envelope} envelope
 * @returns {Promise<Stated>}
 * @throws {Refused} `proved.unknown`, `act.malformed`, or as `openDisclosures`
 */
export async function readStated(number, { kid, members, disclosures }) {
  const { v, act: kind } = members;
  if (!Number.isInteger(v)) throw malformed(number, "v");
  if (typeof kind !== "string") throw malformed(number, "act");
  if (v !== 1 || !Object.hasOwn(KINDS, kind)) {
    const sentence = _("Act {number} is of a kind or version that this program does not know.", { number });
    throw refuse("proved.unknown", sentence, "", _("Check it with a later version."));
  }
  const wrong = misstated(kind, members);
  if (wrong !== "") throw malformed(number, wrong);
  const { required, defaults } = KINDS[kind];
  const names = [...Object.keys(members), ...required, ...Object.keys(defaults)];
  const opened = await openDisclosures(members._sd, disclosures, names);
  const clear = Object.fromEntries(Object.entries(members).filter(([name]) => !OF_EVERY_ACT.includes(name)));
  return { number, key: kid, kind, log: members.proc, at: members.iat, clear, opened };
}

/** The first member that is read and is not of its form, or "". @param {string} kind @param {Record<string, any>} members */
function misstated(kind, members) {
  if (typeof members.proc !== "string") return "proc";
  if (!Number.isInteger(members.iat) || members.iat < 0 || members.iat > LATEST_SECOND) return "iat";
  if (!Array.isArray(members._sd)) return "_sd";
  for (const [name, form] of Object.entries(READ[kind] ?? {})) {
    if (!hasForm(members[name], form)) return name;
  }
  for (const [name, form] of Object.entries(MAY_LACK[kind] ?? {})) {
    if (Object.hasOwn(members, name) && !hasForm(members[name], form)) return name;
  }
  const cosigners = kind === "convene" && Object.hasOwn(members, "cosigners") ? members.cosigners : [];
  return Array.isArray(cosigners) && cosigners.every((vkey) => typeof vkey === "string") ? "" : "cosigners";
}

/** @param {unknown} value @param {RegExp} form */
function hasForm(value, form) {
  return typeof value === "string" && form.test(value);
}

/** @param {number} number @param {string} name */
function malformed(number, name) {
  const sentence = _("Act {number} does not state “{name}” as a proof reads it.", { number, name });
  return refuse("act.malformed", sentence, "", _("Ask for the proof again, and keep this file."));
}

/**
 * The keys that the convening act brings, by id: the convenor's and the keeper's.
 * @param {Stated} first
 * @param {string} process
 * @returns {Promise<Map<string, Holder>>}
 * @throws {Refused} `proved.process` unless it convened this very process, whose id is derived from it, and is signed with
 *   the convenor's key
 */
export async function convened({ number, kind, key, clear }, process) {
  const { label, log_key, convenor_key, nonce, convenor, keeper, keeper_key } = clear;
  const notConvened = () => {
    const sentence = _("The first act of a proof is the one that convened this very process.");
    return refuse("proved.process", sentence, "", _("Compare the process id with the one you were given."));
  };
  const convenes = number === 1 && kind === "convene";
  if (!convenes || process !== (await processOrigin(label, log_key, convenor_key, nonce))) throw notConvened();
  const publics = [decodeBase64url(convenor_key), decodeBase64url(keeper_key)];
  // The process id fixes the convenor's key, and not the keeper's.
  if (key !== (await thumbprint(publics[0]))) throw notConvened();
  return new Map([
    [await thumbprint(publics[0]), { person: convenor, publicKey: publics[0], enrolled: 1 }],
    [await thumbprint(publics[1]), { person: keeper, publicKey: publics[1], enrolled: 1 }],
  ]);
}

/**
 * The key that an act enrols, and its id.
 * @param {Stated} act
 * @param {string} process
 * @returns {Promise<[string, Holder]>}
 * @throws {Refused} `key.*` where its person does not possess it
 */
export async function enrolled({ number, clear }, process) {
  const publicKey = decodeBase64url(clear.public);
  await checkPossession(publicKey, process, clear.person, clear.possession, clear.sealing ?? null);
  return [await thumbprint(publicKey), { person: clear.person, publicKey, enrolled: number }];
}
