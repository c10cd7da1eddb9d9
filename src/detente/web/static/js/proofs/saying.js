// What a proof proves, in plain words, and what it does not; or what broke.

import { decodeBase64url } from "../codec/base64url.js";
import { hex } from "../codec/bytes.js";
import { Refused, unlessRefused } from "../codec/refusal.js";
import { gettext as _ } from "../words.js";
import { element, listOf, marked, pairs, refusalLines } from "./elements.js";
import { saidOfPolicy } from "./saying_policy.js";
import { LATEST_SECOND } from "./stated.js";

/**
 * @param {HTMLElement} where
 * @param {import("./one_act.js").ProvedAct} proof
 * @param {import("../tlog/policy.js").Policy | null} policy that the reader asks for, if any
 */
export async function sayProved(where, proof, policy) {
  const demanded = policy === null ? null : await askedOf(policy, proof);
  where.className = demanded?.met === false ? "found broken" : "found holds";
  where.replaceChildren(
    element("h2", headingOf(demanded)),
    element("p", _("Compare the process id below with the one that you were given: everything here rests on it.")),
    saidOf(proof, demanded === null ? [] : [[_("Your policy"), together(demanded.lines)]]),
  );
}

/** Who signs for a chamber alone says nothing of whose key signed there: the main log is asked for too. */
async function askedOf(policy, { log, main, chamber }) {
  const said = [await saidOfPolicy(policy, log)];
  if (chamber !== "") said.push(await saidOfPolicy(policy, main));
  return { met: said.every(({ met }) => met), lines: said.flatMap(({ lines }) => lines) };
}

/**
 * What a proof says and does not, in pairs.
 * @param {import("./one_act.js").ProvedAct} proof
 * @param {[string, HTMLElement][]} [first] what stands above
 */
export function saidOf(proof, first = []) {
  const { act, log } = proof;
  const places = { number: act.number, chamber: proof.chamber, size: log.size };
  return pairs([
    ...first,
    [_("Process id"), element("span", proof.process, "hash")],
    [_("Whose words"), element("bdi", whose(proof))],
    [_("What it is"), element("span", whatItIs(act))],
    ...Object.entries(act.opened).map(([name, value]) => [inWords(name), shown(value)]),
    ...Object.entries(act.clear).map(([name, value]) => [inWords(name), element("span", stated(name, value), "clear")]),
    ...(proof.title === "" ? [] : [[_("Talks"), element("bdi", proof.title)]]),
    [
      _("Where it stands"),
      element(
        "span",
        proof.chamber === ""
          ? _("Act {number} of the {size} acts in the main log, which the log’s own key signed.", places)
          : _("Act {number} of the {size} acts in the chamber {chamber}, which the log’s own key signed.", places),
      ),
    ],
    [_("Cosigned"), cosigned(log)],
    ...(proof.chamber === "" ? [] : [[_("Where its author’s key stands"), mainLog(proof.main)]]),
    [_("It does not show"), notShown(proof)],
  ]);
}

/** @param {{ met: boolean } | null} demanded */
function headingOf(demanded) {
  if (demanded === null) return marked(true, _("Everything in this proof holds."));
  if (demanded.met) return marked(true, _("Everything in this proof holds, and your policy is met."));
  return marked(false, _("This proof holds, but your policy is not met."));
}

/** @param {HTMLElement} where @param {unknown} error @param {string} heading */
export function sayBroken(where, error, heading) {
  where.className = "found broken";
  if (!(error instanceof Refused)) {
    const sentence = _("That says nothing of the file. Use another browser, or the command line.");
    where.replaceChildren(element("h2", _("This browser could not check it.")), element("p", sentence));
    throw error;
  }
  where.replaceChildren(element("h2", marked(false, heading)), ...refusalLines(error));
}

/** @param {import("./one_act.js").ProvedAct} proof */
function whose({ office, person, role, side, enrolled }) {
  const who = office === "" ? person : `${office} (${person})`;
  const places = { who, role: inWords(role).toLowerCase(), side, enrolled };
  if (role === "") return _("{who}, whose key the convening act names", places);
  if (side === "") return _("{who}, admitted as {role}, with the key enrolled in act {enrolled}", places);
  return _("{who}, admitted as {role} of side {side}, with the key enrolled in act {enrolled}", places);
}

/** @param {import("./stated.js").Stated} act */
function whatItIs({ kind, at }) {
  return _("An act of kind “{kind}”, dated {time} by its author", { kind: kind.replaceAll("_", " "), time: timeOf(at) });
}

/** @param {import("./one_act.js").SignedLog} log */
function cosigned({ cosigners, later }) {
  if (cosigners.length + later.length === 0) {
    return element("span", _("By nobody: that the log has no other branch rests on the host’s word."));
  }
  return listOf([
    ...cosigners.map(({ name, time }) =>
      time === 0 ? name : _("{name}, {time}: the act stood in the log by then", { name, time: timeOf(time) }),
    ),
    ...later.map(({ name, time, by: person }) =>
      _("{name}, named by {person} after convening ({time})", { name, person, time: timeOf(time) }),
    ),
  ]);
}

/** The key of a chamber's act was enrolled in the main log, which is cosigned by itself. */
function mainLog(main) {
  const said = element("div", "");
  const sentence = _("In the main log of {size} acts, which the log’s own key signed. Cosigned:", { size: main.size });
  said.append(element("p", sentence), cosigned(main));
  return said;
}

/** @param {import("./one_act.js").ProvedAct} proof */
function notShown({ chamber }) {
  return listOf([
    _("whether the act kept the rules, and whether its author was entitled to it;"),
    ...(chamber === "" ? [] : [_("whether its author belonged to the chamber;")]),
    _("whether the key was revoked, and what came after the act;"),
    _("everything else in the record."),
  ]);
}

/** @param {unknown} value of a hidden field */
function shown(value) {
  const words = element("span", typeof value === "string" ? value : plain(value), "shown");
  words.dir = "auto";
  return words;
}

/** A field in the clear; of a version, the fingerprint as the page of the act that brought it shows it. */
function stated(name, value) {
  if (name !== "on" || typeof value?.[1] !== "string") return plain(value);
  const leaf = unlessRefused(() => decodeBase64url(value[1]), null);
  if (leaf === null) return plain(value);
  return `${hex(leaf).replace(/.{4}(?=.)/g, "$& ")} (${plain(value[0])})`;
}

/** @param {unknown} value */
function plain(value) {
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value.join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A field's name as it stands in the act. @param {string} name */
function inWords(name) {
  if (name === "on") return _("On the version of the act with this fingerprint (leaf)");
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param {number} seconds which a cosigner may state at will @returns {string} UTC, to the second */
function timeOf(seconds) {
  if (seconds > LATEST_SECOND) return String(seconds);
  return `${new Date(1000 * seconds).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** @param {HTMLElement[]} lines */
function together(lines) {
  const all = document.createElement("div");
  all.append(...lines);
  return all;
}
