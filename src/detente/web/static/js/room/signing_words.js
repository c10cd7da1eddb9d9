// What the page before signing says of an act that was signed on it.

import { latin1 } from "../codec/bytes.js";
import { Refused, refuse } from "../codec/refusal.js";
import { gettext as _ } from "../words.js";
import { addressOf } from "./host.js";

/** @param {unknown} error */
export function codeOf(error) {
  return error instanceof Refused ? error.refusals[0].code : "";
}

/** Whether nothing stands against signing but the line. @param {unknown} error */
export function isOfTheLine(error) {
  return codeOf(error) === "" || codeOf(error).startsWith("host.");
}

/** A version is named by a hash in the act; whoever reads the page needs no hash. @param {unknown} error */
export function inPlainWords(error) {
  if (codeOf(error) !== "act.stale") return error;
  const sentence = _("The text has moved on since you read it: another version stands now. Nothing is in the record.");
  return refuse("act.stale", sentence, "", _("Read it again as it is now; what you typed is kept."));
}

/** An act waits behind one that was refused. */
export function heldUp() {
  return refuse(
    "outbox.refused",
    _("An act that you signed before it was refused, and nothing is sent until you have reviewed that one."),
  );
}

/** @param {string} words */
export function paragraph(words) {
  const line = document.createElement("p");
  line.textContent = words;
  return line;
}

/** @param {string} process */
export function reviewLink(process) {
  const link = document.createElement("a");
  link.href = `${addressOf(process)}/outbox`;
  link.textContent = _("Review it");
  const line = document.createElement("p");
  line.append(link);
  return line;
}

/** @param {Uint8Array} act */
export function showBytes(act) {
  const bytes = document.getElementById("bytes");
  bytes.textContent = latin1(act);
  const words = _("The exact bytes signed, {count} of them", { count: act.length });
  bytes.closest("details").querySelector("summary").textContent = words;
}

/** What is read before one signs stands beside: a page that came from a form is not there any more when one comes back. */
export function openBeside(links) {
  for (const link of links) {
    Object.assign(link, { target: "_blank", rel: "noopener", title: _("Opens in another tab") });
  }
}
