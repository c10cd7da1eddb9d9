// What a proof proves, in plain words, and what it does not; or what broke. Everything is written as text.

import { Refused } from "../codec/refusal.js";
import { gettext as _ } from "../words.js";
import { LATEST_SECOND } from "./stated.js";

/**
 * @param {HTMLElement} where
 * @param {import("./one_act.js").ProvedAct} proof
 */
export function sayProved(where, proof) {
  const { act, log } = proof;
  const places = { number: act.number, chamber: proof.chamber, size: log.size };
  where.className = "found holds";
  where.replaceChildren(
    element("h2", `✓ ${_("Everything in this proof holds.")}`),
    element("p", _("Compare the process id below with the one that you were given: everything here rests on it.")),
    pairs([
      [_("Process id"), element("span", proof.process, "hash")],
      [_("Whose words"), element("bdi", whose(proof))],
      [_("What it is"), element("span", whatItIs(act))],
      ...Object.entries(act.opened).map(([name, value]) => [inWords(name), shown(value)]),
      ...Object.entries(act.clear).map(([name, value]) => [inWords(name), element("span", plain(value), "clear")]),
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
      [_("Cosigned"), cosigned(log.cosigners)],
      [_("It does not show"), notShown(proof)],
    ]),
  );
}

/** @param {HTMLElement} where @param {unknown} error */
export function sayBroken(where, error) {
  if (!(error instanceof Refused)) throw error;
  where.className = "found broken";
  where.replaceChildren(
    element("h2", `✗ ${_("This proof does not hold.")}`),
    ...error.refusals.flatMap(({ code, sentence, instead }) => [
      element("p", sentence),
      ...(instead === "" ? [] : [element("p", instead)]),
      element("p", code, "hash"),
    ]),
  );
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

/** @param {import("../tlog/checkpoint.js").Cosigned[]} cosigners */
function cosigned(cosigners) {
  if (cosigners.length === 0) {
    return element("span", _("By nobody: that the log has no other branch rests on the host’s word."));
  }
  const list = document.createElement("ul");
  for (const { name, time } of cosigners) {
    const places = { name, time: timeOf(time) };
    list.append(element("li", time === 0 ? name : _("{name}, {time}: the act stood in the log by then", places)));
  }
  return list;
}

/** @param {import("./one_act.js").ProvedAct} proof */
function notShown({ chamber }) {
  const list = document.createElement("ul");
  list.append(
    element("li", _("whether the act kept the rules, and whether its author was entitled to it;")),
    ...(chamber === "" ? [] : [element("li", _("whether its author belonged to the chamber;"))]),
    element("li", _("whether the key was revoked, and what came after the act;")),
    element("li", _("everything else in the record.")),
  );
  return list;
}

/** @param {unknown} value of a hidden field */
function shown(value) {
  const words = element("span", typeof value === "string" ? value : plain(value), "shown");
  words.dir = "auto";
  return words;
}

/** @param {unknown} value */
function plain(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A field's name as it stands in the act. @param {string} name */
function inWords(name) {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param {number} seconds which a cosigner may state at will @returns {string} UTC, to the second */
function timeOf(seconds) {
  if (seconds > LATEST_SECOND) return String(seconds);
  return `${new Date(1000 * seconds).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** @param {[string, HTMLElement][]} rows */
function pairs(rows) {
  const list = element("dl", "", "pairs");
  for (const [term, value] of rows) {
    const row = document.createElement("div");
    const told = document.createElement("dd");
    told.append(value);
    row.append(element("dt", term), told);
    list.append(row);
  }
  return list;
}

/** @param {string} tag @param {string} text @param {string} [className] */
function element(tag, text, className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className !== "") made.className = className;
  if (className === "hash") made.dir = "ltr";
  return made;
}
