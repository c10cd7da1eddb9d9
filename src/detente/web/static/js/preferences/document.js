// The document of preferences as it is sealed (docs/specs/preferences.md): canonical, and filled up to a size that follows
// from the numbers of issues and options alone.

import { encodeCanonical } from "../codec/canonical_json.js";
import { refuse } from "../codec/refusal.js";
import { gettext as _ } from "../words.js";
import { scaled } from "./points.js";

const STEP = 4096;
const METHODS = ["points", "ranges", "swing", "rank"];

/**
 * @typedef {{ provision: string, options: string[], given: number[], high: number[], weight: number,
 *   points?: number[] }} StatedIssue
 * @typedef {{ method: "points" | "ranges" | "swing" | "rank", issues: StatedIssue[], red_lines: [number, number][],
 *   only_if: [[number, number], [number, number]][], reservation: number, fallback: number[] }} Preferences
 */

/** With the points that follow from its answers, and every member. @param {Preferences} given */
function whole(given, pad) {
  const { points } = scaled(given.method, given.issues);
  const issues = given.issues.map((issue, at) => ({ ...issue, points: points[at] }));
  return new TextDecoder().decode(encodeCanonical({ ...given, issues, v: 1, pad }));
}

/**
 * The text that is sealed.
 * @param {Preferences} given
 * @returns {string}
 * @throws {Refused} `preferences.size` where there are more conditions than fit
 */
export function documentText(given) {
  const lacking = room(given) - size(whole(given, ""));
  if (lacking < 0) {
    const sentence = _("There are more conditions here than such a document holds.");
    throw refuse("preferences.size", sentence, "", _("Make fewer of them."));
  }
  return whole(given, ".".repeat(lacking));
}

/** Bytes of the text as a JSON string, with what has to be escaped. @param {string} text */
function size(text) {
  return encodeCanonical(text).length;
}

/** @param {Preferences} given */
function room({ issues }) {
  const options = issues.reduce((sum, issue) => sum + issue.options.length, 0);
  return STEP * Math.ceil((1024 + 320 * issues.length + 192 * options) / STEP);
}

/** A document that this browser, or a colleague's, wrote; null where it is none. @param {string} text */
export function readDocument(text) {
  try {
    const found = JSON.parse(text);
    return isDocument(found) ? found : null;
  } catch {
    return null;
  }
}

/** Whether it can be said and filled in: whoever wrote it may have used another program, or meant harm. */
function isDocument({ v, method, issues, red_lines: red, only_if: pairs, fallback }) {
  const isPlace = (place) => place.every(Number.isInteger) && issues[place[0]].options[place[1]] !== undefined;
  const isPair = (pair) => pair.length === 2 && pair.every(isPlace);
  const isWhole = v === 1 && METHODS.includes(method) && Array.isArray(fallback) && issues.every(isIssue);
  return isWhole && red.every(isPlace) && pairs.every(isPair);
}

function isIssue({ provision, options, given, high }) {
  return typeof provision === "string" && [options, given, high].every(Array.isArray);
}

/** What a document holds, in one sentence without a value. @param {string} text */
export function inOneSentence(text) {
  const found = readDocument(text);
  if (found === null) return _("This is no document of preferences.");
  const counts = { issues: found.issues.length, red: found.red_lines.length, only: found.only_if.length };
  return _("Answers on {issues} provisions; red lines: {red}; conditions: {only}.", counts);
}
