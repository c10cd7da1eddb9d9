// Signing an act. What is signed here is admitted by `parseEnvelope`, `verify` and `openDisclosures`.
//
// What is written in a chamber is sealed: `seal` is given the disclosures, which are all that opens the hidden fields,
// and gives the hidden fields that stand for them. The act signs the digests of both; only the latter travel with it.

import { utf8 } from "../codec/bytes.js";
import { refuse } from "../codec/refusal.js";
import { gettext as _ } from "../words.js";
import { signCompact } from "./compact.js";
import { decoyOf, digestOf, makeDisclosure, openDisclosures } from "./disclosure.js";
import { ACT_TYPE, checkEntrySize } from "./envelope.js";
import { makeSalt } from "./salt.js";

/**
 * @param {Record<string, any>} payload
 * @param {Record<string, any>} hidden
 * @param {readonly string[]} names
 */
function checkHidden(payload, hidden, names) {
  if (Object.hasOwn(payload, "_sd")) {
    throw refuse("disclosure.reserved_name", _("The payload brings digests of its own."));
  }
  if (new Set(names).size < names.length) {
    throw refuse("disclosure.name_twice", _("The kind names a hidden field twice."));
  }
  const unknown = Object.keys(hidden).filter((name) => !names.includes(name)).sort();
  if (unknown.length > 0) {
    const sentence = _("“{name}” is not a hidden field of this kind.", { name: unknown[0] });
    const fields = names.join(", ");
    const instead = fields === "" ? _("Its hidden fields: none.") : _("Its hidden fields: {fields}.", { fields });
    throw refuse("disclosure.not_of_kind", sentence, "", instead);
  }
  const taken = names.filter((name) => Object.hasOwn(payload, name)).sort();
  if (taken.length > 0) {
    const sentence = _("“{name}” is a hidden field, and stands in the clear.", { name: taken[0] });
    throw refuse("disclosure.overrides", sentence);
  }
}

/** One salt a name, none twice. */
function drawSalts(names, salts) {
  const drawn = names.map(() => salts());
  if (new Set(drawn).size < drawn.length) {
    throw refuse("disclosure.salt_reused", _("A salt was drawn twice."), "RFC 9901 sec. 9.3");
  }
  return drawn;
}

/**
 * An act as it is sent: `<header>.<payload>.<signature>~<disclosure>~...~`, ASCII.
 * @param {import("../keys/generate.js").SigningKey} key
 * @param {Record<string, any>} payload the members in the clear, without `_sd`
 * @param {Record<string, any>} hidden the hidden fields that have a value
 * @param {readonly string[]} hiddenNames all hidden fields of the kind; `salts` is called once for each, in this
 * order, and each absent one becomes a decoy. Disclosures follow in the same order.
 * @param {() => string} [salts]
 * @param {((disclosures: string) => Promise<Record<string, any>>) | null} [seal] given the disclosures of `hidden`, each
 * with `~` after it, the hidden fields that are sent in their place
 * @returns {Promise<Uint8Array>}
 * @throws {Refused} `disclosure.*`, `json.outside_profile` or `envelope.entry_size`
 */
export async function signAct(key, payload, hidden, hiddenNames, salts = makeSalt, seal = null) {
  checkHidden(payload, hidden, hiddenNames);
  const drawn = drawSalts(hiddenNames, salts);
  const opening = (fields) =>
    new Map(
      hiddenNames.flatMap((name, at) =>
        Object.hasOwn(fields, name) ? [[name, makeDisclosure(name, fields[name], drawn[at])]] : [],
      ),
    );
  const own = opening(hidden);
  const sent = seal === null ? own : opening(await seal([...own.values()].map((text) => `${text}~`).join("")));
  const all = new Map([...own, ...sent]);
  const digests = await Promise.all(
    hiddenNames.map((name, at) => (all.has(name) ? digestOf(all.get(name)) : decoyOf(drawn[at]))),
  );
  digests.sort();
  await openDisclosures(digests, [...all.values()], Object.keys(payload));
  const entry = await signCompact(key, ACT_TYPE, { ...payload, _sd: digests });
  checkEntrySize(entry.length);
  return utf8([entry, ...sent.values(), ""].join("~"));
}
