// What a reader's policy says of a checkpoint, in words: who of those it asks for has cosigned, and who has not.

import { Refused } from "../codec/refusal.js";
import { weighCheckpoint } from "../tlog/policy.js";
import { gettext as _ } from "../words.js";
import { element, listOf, marked, refusalLines } from "./elements.js";

/**
 * @param {import("../tlog/policy.js").Policy} policy
 * @param {import("./one_act.js").SignedLog} log
 * @returns {Promise<{ met: boolean, lines: HTMLElement[] }>}
 */
export async function saidOfPolicy(policy, { note, key }) {
  try {
    const { quorum, met, size, strangers } = await weighCheckpoint(policy, note, key);
    return { met, lines: [verdict(quorum, met, size), ...quorumList(quorum), ...strangersLine(strangers)] };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { met: false, lines: refusalLines(error) };
  }
}

/** @param {import("../tlog/policy.js").Weighed | null} quorum @param {boolean} met @param {number} size */
function verdict(quorum, met, size) {
  if (quorum === null) return element("p", _("It asks for no cosignature, so it is met."));
  if (met) return element("p", _("It is met: enough have cosigned the checkpoint of {size} acts.", { size }));
  return element("p", _("It is not met: too few have cosigned the checkpoint of {size} acts.", { size }));
}

/** @param {import("../tlog/policy.js").Weighed | null} quorum */
function quorumList(quorum) {
  if (quorum === null) return [];
  const list = listOf([weighedItem(quorum)]);
  list.className = "weighed";
  return [list];
}

/** @param {import("../tlog/policy.js").Weighed} part @returns {HTMLElement} */
function weighedItem({ name, met, key, members, have, threshold }) {
  if (key !== undefined) {
    const places = { name, key: key.name };
    const said = met ? _("{name} has cosigned ({key})", places) : _("no cosignature by {name} ({key})", places);
    return element("li", marked(met, said));
  }
  const places = { name, have, total: members.length, threshold };
  const said = _("“{name}”: {have} of {total}, and {threshold} are asked for", places);
  const item = element("li", marked(met, said));
  item.append(listOf(members.map(weighedItem)));
  return item;
}

/** @param {string[]} strangers */
function strangersLine(strangers) {
  if (strangers.length === 0) return [];
  const names = strangers.join(", ");
  return [element("p", _("Signed too by keys that the policy does not name, which count for nothing: {names}", { names }))];
}
